"""Keys of rows that lie in addresses and file names."""

import secrets


def random_key() -> str:
    """32 characters that nobody guesses; a UUID would only be an identifier."""
    return secrets.token_urlsafe(24)

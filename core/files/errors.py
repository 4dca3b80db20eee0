class FileRefusedError(ValueError):
    """A file that is not taken; the text is a Vietnamese sentence for the user."""


class FilesBusyError(FileRefusedError):
    """A file that may well be taken in a minute: too many came at once."""

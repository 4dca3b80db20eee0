class FileRefusedError(ValueError):
    """A file that is not taken; the text is a Vietnamese sentence for the user."""

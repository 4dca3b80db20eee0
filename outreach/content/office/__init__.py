"""The office's side of what goes out."""

"""Office pages of our own for goods."""

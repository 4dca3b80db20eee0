"""Happenings of the ward: when and where, who was invited, who came, and what is public."""

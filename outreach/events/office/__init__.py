"""The office on events."""

"""The office on the loudspeakers."""

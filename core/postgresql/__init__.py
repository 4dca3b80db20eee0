"""Django's PostgreSQL, with a check of kept connections that costs nothing."""

"""The outbox: what waits, what went out, and the one who sends it."""

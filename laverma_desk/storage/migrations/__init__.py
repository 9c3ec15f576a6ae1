"""The desk's schema, one step after the other; each step stands on its own."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""All versions that this program knows, the oldest first; read without Alembic at every start."""

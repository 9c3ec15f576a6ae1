"""The paper that leaves the house; the only rooms with fpdf2, whose import is slow: import them late."""

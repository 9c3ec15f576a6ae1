"""The proof of the figures: each worked out once more from the rows, without the program, and compared."""

"""Move a desk between a file and a server: the same rows, counted and compared, in one transaction."""

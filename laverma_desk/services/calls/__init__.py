"""The call itself: its clock, its gaps and what is written on it while it runs."""

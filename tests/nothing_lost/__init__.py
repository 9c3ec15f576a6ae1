"""What happens when the worst happens, as often as one likes: `python -m tests.nothing_lost`."""

"""The settings: one page for each thing that the house, or this machine, sets once."""

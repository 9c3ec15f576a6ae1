"""How fast the desk is beside the parts it is made of: `python -m tests.bench`."""

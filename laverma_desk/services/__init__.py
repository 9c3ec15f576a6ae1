"""The use cases of the desk, one verb each; window and command line call the same ones."""

"""The desk without its window, for roll-outs and scripts: the same services, one command each."""

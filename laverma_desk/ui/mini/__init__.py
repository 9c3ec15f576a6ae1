"""The mini timer: the running time above every other window, while the work is done in the remote one."""

"""What a command says to the shell when it ends."""

DONE, BROKEN, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130

"""A process that forks a player for each line it reads: loaded once, a round costs milliseconds."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from tests.nothing_lost.kill_at import from_words


def say(**words: Any) -> None:
    """Write one line at once: what was not written before the kill was not acknowledged."""
    os.write(1, (json.dumps(words) + "\n").encode())


def fork_players(play: Callable[..., None]) -> None:
    """Fork a player for each line, say its process, and wait until it is gone.

    A line has the strike that kills the player (or nothing), its folder, and what else `play` is told.
    """
    say(ready=os.getpid())
    for line in sys.stdin:
        strike, folder, *others = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            try:
                if (where := from_words(strike)) is not None:
                    where.arm(folder)
                play(folder, *others)
            except BaseException as error:  # noqa: BLE001 (whatever it is, the parent must hear of it)
                say(failed=repr(error))
            finally:
                os._exit(0)
        say(pid=child)
        os.waitpid(child, 0)
        say(gone=child)

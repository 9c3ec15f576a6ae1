"""A process that opens desks of older programs until somebody kills it, and says when one is open.

Started once, it loads the program and then forks a player for each line it reads (STRIKE FOLDER, parted by a
tab).
"""

from __future__ import annotations

from pathlib import Path

import alembic.command  # noqa: F401 (loaded before the fork, slow)

from laverma_desk.domain.clock import SystemClock
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import open_desk
from tests.nothing_lost.forked_player import fork_players, say
from tests.support.desks import memory_secrets


def _play(folder: str) -> None:
    say(**{"try": "migrate"})
    desk = open_desk(DataDir(Path(folder)), SystemClock(), memory_secrets())
    say(done="migrate")
    desk.close()
    say(done="close")


if __name__ == "__main__":
    fork_players(_play)

"""Desks made once in a run; each test opens a copy, because a new file's migrations take their time."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from keyring.backends.fail import Keyring

from laverma_desk.domain.clock import Clock
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk, open_desk
from tests.support.fake_clock import FakeClock

Make = Callable[[Desk], Any]


def open_kept(folder: Path, clock: Clock, secrets: Secrets, make: Make) -> tuple[Desk, Any]:
    """Open a desk in an empty folder as `make` leaves a new one; return it with what `make` told of it.

    `make` is a function of a module, writes into the desk alone and lets no time pass: it runs once for
    each instant that a fake clock shows. With a real clock it runs each time.
    """
    data = DataDir(folder)
    if not isinstance(clock, FakeClock):
        desk = open_desk(data, clock, secrets)
        return desk, make(desk)
    content, told = _written(make, clock.now())
    data.create()
    data.database.touch(mode=0o600)
    data.database.write_bytes(content)
    return open_desk(data, clock, secrets), deepcopy(told)


@lru_cache(maxsize=12)
def _written(make: Make, at: datetime) -> tuple[bytes, Any]:
    clock = FakeClock(at)
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        desk = open_desk(data, clock, Secrets(Keyring()))
        told = make(desk)
        desk.close()
        assert clock.now() == at, "time has passed that no copy would show"
        return data.database.read_bytes(), told

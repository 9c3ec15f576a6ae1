"""A restore that is killed: the former desk or the copy lies there, and the former one is never lost."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from laverma_desk.paths import DataDir
from laverma_desk.services.backups.leftovers import clear_leftovers
from laverma_desk.services.backups.stored_copies import backup_state
from laverma_desk.services.desk import open_desk
from laverma_desk.storage.backup import problems_of
from tests.nothing_lost.copied_houses import PHRASE, SEALED, CopiedHouse, state_of
from tests.nothing_lost.kill_at import Calls, Moment
from tests.nothing_lost.players import Line, Players
from tests.support.desks import memory_secrets
from tests.support.fake_clock import FakeClock

UNHINDERED = Moment(60)
KEPT = "desk-*-before-restore.sqlite3"


@dataclass(frozen=True)
class Restore:
    """A copy that is brought back over a desk: the states before and after, and what it does how long."""

    house: CopiedHouse
    copy: str
    phrase: str
    title: str
    before: str
    after: str
    calls: Calls
    seconds: float

    def kill_one(self, players: Players, seed: int) -> tuple[str, str]:
        """Kill one restore, look, and do it again unhindered; return how it ended and what was found.

        Raises AssertionError for anything that is lost or half.
        """
        chance = random.Random(seed)
        work = self.house.folder.with_name("work")
        _lay_anew(self.house.folder, work)
        moment = Moment(chance.uniform(0, self.seconds))
        if self.calls.heard and chance.random() < 0.5:
            moment = Moment(60, strike=self.calls.choose(chance, most=200))
        told: list[str] = []
        ended = players.play_one(self._order(work), moment, lambda line: _hear(line, told))
        found = self._check(work, acknowledged="restore" in told)
        if found != "restored":
            again: list[str] = []
            players.play_one(self._order(work), UNHINDERED, lambda line: _hear(line, again))
            assert self._check(work, acknowledged=True) == "restored", "the next try does not succeed"
        self._use(work)
        return ended, found

    def _order(self, work: Path) -> tuple[object, ...]:
        return work, "restore", self.phrase, self.house.copies[self.copy]

    def _check(self, work: Path, *, acknowledged: bool) -> str:
        """Look at a copy of what lies there, so that the next start meets it untouched."""
        seen = work.with_name("work seen")
        shutil.rmtree(seen, ignore_errors=True)
        shutil.copytree(work, seen, copy_function=_link_as_it_was())
        file = seen / "desk.sqlite3"
        assert file.exists(), "the desk is gone"
        kept = [one for one in (seen / "backups").glob(KEPT) if not one.samefile(file)]
        state = state_of(file)
        if state == self.after:
            assert len(kept) == 1, "the former desk is lost"
            assert state_of(kept[0]) == self.before, "the former desk is kept, but changed"
            return "restored"
        assert not acknowledged, "it was restored and is not any more"
        assert state == self.before, "the desk is neither the former one nor the copy"
        for name in self.house.copies.values():
            own, there = self.house.folder / "backups" / name, seen / "backups" / name
            assert there.read_bytes() == own.read_bytes(), f"the copy {name} has changed"
        return "as it was"

    def _use(self, work: Path) -> None:
        """Open what was restored as the next start does, and let it tidy up twelve hours later."""
        data, clock = DataDir(work), FakeClock()
        open_desk(data, clock, memory_secrets()).close()
        assert problems_of(data.database) == [], "the restored desk is damaged"
        for file in (*work.iterdir(), *data.backups.iterdir()):
            os.utime(file, (0, 0))
        clear_leftovers(data)
        left = [one.name for one in (*work.iterdir(), *data.backups.iterdir()) if one.name.startswith(".")]
        assert left == [], f"left lying for good: {left}"
        assert len(backup_state(data, clock.now()).copies) >= len(self.house.copies)


def prepare(house: CopiedHouse, copy: str, players: Players, chosen: Counter[str]) -> Restore:
    """Bring a copy back without any hindrance and return what it does. `chosen`: struck so far by all."""
    phrase = PHRASE if copy == SEALED else ""
    work = house.folder.with_name("unhindered")
    order = (work, "restore", phrase, house.copies[copy])
    shutil.copytree(house.folder, work)
    before = state_of(work / "desk.sqlite3")
    calls = Calls()
    if players.can_strike:
        _lay_anew(house.folder, work)
        calls = players.listen(order, 60)
        calls.chosen = chosen
    _lay_anew(house.folder, work)
    began = time.monotonic()
    players.play_one(order, UNHINDERED, lambda line: _hear(line, []))
    seconds = time.monotonic() - began
    after = state_of(work / "desk.sqlite3")
    assert after != before, "nothing was restored even without a kill"
    shutil.rmtree(work)
    return Restore(house, copy, phrase, f"{copy} copy over a {house.how} desk", before, after, calls, seconds)


def _lay_anew(folder: Path, work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(folder, work)


def _hear(line: Line, told: list[str]) -> None:
    assert "failed" not in line, line
    if "done" in line:
        told.append(line["done"])


def _link_as_it_was() -> Callable[[str, str], str]:
    """Return how to copy files so that two names of one file are two names of one file again."""
    known: dict[int, Path] = {}

    def copy(source: str, target: str) -> str:
        number = Path(source).stat().st_ino
        if number in known:
            os.link(known[number], target)
        else:
            shutil.copy2(source, target)
            known[number] = Path(target)
        return target

    return copy

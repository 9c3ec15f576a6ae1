"""Copies that are taken day after day until somebody kills them: each that was told of is whole."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from laverma_desk.domain.backup_rotation import rotate, taken_at
from laverma_desk.paths import DataDir
from laverma_desk.services.backups.leftovers import clear_leftovers
from laverma_desk.services.backups.plan import read_plan
from laverma_desk.services.backups.restoring import drop_preview, preview_restore
from laverma_desk.storage.backup import problems_of
from tests.nothing_lost.copied_houses import PHRASE, name_of_first
from tests.nothing_lost.kill_at import Calls, Moment
from tests.nothing_lost.players import Line, Players
from tests.support.desks import add_bohrer, make_desk
from tests.support.fake_clock import FakeClock


@dataclass
class CopyBook:
    """The copies of one desk that were acknowledged and not yet let go, and the day that comes next."""

    data: DataDir
    phrase: str
    calls: Calls
    day: datetime
    there: set[str] = field(default_factory=set)
    acknowledged: int = 0

    @classmethod
    def begun(cls, folder: Path, players: Players, sealed: bool) -> CopyBook:
        """Make a desk to be copied, and hear what its copies do."""
        clock = FakeClock()
        desk = make_desk(folder, clock)
        add_bohrer(desk)
        with desk.database.write() as connection:
            connection.exec_driver_sql(
                "INSERT INTO document (kind, name, mime_type, content, sha256, created_at) "
                "VALUES ('mail', 'big', '', randomblob(4000000), '', '2022-03-01 09:22:00.000000')"
            )
        desk.close()
        book = cls(desk.data, PHRASE if sealed else "", Calls(), clock.now())
        if players.can_strike:
            book.calls = players.listen(book._order(), 3)
            # What was heard there was not written down.
            for file in desk.data.backups.iterdir():
                file.unlink()
            (desk.data.root / "backups.json").unlink()
        return book

    @property
    def title(self) -> str:
        """Return what happens here, in words."""
        return "locked copies, day after day" if self.phrase else "copies, day after day"

    def kill_one(self, players: Players, seed: int) -> tuple[str, str]:
        """Let copies be taken until a kill and look at each; return how it ended and what was found.

        Raises AssertionError for anything that is lost or half.
        """
        chance = random.Random(seed)
        moment = Moment(chance.uniform(0, 0.6))
        if self.calls.heard and chance.random() < 0.5:
            moment = Moment(5, strike=self.calls.choose(chance, most=60))
        ended = players.play_one(self._order(), moment, self._hear)
        new = self._check()
        self.day += timedelta(days=1)
        return ended, "one more than was told" if new else "as told"

    def _order(self) -> tuple[object, ...]:
        return self.data.root, "copy", self.phrase, self.day.isoformat()

    def _hear(self, line: Line) -> None:
        assert "failed" not in line, line
        if "try" in line:
            self.day = datetime.fromisoformat(line["day"])
        if line.get("done") == "copy":
            self.there.add(line["name"])
            self.there -= set(line["removed"])
            self.acknowledged += 1

    def _check(self) -> bool:
        """Hold what lies there against what was told; return whether it is one more."""
        assert problems_of(self.data.database) == [], "the desk itself is damaged"
        found = {one.name for one in self.data.backups.iterdir() if taken_at(one.name)}
        # The rotation may have been under way: what it lets go may be gone untold.
        kept = rotate(self.there | found, self.day)
        gone = {name for name in self.there - found if kept[name]}
        assert not gone, f"copies that were told of are gone: {sorted(gone)}"
        new = found - self.there
        assert len(new) <= 1, f"copies from nowhere: {sorted(new)}"
        made = set(read_plan(self.data).made)
        assert found <= made, f"copies that the desk does not know as its own: {sorted(found - made)}"
        for name in sorted(found)[-3:]:
            self._open(name)
        self._tidy()
        self.there = found
        return bool(new)

    def _open(self, name: str) -> None:
        preview = preview_restore(self.data, self.data.backups / name, self.phrase or None)
        day = taken_at(name)
        assert day is not None
        there = name_of_first(preview.prepared)
        drop_preview(preview)
        assert there == f"{day:%d.%m.%Y}", f"{name} holds the state of {there}"

    def _tidy(self) -> None:
        """Let twelve hours pass: nothing that was cut off stays."""
        for folder in (self.data.root, self.data.backups):
            for file in folder.iterdir():
                if file.name.startswith("."):
                    os.utime(file, (0, 0))
        clear_leftovers(self.data)
        left = [
            one.name
            for folder in (self.data.root, self.data.backups)
            for one in folder.iterdir()
            if one.name.startswith(".")
        ]
        assert left == [], f"left lying for good: {left}"

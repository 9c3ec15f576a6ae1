"""The diaries of all desks put together, held against what the server has in the end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.nothing_lost.players import Line

CHANGES = {
    "notes": {"notes", "internal"},
    "order": {"order"},
    "pause": {"state", "segments"},
    "resume": {"state", "segments"},
    "end": {"state", "segments"},
    "reopen": {"state", "segments"},
    "hand_over": {"supporter"},
    "queue": set[str](),
}
"""What of a session a step may change."""


@dataclass
class Told:
    """What is known of a session: its facts as told last, and what nobody answered since."""

    facts: dict[str, Any]
    doubts: set[str] = field(default_factory=set)
    perhaps: list[Line] = field(default_factory=list)

    def compare(self, found: dict[str, Any], changed: set[str], who: str) -> None:
        """Compare facts with what was told before; what a step changes may be other now."""
        for name, value in found.items():
            if value == self.facts[name] or name in changed:
                continue
            may_be = [line[name] for line in self.perhaps if name in line]
            number = self.facts["number"]
            assert name in self.doubts, (
                f"{number}: {who} finds {name} {value!r}, told was {self.facts[name]!r}"
            )
            assert name not in ("notes", "internal", "order") or value in may_be, (
                f"{number}: {who} finds {name} {value!r}, told or begun were {[self.facts[name], *may_be]!r}"
            )

    def take(self, found: dict[str, Any]) -> None:
        """Go on from what was found."""
        self.facts, self.doubts, self.perhaps = found, set(), []


@dataclass
class Books:
    """Everything that was acknowledged at any desk."""

    sessions: dict[int, Told] = field(default_factory=dict)
    queued: dict[int, int] = field(default_factory=dict)
    billed: dict[int, str] = field(default_factory=dict)
    handed_over: int = 0
    unsure: Counter[str] = field(default_factory=Counter)
    unsure_rows: dict[str, set[int]] = field(default_factory=lambda: {"queue": set(), "bill": set()})
    steps: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    appeared: int = 0

    def hear(self, line: Line) -> None:
        """Take one line: a step with what came of it, or what a desk saw."""
        if "adopted" in line or "found" in line:
            self._seen(line.get("adopted") or line["found"], line["desk"])
        elif "done" in line:
            self._done(line)
        elif "unsure" in line:
            self._unsure(line)
        elif "refused" in line:
            self.refused[f"{line['refused']}: {line['why']}"] += 1
        elif "broken" in line:
            self.broken[f"{line['broken']}: {line['why']}"] += 1

    def _seen(self, found: dict[str, Any], who: str) -> None:
        told = self.sessions.get(found["id"])
        if told is None:  # A start that nobody answered: as many as there were are allowed.
            self.appeared += 1
            told = self.sessions[found["id"]] = Told(found)
        told.compare(found, set(), who)
        told.take(found)

    def _done(self, line: Line) -> None:
        step = line["done"]
        self.steps[step] += 1
        if step == "bill":
            self.billed[line["billed"]] = line.get("number", "")
            return
        if step == "start":
            assert line["facts"]["id"] not in self.sessions, f"started twice: {line['facts']}"
            self.sessions[line["facts"]["id"]] = Told(line["facts"])
            return
        told = self.sessions[line["id"]]
        self.handed_over += step == "hand_over"
        if step == "queue":
            self.queued[line["id"]] = line.get("message", 0)
        if "facts" in line:
            told.compare(line["facts"], CHANGES[step], f"{line['desk']} after {step}")
            told.take(line["facts"])
            return
        for name in CHANGES[step] & set(line):
            told.facts = {**told.facts, name: line[name]}
        told.doubts -= CHANGES[step]

    def _unsure(self, line: Line) -> None:
        step = line["unsure"]
        self.unsure[step] += 1
        row = line.get("id") or line.get("billed")
        if step in self.unsure_rows:
            self.unsure_rows[step].add(row)
        if step in CHANGES and row in self.sessions:
            self.sessions[row].doubts |= CHANGES[step]
            self.sessions[row].perhaps.append(line)


def read_diary(file: Path, desk: str) -> Iterator[Line]:
    """Yield the steps of a diary, each with what came of it and the moment at which it began."""
    begun: Line | None = None
    for written in file.read_text("utf-8").splitlines():
        line = {**json.loads(written), "desk": desk}
        assert "failed" not in line, f"{desk}: {line}"
        if "try" in line:
            if begun is not None:
                yield _as_unsure(begun)
            begun = line
        elif begun is not None and {"done", "unsure", "refused", "broken"} & set(line):
            yield {**begun, **line}
            begun = None
        elif "opened" in line:
            if begun is not None:
                yield _as_unsure(begun)
            begun = None
        elif "at" in line:
            yield line
    if begun is not None:
        yield _as_unsure(begun)


def _as_unsure(begun: Line) -> Line:
    """Return the step of somebody who was killed before it could tell what came of it."""
    return {**begun, "unsure": begun["try"]}


def put_together(diaries: Sequence[Path]) -> Books:
    """Return the books of several diaries. Raises AssertionError where two of them contradict each other.

    A session is one desk's at a time, and who gives it away has begun to before another one can have seen
    it: by the moments at which steps began, those of one session stand in their order.
    """
    books = Books()
    lines = [line for file in diaries for line in read_diary(file, file.stem)]
    for line in sorted(lines, key=lambda one: one["at"]):
        books.hear(line)
    return books

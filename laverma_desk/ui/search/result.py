"""What a row of the list shows, without the services' records behind it."""

from __future__ import annotations

from typing import NamedTuple

from laverma_desk.ui.widgets.badge import Tone

Marks = tuple[tuple[int, int], ...]


class Result(NamedTuple):
    """A practice and its machine as text; marks are (start, end) of what was typed.

    `reason` is not empty where the row is locked; `exception_offered`: there is a way past the lock;
    `visit_offered`: there can be a visit instead.
    """

    name: str
    name_marks: Marks
    place: str
    place_marks: Marks
    phone: str
    badge: str
    tone: Tone
    reason: str = ""
    exception_offered: bool = False
    visit_offered: bool = False

    @property
    def locked(self) -> bool:
        """Return whether no session may start from here."""
        return bool(self.reason)


class Run(NamedTuple):
    """A stretch of a line in one weight."""

    text: str
    marked: bool


def runs(text: str, marks: Marks) -> list[Run]:
    """Return a text cut at its marks, in order."""
    parts: list[Run] = []
    at = 0
    for start, end in marks:
        parts += [Run(text[at:start], marked=False), Run(text[start:end], marked=True)]
        at = end
    parts.append(Run(text[at:], marked=False))
    return [part for part in parts if part.text]

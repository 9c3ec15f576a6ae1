"""Two versions of one record: what a form showed at first, what is typed, and what others kept meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Side(StrEnum):
    """Whose version of a field stays."""

    OWN = "own"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Clash:
    """A field that the two versions fill otherwise.

    `side` is the one whose person touched it, one's own where `both` did.
    """

    name: str
    own: object
    theirs: object
    side: Side
    both: bool = False


@dataclass(frozen=True)
class Writer:
    """Who wrote the newer version, "" where nobody knows, and when (UTC)."""

    name: str = ""
    at: datetime | None = None


def clashes(
    seen: Mapping[str, object], own: Mapping[str, object], theirs: Mapping[str, object]
) -> tuple[Clash, ...]:
    """Return the fields in which what is typed differs from what is kept, in the order of the form.

    A field that nobody but the other one touched offers theirs; whatever was typed offers one's own.
    """
    return tuple(
        Clash(
            name,
            typed,
            theirs[name],
            Side.THEIRS if typed == seen.get(name) else Side.OWN,
            both=typed != seen.get(name) != theirs[name],
        )
        for name, typed in own.items()
        if name in theirs and typed != theirs[name]
    )


def settled(
    own: Mapping[str, object], found: tuple[Clash, ...], sides: Mapping[str, Side]
) -> dict[str, object]:
    """Return what a form holds once it is decided of each field whose version stays."""
    taken = {one.name: one.theirs for one in found if sides.get(one.name, one.side) is Side.THEIRS}
    return {**own, **taken}

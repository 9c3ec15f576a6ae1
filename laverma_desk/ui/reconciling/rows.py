"""What a row of the reconciliation is and what can be done in it; knows no widget and no service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum, auto

from laverma_desk.ui.look import NO_LOOK, Look


class Section(IntEnum):
    """The groups, in their order."""

    OPEN = 1
    LOOSE = 2
    MATCHED = 3
    IGNORED = 4
    UNREADABLE = 5


class Kind(IntEnum):
    """What a row stands for; a group's row has its `Section` as number."""

    GROUP = 0
    OPEN = 1
    LOOSE = 2
    MATCHED = 3
    IGNORED = 4
    UNREADABLE = 5
    DECIDED = 6


_KINDS = 8


@dataclass(frozen=True)
class RowKey:
    """A row by its kind and number: of its first connection, of its session, or of its line."""

    kind: Kind
    id: int

    @property
    def number(self) -> int:
        """Return both as one number, never 0."""
        return (self.id + 1) * _KINDS + self.kind

    @staticmethod
    def of(number: int) -> RowKey:
        """Return the key of a number."""
        return RowKey(Kind(number % _KINDS), number // _KINDS - 1)


class Act(Enum):
    """What somebody can decide in a row."""

    MAKE = auto()
    TIE = auto()
    JOIN = auto()
    TELEPHONE = auto()
    CONFIRM = auto()
    SEPARATE = auto()
    IGNORE = auto()
    IGNORE_OLDER = auto()
    TAKE_BACK = auto()
    FOLD = auto()


class Place(Enum):
    """Where an action stands at the right end of a row, and how it looks there; FRONT is first of all."""

    BOX = auto()
    WIDE_BOX = auto()
    MIDDLE = auto()
    LAST = auto()
    FRONT = auto()


@dataclass(frozen=True)
class Offer:
    """An action as it is shown. `quiet` ones appear only in the row that is chosen or pointed at."""

    act: Act
    words: str
    place: Place
    icon: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Row:
    """The words of a row.

    A group has `title`, `aside` and `opened`. `lines` are day and times of a connection, `place` the
    machine and `below` what there is to say of it; `enter`, `assign`, `part` and `remove` are what the keys
    do.
    """

    key: RowKey
    section: Section
    title: str = ""
    aside: str = ""
    opened: bool | None = None
    lines: tuple[str, str] = ("", "")
    duration: str = ""
    partner_id: str = ""
    place: Look = NO_LOOK
    below: str = ""
    state: Look = NO_LOOK
    offers: tuple[Offer, ...] = ()
    enter: Act | None = None
    assign: Act | None = None
    part: Act | None = None
    remove: Act | None = None

    def offered(self, act: Act) -> bool:
        """Return whether an action is possible here, by pointer or key."""
        keyed = act in (self.enter, self.assign, self.part, self.remove)
        return keyed or any(one.act is act for one in self.offers)


class Line:
    """A row in its place; its words are made when somebody looks at them."""

    def __init__(self, key: RowKey, make: Callable[[], Row]) -> None:
        """Know the row by its key."""
        self.key, self.number = key, key.number
        self._make = make
        self._row: Row | None = None

    @property
    def row(self) -> Row:
        """Return the words."""
        if self._row is None:
            self._row = self._make()
        return self._row

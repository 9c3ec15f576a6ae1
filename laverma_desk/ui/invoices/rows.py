"""What a row of the invoice lists says, whatever stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from laverma_desk.ui.look import NO_LOOK, Look


class Tab(StrEnum):
    """The lists of the page, in their order."""

    OPEN = "open"
    DRAFTS = "drafts"
    ISSUED = "issued"
    PAID = "paid"
    CANCELLED = "cancelled"


class Kind(Enum):
    """What a row stands for."""

    CUSTOMER = auto()
    SESSION = auto()
    HINT = auto()
    DRAFT = auto()
    INVOICE = auto()


HEIGHTS = {Kind.CUSTOMER: 64, Kind.SESSION: 48, Kind.HINT: 32, Kind.DRAFT: 64, Kind.INVOICE: 64}


@dataclass(frozen=True)
class RowKey:
    """What tells rows apart; `place` counts the hints of one session or customer."""

    kind: Kind
    id: int
    place: int = 0


class Tick(Enum):
    """The box before a row; BLOCKED cannot be ticked."""

    NONE = auto()
    OFF = auto()
    ON = auto()
    BLOCKED = auto()


@dataclass(frozen=True)
class Row:
    """The words of a row: title and amount, below them what it is and how it stands.

    `opened` is None where nothing is folded in, `link` leads elsewhere, `sent` shows the plane.
    """

    key: RowKey
    title: str
    amount: str = ""
    below: Look = NO_LOOK
    aside: Look = NO_LOOK
    tick: Tick = Tick.NONE
    opened: bool | None = None
    link: str = ""
    sent: bool = False
    spoken: str = ""


@dataclass(frozen=True)
class Foot:
    """What stands below a list: the sum of it, the next step, and a second one; an empty label is none."""

    words: str
    amount: str
    label: str = ""
    icon: str = ""
    filled: bool = False
    blocked: str | None = None
    second: str = ""

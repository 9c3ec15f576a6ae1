"""What the card of the tax adviser shows: files, their sum, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Place(Enum):
    """Where something is mended."""

    SETTINGS = auto()
    ACCOUNTS = auto()
    CUSTOMER = auto()
    INVOICE = auto()
    PERIOD = auto()


@dataclass(frozen=True)
class Way:
    """Leads there. `key` is the page of the settings or the number of an invoice, `ids` are customers."""

    place: Place
    key: str = ""
    ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class ObstacleReading:
    """What stands in the way, and the words of the link that leads to its mending."""

    sentence: str
    link: str
    way: Way


@dataclass(frozen=True)
class FileReading:
    """A file that will be, and what is in it."""

    name: str
    content: str


@dataclass(frozen=True)
class PreviewReading:
    """What an export would write. `more` counts the obstacles that are not named."""

    files: tuple[FileReading, ...] = ()
    total: str = ""
    obstacles: tuple[ObstacleReading, ...] = ()
    more: str = ""

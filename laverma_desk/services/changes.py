"""What a write says to those who show something: its result, and which topics it changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar


class Topic(Enum):
    """A part of the desk that a view may show."""

    HOUSE = auto()
    CUSTOMERS = auto()
    SESSIONS = auto()
    OUTBOX = auto()
    INVOICES = auto()
    CONNECTIONS = auto()


T = TypeVar("T")


@dataclass(frozen=True)
class Done(Generic[T]):
    """The result of a service that wrote, with the topics whose views may want to reload."""

    value: T
    changed: frozenset[Topic]


def done(value: T, *topics: Topic) -> Done[T]:
    """Return a result with the topics it changed."""
    return Done(value, frozenset(topics))

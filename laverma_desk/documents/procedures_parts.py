"""What the paper about the house's procedures is made of: chapters, sections, and four kinds of blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Paragraph:
    """Sentences."""

    text: str


@dataclass(frozen=True)
class Fact:
    """What the program knows, beside its name. Without a value it is a place to be filled in by hand."""

    label: str
    value: str = ""


@dataclass(frozen=True)
class Blank:
    """A place to be filled in by hand, of so many lines."""

    label: str
    lines: int = 1


@dataclass(frozen=True)
class Task:
    """What the house has to see to itself: with a box to tick."""

    text: str


Block: TypeAlias = Paragraph | Fact | Blank | Task


@dataclass(frozen=True)
class Section:
    """A numbered part of a chapter."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Chapter:
    """A numbered chapter."""

    title: str
    sections: tuple[Section, ...]


def said(*paragraphs: str) -> tuple[Block, ...]:
    """Return paragraphs."""
    return tuple(map(Paragraph, paragraphs))


def yes_or_no(value: object) -> str:
    """Return ja or nein."""
    return "ja" if value else "nein"

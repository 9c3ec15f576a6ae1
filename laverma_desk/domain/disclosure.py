"""What a person reads who asks what is stored about them (Art. 15 GDPR), ready for paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laverma_desk.domain.company import Company


@dataclass(frozen=True)
class Entry:
    """One record: its title ("" for none) and its values as (label, value), of one or several lines."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """Records of a kind under a heading, with a sentence before them ("" for none)."""

    heading: str
    entries: tuple[Entry, ...]
    sentence: str = ""


@dataclass(frozen=True)
class Disclosure:
    """The whole answer. `made_at` is UTC; `reference` tells whose it is, for the foot of each page."""

    company: Company
    language: str
    title: str
    subtitle: str
    reference: str
    sections: tuple[Section, ...]
    made_at: datetime

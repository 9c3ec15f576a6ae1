"""How long the law keeps what a customer wants erased (Art. 17 (3) (b) GDPR): restricted until then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ERASED = "–"
"""Stands where a name stood."""


class Law(StrEnum):
    """Why something is kept."""

    BOOKING = "booking"
    """Records of what was, or is still to be, billed: 8 years, § 147 Abs. 3 AO, § 14b UStG."""

    LETTER = "letter"
    """Business letters, sent reports and agreements among them: 6 years, § 147 Abs. 3 AO, § 257 HGB."""


YEARS = {Law.BOOKING: 8, Law.LETTER: 6}


class Holding(StrEnum):
    """What of a customer is kept."""

    INVOICES = "invoices"
    BILLED_SESSIONS = "billed_sessions"
    OPEN_SESSIONS = "open_sessions"
    REPORTED_SESSIONS = "reported_sessions"
    MAILS = "mails"
    AGREEMENTS = "agreements"


@dataclass(frozen=True)
class Kept:
    """How many of a kind are kept, by which law, and the last day of it for the latest of them.

    `latest` is the number of that one, where it has one that people know.
    """

    holding: Holding
    law: Law
    count: int
    until: date
    latest: str = ""


def kept_until(day: date, law: Law) -> date:
    """Return the last day on which the law keeps what arose on a day: the years run from the year's end."""
    return date(day.year + YEARS[law], 12, 31)

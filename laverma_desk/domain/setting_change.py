"""A setting of the house that somebody changed, as the log keeps it: the history of the desk's parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

TAX_RELEVANT = ("company", "vat", "tariff", "invoice", "reminders", "bookkeeping", "reasons")
"""The sections on which figures and contents of invoices, letters and postings depend."""


@dataclass(frozen=True)
class SettingDifference:
    """A value before and after, each as the log keeps it; `subject` is whose it is, where there are several.

    Sections and fields have names for the program, which `text.setting_log` says in words. A subject is a
    day (a tariff's or rate's first), a name, "S 19" (a way of taxing), or "1 de 2000-01-01" (level, language
    and first day of a letter's words).
    """

    section: str
    field: str
    subject: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class SettingChange:
    """A line of the log: when (UTC), by whom, and what."""

    number: int
    at: datetime
    who: str
    what: SettingDifference

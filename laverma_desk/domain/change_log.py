"""What was changed on this desk, as somebody looks it up who has to answer for the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

NOT_CORRECTIONS = ("attempt", "connected", "exception", "gap", "invoice_number", "recorded", "state")
"""Lines of a session's log that tell of something else than a correction of what was written down."""


class ChangeKind(StrEnum):
    """What a change is about."""

    CORRECTION = "correction"
    COURSE = "course"
    CUSTOMER = "customer"
    CANCELLATION = "cancellation"
    PAYMENT = "payment"
    SETTING = "setting"


@dataclass(frozen=True)
class ChangeFilter:
    """Which changes are wanted: of days first to last (None: open), of a kind, by whom, with what text.

    `text` stands in a number, a name, a value or a reason; `fields` are those whose names in the reader's
    language have it, so that a line is found by what is read.
    """

    first: date | None = None
    last: date | None = None
    kind: ChangeKind | None = None
    who: str | None = None
    text: str = ""
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LoggedChange:
    """One change: when (UTC), who, on what, which field, from what to what, and why.

    `subject` is the number of a session or document; empty where a customer's record was changed, of a
    setting whose it is. `field` of a setting is "section.field". `old` and `new` are as the log keeps them,
    of documents and payments cents. `locked`: data protection keeps the customer from being named.
    """

    kind: ChangeKind
    at: datetime
    who: str
    subject: str
    customer_number: str
    customer_name: str
    field: str
    old: str = ""
    new: str = ""
    reason: str = ""
    locked: bool = False

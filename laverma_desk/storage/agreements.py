"""Data processing agreements as they were signed: appended, ended once, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from laverma_desk.domain.agreement import REMINDER_DAYS, Agreement
from laverma_desk.storage.customers import FAMILY
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.prepared import Prepared
from laverma_desk.storage.tables import agreement, customer

_COLUMNS = [column for column in agreement.c if column.name not in {"customer_id", "created_at"}]
_OWNER = func.coalesce(customer.c.merged_into, customer.c.id).label("customer_id")
EVERY_AGREEMENT = (
    select(*_COLUMNS, _OWNER)
    .join(customer, customer.c.id == agreement.c.customer_id)
    .order_by(_OWNER, agreement.c.id)
)
"""All agreements, in the order of their practices; those of a merged record are its survivor's."""

# Built once: to put a statement together takes longer than to ask it.
_OF_FAMILY = Prepared(
    EVERY_AGREEMENT.where(agreement.c.customer_id.in_(FAMILY)), gives=EVERY_AGREEMENT.selected_columns
)
_NAMES = tuple(column.name for column in EVERY_AGREEMENT.selected_columns)


@dataclass(frozen=True)
class NewAgreement:
    """An agreement as it is to be appended; see `domain.agreement.Agreement` for its values."""

    customer_id: int
    valid_from: date
    valid_until: date | None = None
    signed_on: date | None = None
    document_id: int | None = None
    version: str = ""
    signed_by_customer: str = ""
    signed_by_house: str = ""
    signed_on_house: date | None = None
    secrecy_on: date | None = None
    reminder_days: int = REMINDER_DAYS


def every_agreement(connection: Connection) -> list[Agreement]:
    """Return all agreements, in the order of their practices; those of a merged record are its survivor's."""
    return _agreements(connection.execute(EVERY_AGREEMENT))


def agreements_of(connection: Connection, customer_id: int) -> list[Agreement]:
    """Return a practice's agreements, those of the records merged into it among them."""
    return _agreements(_OF_FAMILY.rows(connection, {"row": customer_id}))


def find_agreement(connection: Connection, agreement_id: int) -> Agreement | None:
    """Return an agreement by its row."""
    found = _agreements(connection.execute(EVERY_AGREEMENT.where(agreement.c.id == agreement_id)))
    return found[0] if found else None


def agreements_among(connection: Connection, customer_ids: Sequence[int]) -> list[Agreement]:
    """Return the agreements of some hundred practices, in the order of the practices."""
    return _agreements(connection.execute(EVERY_AGREEMENT.where(_OWNER.element.in_(customer_ids))))


def _agreements(rows: Iterable[Sequence[Any]]) -> list[Agreement]:
    return [Agreement(**dict(zip(_NAMES, row, strict=True))) for row in rows]


def add_agreement(connection: Connection, new: NewAgreement, at: datetime) -> int:
    """Append an agreement and return its row; earlier ones stay as they are."""
    return insert_row(connection, agreement, **vars(new), created_at=at)


def end_agreement(connection: Connection, agreement_id: int, day: date) -> None:
    """Note that an agreement was cancelled, valid no more from the day on.

    Raises IntegrityError where it was ended before.
    """
    connection.execute(update(agreement).where(agreement.c.id == agreement_id).values(ended_on=day))

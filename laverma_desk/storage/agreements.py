"""Data processing agreements as they were signed: appended, ended once, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select, update

from laverma_desk.domain.agreement import REMINDER_DAYS, Agreement
from laverma_desk.storage.customers import family
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.tables import agreement, customer

_COLUMNS = [column for column in agreement.c if column.name not in {"customer_id", "created_at"}]
_OWNER = func.coalesce(customer.c.merged_into, customer.c.id).label("customer_id")
_EVERY = (
    select(*_COLUMNS, _OWNER)
    .join(customer, customer.c.id == agreement.c.customer_id)
    .order_by(_OWNER, agreement.c.id)
)
# Built once: to put a statement together takes longer than to ask it.
_OF_FAMILY = _EVERY.where(agreement.c.customer_id.in_(bindparam("family", expanding=True)))


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
    return _agreements(connection, _EVERY)


def agreements_of(connection: Connection, customer_id: int) -> list[Agreement]:
    """Return a practice's agreements, those of the records merged into it among them."""
    return _agreements(connection, _OF_FAMILY, family=family(connection, customer_id))


def find_agreement(connection: Connection, agreement_id: int) -> Agreement | None:
    """Return an agreement by its row."""
    found = _agreements(connection, _EVERY.where(agreement.c.id == agreement_id))
    return found[0] if found else None


def agreements_among(connection: Connection, customer_ids: Sequence[int]) -> list[Agreement]:
    """Return the agreements of some hundred practices, in the order of the practices."""
    return _agreements(connection, _EVERY.where(_OWNER.element.in_(customer_ids)))


def _agreements(connection: Connection, statement: Select[Any], **values: Any) -> list[Agreement]:
    rows = connection.execute(statement, values)
    return [Agreement(**row._mapping) for row in rows]  # noqa: SLF001 (SQLAlchemy's public name)


def add_agreement(connection: Connection, new: NewAgreement, at: datetime) -> int:
    """Append an agreement and return its row; earlier ones stay as they are."""
    return insert_row(connection, agreement, **vars(new), created_at=at)


def end_agreement(connection: Connection, agreement_id: int, day: date) -> None:
    """Note that an agreement was cancelled, valid no more from the day on.

    Raises IntegrityError where it was ended before.
    """
    connection.execute(update(agreement).where(agreement.c.id == agreement_id).values(ended_on=day))

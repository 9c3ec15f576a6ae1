"""Data processing agreements as they were signed: appended, ended once, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select, update

from laverma_desk.domain.agreement import REMINDER_DAYS, Agreement
from laverma_desk.storage.customers import family
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.tables import agreement, customer

_COLUMNS = [column for column in agreement.c if column.name not in {"customer_id", "created_at"}]


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
    return _agreements(connection, None)


def agreements_of(connection: Connection, customer_id: int) -> list[Agreement]:
    """Return a practice's agreements, those of the records merged into it among them."""
    return _agreements(connection, agreement.c.customer_id.in_(family(connection, customer_id)))


def find_agreement(connection: Connection, agreement_id: int) -> Agreement | None:
    """Return an agreement by its row."""
    found = _agreements(connection, agreement.c.id == agreement_id)
    return found[0] if found else None


def agreements_among(connection: Connection, customer_ids: Sequence[int]) -> list[Agreement]:
    """Return the agreements of some hundred practices, in the order of the practices."""
    owner = func.coalesce(customer.c.merged_into, customer.c.id)
    return _agreements(connection, owner.in_(customer_ids))


def _agreements(connection: Connection, condition: ColumnElement[bool] | None) -> list[Agreement]:
    owner = func.coalesce(customer.c.merged_into, customer.c.id).label("customer_id")
    statement = (
        select(*_COLUMNS, owner)
        .join(customer, customer.c.id == agreement.c.customer_id)
        .order_by(owner, agreement.c.id)
    )
    if condition is not None:
        statement = statement.where(condition)
    return [Agreement(**row._mapping) for row in connection.execute(statement)]  # noqa: SLF001 (SQLAlchemy's public name)


def add_agreement(connection: Connection, new: NewAgreement, at: datetime) -> int:
    """Append an agreement and return its row; earlier ones stay as they are."""
    return insert_row(connection, agreement, **vars(new), created_at=at)


def end_agreement(connection: Connection, agreement_id: int, day: date) -> None:
    """Note that an agreement was cancelled, valid no more from the day on.

    Raises IntegrityError where it was ended before.
    """
    connection.execute(update(agreement).where(agreement.c.id == agreement_id).values(ended_on=day))

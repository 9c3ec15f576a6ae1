"""The dated rates of VAT, in one table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from laverma_desk.domain.vat import VatRate
from laverma_desk.storage.tables import vat_rate

_RATES = select(vat_rate.c.valid_from, vat_rate.c.rate).order_by(vat_rate.c.valid_from)


def vat_rates(connection: Connection) -> tuple[VatRate, ...]:
    """Return all rates, the oldest first."""
    return tuple(VatRate(row.valid_from, row.rate) for row in connection.execute(_RATES))


def put_rate(connection: Connection, one: VatRate) -> None:
    """Write a rate; one with the same first day is replaced."""
    _remove(connection, one.valid_from)
    connection.execute(insert(vat_rate).values(valid_from=one.valid_from, rate=one.rate))


def replace_rates(connection: Connection, rates: Sequence[VatRate]) -> None:
    """Write these rates and no other."""
    connection.execute(delete(vat_rate))
    for one in rates:
        connection.execute(insert(vat_rate).values(valid_from=one.valid_from, rate=one.rate))


def _remove(connection: Connection, valid_from: date) -> None:
    connection.execute(delete(vat_rate).where(vat_rate.c.valid_from == valid_from))

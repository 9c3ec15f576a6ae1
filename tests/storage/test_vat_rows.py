"""The rates of VAT in the file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from laverma_desk.domain.vat import LEGAL_RATES, VatRate
from laverma_desk.storage import vat_rates


def test_a_desk_is_born_with_the_legal_rates(database):
    with database.read() as connection:
        assert vat_rates.vat_rates(connection) == LEGAL_RATES


def test_a_rate_replaces_the_one_of_its_day(database):
    with database.write() as connection:
        vat_rates.put_rate(connection, VatRate(date(2030, 1, 1), Decimal(21)))
        vat_rates.put_rate(connection, VatRate(date(2030, 1, 1), Decimal("20.5")))
        assert vat_rates.vat_rates(connection) == (
            *LEGAL_RATES,
            VatRate(date(2030, 1, 1), Decimal("20.5")),
        )


def test_all_rates_are_replaced_and_come_oldest_first(database):
    late, early = VatRate(date(2025, 1, 1), Decimal(20)), VatRate(date(2010, 1, 1), Decimal(19))
    with database.write() as connection:
        vat_rates.replace_rates(connection, [late, early])
    with database.read() as connection:
        assert vat_rates.vat_rates(connection) == (early, late)

"""The rate of VAT leaves the tariffs: nobody is charged another one than before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from laverma_desk.domain.tariff import tariff_on
from laverma_desk.domain.vat import LEGAL_RATES, VatRate
from laverma_desk.storage import house
from laverma_desk.storage.migrate import open_desk
from laverma_desk.storage.vat_rates import vat_rates
from tests.storage.conftest import NOON
from tests.support.older_desks import make_first_desk


def _moved(folder: Path, *tariffs: tuple[str, int]):
    file = folder / "desk.sqlite3"
    make_first_desk(file)
    with closing(sqlite3.connect(file)) as raw:
        for day, rate in tariffs:
            raw.execute(
                "INSERT INTO tariff (valid_from, price_cents, rounding, vat_rate, minimum_seconds, "
                "free_seconds) VALUES (?, 225, 'started_minute', ?, 0, 0)",
                (day, rate),
            )
        raw.commit()
    return open_desk(file, folder / "backups", lambda: NOON)


def _rates(folder: Path, *tariffs: tuple[str, int]):
    database = _moved(folder, *tariffs)
    try:
        with database.read() as connection:
            return vat_rates(connection), house.tariffs(connection)
    finally:
        database.close()


@pytest.mark.parametrize(
    "tariffs",
    [
        (),
        (("2000-01-01", 1900),),
        (("2020-01-01", 1900), ("2020-07-01", 1600), ("2021-01-01", 1900)),
        (("2000-01-01", 1900), ("2023-01-01", 1900)),
    ],
    ids=["no tariff", "the first one", "each with its legal rate", "two"],
)
def test_who_had_the_rates_of_the_law_gets_them_with_their_days(tmp_path, tariffs):
    rates, _tariffs = _rates(tmp_path, *tariffs)
    assert rates == LEGAL_RATES


@pytest.mark.parametrize(
    ("tariffs", "wanted"),
    [
        ((("2000-01-01", 2000),), [(date(2000, 1, 1), Decimal(20))]),
        (
            (("2019-01-01", 2000), ("2022-01-01", 2000), ("2023-01-01", 1950)),
            [(date(2019, 1, 1), Decimal(20)), (date(2023, 1, 1), Decimal("19.5"))],
        ),
    ],
    ids=["from the beginning", "in steps"],
)
def test_who_had_entered_others_goes_on_with_exactly_those(tmp_path, tariffs, wanted):
    rates, held = _rates(tmp_path, *tariffs)
    assert rates == tuple(VatRate(day, rate) for day, rate in wanted)
    today = date(2026, 11, 22)
    assert tariff_on(today, held, vat=rates).vat_rate == wanted[-1][1]


def test_prices_stay(tmp_path):
    _vat, held = _rates(tmp_path, ("2020-01-01", 1900))
    assert [(one.valid_from, one.price_cents) for one in held] == [(date(2020, 1, 1), 225)]

"""What the tax adviser says, from a setup file: a roll-out that can hand over without a window."""

from __future__ import annotations

from decimal import Decimal

import pytest

from laverma_desk.domain.bookkeeping import BookkeepingSettings, Chart, RevenueAccount
from laverma_desk.domain.errors import Rule
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.services.datev.settings import bookkeeping
from laverma_desk.services.problems import FileRefused
from laverma_desk.services.setup.setup_file import apply_setup, example
from tests.support.datev_desks import keep


@pytest.fixture
def apply(desk, tmp_path):
    def work(words):
        file = tmp_path / "haus.toml"
        file.write_text(words, encoding="utf-8")
        return apply_setup(desk, file).value

    return work


def test_the_example_says_what_counts_anyway(desk, apply):
    assert apply(example()).bookkeeping
    found = bookkeeping(desk)
    revenue = (
        RevenueAccount(VatCategory.STANDARD, Decimal(19), 8400),
        RevenueAccount(VatCategory.REVERSE_CHARGE, Decimal(0), 8336),
        RevenueAccount(VatCategory.EXEMPT, Decimal(0), 8195),
    )
    assert found == BookkeepingSettings(1001, 1, bank=1200, first_debtor=10_000, revenue=revenue)


def test_what_is_not_named_stays(desk, apply):
    kept = keep(desk, payments=True)
    assert not apply('[company]\ncity = "Bonn"\n').bookkeeping
    assert bookkeeping(desk) == kept
    apply('[bookkeeping]\nchart = "skr04"\nrevenue = { "5,5" = 4310, 7 = 4300 }\n')
    found = bookkeeping(desk)
    assert (found.chart, found.client, found.payments) == (Chart.SKR04, kept.client, True)
    assert [(one.rate, one.account) for one in found.revenue] == [(Decimal("5.5"), 4310), (Decimal(7), 4300)]


@pytest.mark.parametrize(
    ("line", "place", "rule"),
    [
        ("consultant = 1000", "consultant", Rule.NUMBER_INVALID),
        ('client = "1"', "client", Rule.TYPE_WRONG),
        ('chart = "SKR49"', "chart", Rule.VALUE_NOT_IN_LIST),
        ("chart = 3", "chart", Rule.TYPE_WRONG),
        ("account_length = 9", "account_length", Rule.NUMBER_INVALID),
        ("bank = 12000", "bank", Rule.NUMBER_INVALID),
        ("first_debtor = 70000", "first_debtor", Rule.NUMBER_INVALID),
        ("revenue = 8400", "revenue", Rule.TYPE_WRONG),
        ("revenue = { 19 = 84000 }", "revenue", Rule.NUMBER_INVALID),
        ("revenue = { 19 = true }", "revenue", Rule.TYPE_WRONG),
        ("revenue = { neunzehn = 8400 }", "revenue", Rule.NUMBER_INVALID),
        ('revenue = { 19 = 8400, "19,0" = 8401 }', "revenue", Rule.FIELD_CONTRADICTS),
        ("payments = 1", "payments", Rule.TYPE_WRONG),
        ("konto = 1", "konto", Rule.SETTING_UNKNOWN),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(desk, apply, line, place, rule):
    kept = keep(desk)
    with pytest.raises(FileRefused) as caught:
        apply(f"[bookkeeping]\n{line}\n")
    assert [(one.place, one.error.code) for one in caught.value.problems] == [(f"bookkeeping.{place}", rule)]
    assert bookkeeping(desk) == kept

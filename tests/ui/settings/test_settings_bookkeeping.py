"""What the tax adviser says is typed in, checked by the digits of the accounts, and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from laverma_desk.domain.bookkeeping import BookkeepingSettings, Chart, RevenueAccount
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.domain.vat import VatRate
from laverma_desk.services.datev.settings import bookkeeping, save_bookkeeping
from laverma_desk.services.setup.house_billing import save_vat_rates

GENERAL = "revenue:S:19"
OLD = "revenue:S:16"
SMALL = "revenue:E:0"
EU = "revenue:AE:0"


@pytest.fixture
def page(hand):
    return hand.open("bookkeeping")


def usual(page, name):
    return page.form.field(name).placeholderText()


def shown_ways(page):
    names = [name for name in page.form.names() if name.startswith("revenue:")]
    return [name for name in names if not page.form.labeled_field(name).isHidden()]


def test_a_new_house_sees_what_the_chart_says(page):
    values = page.form.values()
    assert (values["consultant"], values["client"], values["bank"]) == ("", "", "")
    assert (values["chart"], values["account_length"], values["fiscal_month"]) == (Chart.SKR03, 4, 1)
    assert (values["payments"], values["service_dates"], values["committed"]) == (False, True, False)
    assert [usual(page, name) for name in ("bank", "first_debtor", GENERAL, EU, SMALL)] == [
        "1200", "10000", "8400", "8336", "8195",
    ]  # fmt: skip
    assert page.form.labeled_field(GENERAL).label.text() == "Erlöse mit 19\u00a0% USt"
    assert page.controller.changes() == 0


def test_what_is_usual_follows_chart_and_digits(page):
    page.form.field("chart").choose(Chart.SKR04)
    page.form.field("chart").activated.emit(1)
    assert [usual(page, name) for name in ("bank", GENERAL, SMALL)] == ["1800", "4400", "kein übliches"]
    page.form.field("account_length").choose(6)
    page.form.field("account_length").activated.emit(2)
    assert [usual(page, name) for name in ("bank", "first_debtor", GENERAL)] == [
        "180000", "1000000", "440000",
    ]  # fmt: skip


def test_everything_is_kept(page):
    page.type("consultant", " 29098 ").type("client", "55003").type("bank", "1210")
    page.type("first_debtor", "20000").type(GENERAL, "8401").type(SMALL, "8196")
    page.form.field("fiscal_month").choose(7)
    page.form.field("fiscal_month").activated.emit(6)
    for name in ("payments", "service_dates", "committed"):
        page.tick(name)
    assert page.unsaved_pages() == ["bookkeeping"]
    page.save()
    assert bookkeeping(page.desk) == BookkeepingSettings(
        consultant=29_098,
        client=55_003,
        fiscal_month=7,
        revenue=(
            RevenueAccount(VatCategory.STANDARD, Decimal(19), 8401),
            RevenueAccount(VatCategory.EXEMPT, Decimal(0), 8196),
        ),
        bank=1210,
        first_debtor=20_000,
        payments=True,
        service_dates=False,
        committed=True,
    )
    assert (page.controller.changes(), page.unsaved_pages()) == (0, [])
    assert page.form.text("consultant") == "29098"
    page.type(GENERAL, "").type("bank", "").save()
    kept = bookkeeping(page.desk)
    assert (kept.bank, [one.account for one in kept.revenue]) == (None, [8196])


@pytest.mark.parametrize(
    ("name", "typed", "right"),
    [
        ("consultant", "1000", "1001"),
        ("client", "100000", "99999"),
        ("bank", "12000", "1200"),
        ("bank", "Sparkasse", "1200"),
        ("first_debtor", "9999", "10000"),
        ("first_debtor", "70000", "69999"),
        (GENERAL, "840", "8400"),
        (SMALL, "84000", "8400"),
    ],
)
def test_a_field_says_what_is_wrong_with_it(page, name, typed, right):
    page.type(name, typed).leave_field()
    assert "Zahl von" in page.form.error(name)
    page.save()
    assert page.form.error(name)
    assert bookkeeping(page.desk) == BookkeepingSettings()
    page.type(name, right).leave_field()
    assert not page.form.error(name)


def test_accounts_of_other_digits_are_named_where_they_stand(page):
    page.type(GENERAL, "8401").type("bank", "1210").save()
    page.form.field("account_length").choose(5)
    page.form.field("account_length").activated.emit(1)
    page.save()
    assert page.form.error(GENERAL)
    assert page.form.error("bank")
    assert page.form.field("bank").hasFocus()
    assert bookkeeping(page.desk).account_length == 4


def test_a_new_rate_of_vat_gets_a_field_and_an_account_keeps_it(page):
    desk = page.desk
    rates = [VatRate(date(2007, 1, 1), Decimal(19)), VatRate(date(2030, 1, 1), Decimal(21))]
    page.type("consultant", "29098")
    page.surroundings.bus.publish(save_vat_rates(desk, rates))
    assert "revenue:S:21" in shown_ways(page)
    assert OLD not in shown_ways(page), "its rate is gone, and it has no account"
    assert page.form.text("consultant") == "29098", "what is typed stays"
    page.type("revenue:S:21", "8410").save()
    kept = bookkeeping(desk)
    assert kept.revenue == (RevenueAccount(VatCategory.STANDARD, Decimal(21), 8410),)
    page.surroundings.bus.publish(save_vat_rates(desk, rates[:1]))
    assert "revenue:S:21" in shown_ways(page), "an account is never out of sight"
    page.surroundings.bus.publish(save_bookkeeping(desk, replace(kept, revenue=())))
    assert "revenue:S:21" not in shown_ways(page)
    assert page.controller.changes() == 0


def test_a_way_leads_to_its_field(page):
    page.controller.open_page(f"bookkeeping/{SMALL}")
    page.controller.activate()
    assert page.form.field(SMALL).hasFocus()


def test_discarding_brings_back_what_is_kept(page):
    page.type("client", "7").type(EU, "8337")
    assert page.controller.changes() == 2
    page.controller._on_bar_discard_requested()
    assert (page.form.text("client"), page.form.text(EU)) == ("", "")
    page.controller._on_bar_restore_requested()
    assert (page.form.text("client"), page.form.text(EU)) == ("7", "8337")

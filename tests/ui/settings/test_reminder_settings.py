"""The page for payment reminders: fields, base rates half-year by half-year, words from a day on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.interest import BaseRate
from laverma_desk.services.invoicing.reminder_defaults import default_words
from laverma_desk.services.invoicing.reminder_settings import read_reminder_settings


@pytest.fixture
def page(hand):
    return hand.open("reminders")


def type_into(part, name, words):
    """Replace what stands in a field of a list's chosen row."""
    field = part.field(name)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    field.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field, event)


def entries(part):
    return [(one.words, one.aside, one.badge) for one in part.list.entries()]


def kept(page):
    return read_reminder_settings(page.desk)


def test_a_new_house_reminds_gently(page):
    assert page.form.values()["days_1"] == "10"
    assert page.form.values()["fee_2"] == "0,00"
    assert entries(page.form.rates) == [("1. Halbjahr 2026", "1,27\u00a0%", "")]
    assert [one[0] for one in entries(page.form.words)][:3] == [
        "Zahlungserinnerung · Deutsch",
        "Mahnung · Deutsch",
        "Letzte Mahnung · Deutsch",
    ]
    assert page.controller.changes() == 0


def test_days_and_fees_are_kept(page):
    page.type("days_1", "14").type("days_3", "5").type("fee_2", "5").type("fee_3", "12,5")
    page.tick("interest").tick("lump_sum")
    assert page.controller.changes() == 6
    assert page.unsaved_pages() == ["reminders"]
    page.save()
    settings = kept(page)
    assert settings.days == (14, 10, 5)
    assert settings.fees == (0, 500, 1250)
    assert (settings.interest, settings.lump_sum) == (True, True)
    assert settings.words == default_words()
    assert page.controller.changes() == 0
    assert page.unsaved_pages() == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("days_1", "9"),
        ("days_2", "4"),
        ("days_3", "61"),
        ("days_1", "bald"),
        ("fee_2", "-1"),
        ("fee_3", "101"),
    ],
)
def test_a_field_says_what_is_wrong_with_it(page, name, typed):
    before = kept(page)
    page.type(name, typed).leave_field()
    assert page.form.error(name)
    page.save()
    assert page.form.error(name)
    assert kept(page) == before
    page.type(name, "10")
    assert not page.form.error(name)


def test_half_years_are_added_in_their_order(page):
    rates = page.form.rates
    page.click(rates.add)
    assert rates.field("valid_from").day() == date(2026, 7, 1)
    assert page.controller.changes() == 1
    type_into(rates, "rate", "1,5 %")
    page.leave_field()
    assert rates.text("rate") == "1,5"
    assert entries(rates)[1] == ("2. Halbjahr 2026", "1,5\u00a0%", "")
    page.save()
    assert kept(page).base_rates == (
        BaseRate(date(2026, 1, 1), Decimal("1.27")),
        BaseRate(date(2026, 7, 1), Decimal("1.5")),
    )


def test_the_present_half_year_is_marked(page):
    rates = page.form.rates
    type_into(rates, "valid_from", "01.01.2022")
    type_into(rates, "rate", "-0,88")
    assert entries(rates) == [("1. Halbjahr 2022", "-0,88\u00a0%", "gilt heute")]
    page.save()
    assert kept(page).base_rates == (BaseRate(date(2022, 1, 1), Decimal("-0.88")),)


def test_the_table_may_be_empty(page):
    rates = page.form.rates
    rates.list.setFocus()
    QTest.keyClick(rates.list, Qt.Key.Key_Delete)
    page.save()
    assert kept(page).base_rates == ()


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("rate", "viel", "Ein Basiszinssatz sieht so aus: 1,27 oder -0,88."),
        ("rate", "20,01", "Ein Basiszinssatz sieht so aus: 1,27 oder -0,88."),
        ("valid_from", "01.02.2026", "Der Basiszinssatz ändert sich am 1. Januar und am 1. Juli."),
    ],
)
def test_a_wrong_row_is_shown_at_its_field(page, name, typed, sentence):
    rates = page.form.rates
    page.click(rates.add)
    type_into(rates, "rate", "1")
    type_into(rates, name, typed)
    page.leave_field()
    assert rates.error(name).startswith(sentence)
    rates.choose(0)
    page.save()
    assert rates.current() == 1, "saving goes to the row that is wrong"
    assert rates.error(name).startswith(sentence)
    assert QApplication.focusWidget() is rates.field(name)
    assert len(kept(page).base_rates) == 1


def test_no_half_year_stands_twice(page):
    rates = page.form.rates
    page.click(rates.add)
    type_into(rates, "valid_from", "01.01.2026")
    type_into(rates, "rate", "2")
    page.save()
    assert rates.current() == 1
    assert "01.01.2026" in rates.error("valid_from")
    assert kept(page).base_rates == (BaseRate(date(2026, 1, 1), Decimal("1.27")),)


def test_new_words_count_from_their_day(page):
    words = page.form.words
    words.choose(1)
    page.click(words.add)
    assert words.field("valid_from").day() == date(2022, 3, 1)
    assert words.text("title") == "Mahnung"
    type_into(words, "title", "Zahlung überfällig")
    assert entries(words)[-1] == ("Mahnung · Deutsch", "Ab 01.03.2022", "gilt heute")
    assert entries(words)[1] == ("Mahnung · Deutsch", "Von Anfang an", "")
    page.save()
    fresh = [one for one in kept(page).words if one.valid_from == date(2022, 3, 1)]
    assert [(one.level, one.language, one.title) for one in fresh] == [(2, "de", "Zahlung überfällig")]
    assert len(kept(page).words) == 7


def test_the_last_words_of_a_level_stay(page):
    words = page.form.words
    words.choose(0)
    assert words.remove.is_blocked()
    page.click(words.add)
    assert not words.remove.is_blocked()
    page.click(words.remove)
    assert len(words.rows()) == 6
    assert page.controller.changes() == 0


@pytest.mark.parametrize("name", ["title", "opening", "request", "closing"])
def test_unknown_placeholders_and_empty_words_are_refused(page, name):
    words = page.form.words
    type_into(words, name, "Hallo {wer}")
    page.leave_field()
    assert "wer" in words.error(name)
    words.show_field(name, "")
    page.save()
    assert words.error(name)
    assert kept(page).words == default_words()


def test_a_placeholder_is_put_in_at_the_caret(page):
    words = page.form.words
    words.field("closing").setFocus(Qt.FocusReason.TabFocusReason)
    words.field("closing").selectAll()
    page.click(words.placeholders.buttons["counted_until"])
    assert words.text("closing") == "{counted_until}"
    assert page.controller.changes() == 1


def test_typed_values_are_discarded_and_brought_back(page):
    page.type("days_2", "12")
    type_into(page.form.words, "title", "Anders")
    section = page.controller.section("reminders")
    section.discard()
    assert page.form.values()["days_2"] == "10"
    assert page.form.words.text("title") == "Zahlungserinnerung"
    section.restore()
    assert page.form.values()["days_2"] == "12"
    assert page.form.words.text("title") == "Anders"
    assert page.controller.changes() == 2

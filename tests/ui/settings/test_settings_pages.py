"""Every page of the settings: what is typed arrives in the house, what is wrong does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.tariff import Rounding
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house import read_house
from laverma_desk.ui.settings.error_line import ErrorLine
from laverma_desk.ui.settings.pages import pages


def test_the_company_is_written_as_typed(hand):
    hand.open("company")
    hand.type("name", "Lüders & Söhne").type("street", "  Große  Straße 7 ").type("phone", "0700 LAVERMAS")
    hand.type("register", "Amtsgericht Musterstadt, HRB 12345").save()
    company = read_house(hand.desk).company
    assert company.name == "Lüders & Söhne"
    assert company.street == "Große Straße 7"
    assert company.phone == "0700 LAVERMAS"
    assert company.register == "Amtsgericht Musterstadt, HRB 12345"
    assert company.city == "Musterstadt"
    assert hand.form.text("street") == "Große Straße 7"


def test_the_postcode_is_checked_by_the_rules_of_its_country(hand):
    hand.open("company").type("postcode", "1010").leave_field()
    assert "fünf" in hand.form.error("postcode")
    hand.form.field("country").choose("AT")
    hand.type("postcode", "1010 ").leave_field()
    assert hand.form.error("postcode") == ""
    hand.save()
    assert read_house(hand.desk).company.country == "AT"
    assert read_house(hand.desk).company.postcode == "1010"


def test_tax_and_company_share_a_record_and_lose_nothing(hand):
    hand.open("company").type("city", "Köln")
    hand.open("tax").type("iban", "de02120300000000202051").type("bic", "BYLADEM1001")
    hand.type("vat_id", "DE 136695976").type("account_holder", "Laverma GbR")
    hand.tick("small_business").save()
    company = read_house(hand.desk).company
    assert (company.city, company.iban, company.bic) == ("Köln", "DE02120300000000202051", "BYLADEM1001")
    assert (company.vat_id, company.account_holder) == ("DE136695976", "Laverma GbR")
    assert company.small_business
    assert hand.form.text("iban") == "DE02 1203 0000 0000 2020 51"


def test_an_iban_is_grouped_when_it_is_left(hand):
    hand.open("tax").type("iban", "de02120300000000202051").leave_field()
    assert hand.form.text("iban") == "DE02 1203 0000 0000 2020 51"
    assert hand.form.error("iban") == ""


@pytest.mark.parametrize(
    ("page", "name", "typed"),
    [
        ("company", "email", "info@laverma"),
        ("company", "phone", "keins"),
        ("tax", "iban", "DE03 1203 0000 0000 2020 51"),
        ("tax", "vat_id", "DE123456789"),
        ("tax", "bic", "NIX"),
        ("mail", "sender", "bericht"),
        ("mail", "host", "smtp laverma"),
        ("mail", "port", "70000"),
        ("tariff", "price", "2,255"),
        ("vat", "rate", "101"),
        ("invoice", "number_format", "RE {seq}"),
        ("invoice", "payment_days", "366"),
        ("tariff", "minimum_seconds", "-1"),
        ("wording", "subject", "Bericht {datum}"),
        ("wording", "guide", "Link öffnen: {url}"),
    ],
)
def test_a_field_is_checked_when_it_is_left_and_never_saved_wrong(hand, page, name, typed):
    hand.open(page)
    before = read_house(hand.desk)
    hand.type(name, typed).leave_field()
    assert hand.form.error(name) != ""
    assert hand.form.text(name) == typed
    hand.save()
    assert read_house(hand.desk) == before
    assert QApplication.focusWidget() is hand.form.field(name)
    assert hand.controller.changes() == 1


def test_one_wrong_page_keeps_every_page_from_being_saved(hand):
    before = read_house(hand.desk)
    hand.open("tax").type("iban", "DE00")
    hand.open("company").type("name", "Neu")
    hand.save()
    assert read_house(hand.desk) == before
    assert hand.panel.stack.currentWidget() is hand.panel.page("tax")
    assert QApplication.focusWidget() is hand.controller.section("tax").form.field("iban")


def test_a_needed_field_is_only_missed_on_saving(hand):
    hand.open("company").type("name", "").leave_field()
    assert hand.form.error("name") == ""
    hand.save()
    assert hand.form.error("name") != ""
    assert read_house(hand.desk).company.name == "Laverma"


def test_changes_are_counted_kept_and_marked(hand):
    hand.open("company").type("name", "Eins").type("city", "Zwei")
    assert hand.bar.words() == "2 Änderungen nicht gespeichert"
    hand.open("tax").type("bank", "Musterbank")
    assert hand.bar.words() == "3 Änderungen nicht gespeichert"
    assert hand.unsaved_pages() == ["company", "tax"]
    hand.controller.leave()
    hand.controller.activate()
    hand.open("company")
    assert hand.form.text("name") == "Eins"
    hand.type("name", "Laverma").type("city", "Musterstadt")
    assert hand.unsaved_pages() == ["tax"]
    assert hand.bar.words() == "1 Änderung nicht gespeichert"


def test_saving_empties_the_count_and_says_when(hand):
    hand.open("company").type("name", "Eins").save()
    assert hand.controller.changes() == 0
    assert hand.unsaved_pages() == []
    assert hand.bar.words() == "Gespeichert um 10:22 Uhr."
    assert hand.bar.save.is_blocked()


def test_discarding_can_be_taken_back(hand):
    hand.open("company").type("name", "Eins")
    hand.open("snippets").type("label", "Anders")
    hand.click(hand.bar.discard)
    assert hand.controller.changes() == 0
    assert hand.form.rows()[0]["label"] == "Update eingespielt"
    hand.click(hand.bar._restore)
    assert hand.form.rows()[0]["label"] == "Anders"
    assert hand.controller.section("company").form.text("name") == "Eins"
    assert hand.controller.changes() == 2


def test_what_somebody_else_saves_does_not_run_over_what_is_typed(hand):
    hand.open("company").type("name", "Eins")
    company = read_house(hand.desk).company
    result = house.save_company(hand.desk, replace(company, name="Andere", city="Bonn"))
    hand.surroundings.bus.publish(result)
    assert hand.form.text("name") == "Eins"
    hand.type("name", "Andere")
    assert hand.controller.changes() == 1  # the city that is still shown is not the kept one
    hand.click(hand.bar.discard)
    assert hand.form.text("city") == "Bonn"


def test_every_page_has_a_name_for_each_field(hand):
    for page in pages():
        hand.controller.open_page(page.key)
        frame = hand.panel.page(page.key)
        for name in frame.form.names():
            assert frame.form.field(name).accessibleName(), (page.key, name)
    hand.settle()


def test_the_tariff_shows_what_the_example_costs(hand):
    hand.open("tariff")
    cards = hand.form.rounding.cards
    assert [cards[one].accessibleName().split(", ", 1)[1] for one in Rounding] == [
        "13\u00a0Min · 29,25\u00a0€",
        "12\u00a0Min · 27,00\u00a0€",
        "12\u00a0Min · 27,00\u00a0€",
        "12:22 · 27,83\u00a0€",
    ]
    hand.type("price", "3")
    assert cards[Rounding.STARTED_MINUTE].accessibleName().endswith("13\u00a0Min · 39,00\u00a0€")
    assert hand.form.prices.gross.text() == "3,57\u00a0€ je Minute mit 19\u00a0% Umsatzsteuer"
    hand.type("free_seconds", "600")
    assert cards[Rounding.STARTED_MINUTE].accessibleName().endswith("3\u00a0Min · 9,00\u00a0€")
    hand.type("price", "drei")
    assert cards[Rounding.STARTED_MINUTE].accessibleName().endswith("–")


def test_the_printed_rule_follows_the_chosen_card(hand):
    hand.open("tariff")
    assert hand.form.rule.rule() == "„Minutengenaue Abrechnung, jede angefangene Minute zählt.“"
    hand.click(hand.form.rounding.cards[Rounding.EXACT_SECOND])
    assert "sekundengenau" in hand.form.rule.rule().lower()
    hand.save()
    assert read_house(hand.desk).tariffs[0].rounding is Rounding.EXACT_SECOND


def test_arrow_keys_choose_a_rounding(hand):
    hand.open("tariff")
    card = hand.form.rounding.cards[Rounding.STARTED_MINUTE]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Right)
    assert hand.form.rounding.current() is Rounding.NEAREST_MINUTE
    assert hand.controller.changes() == 1


def test_a_tariff_is_added_from_a_date_on(hand):
    hand.open("tariff")
    hand.click(hand.form.add)
    assert hand.form.rows()[1]["valid_from"] == date(2022, 4, 1)
    hand.type("price", "2,40").type("minimum_seconds", "300").save()
    first, second = read_house(hand.desk).tariffs
    assert (first.valid_from, first.price_cents) == (date(2020, 1, 1), 225)
    assert (second.valid_from, second.price_cents, second.minimum_seconds) == (date(2022, 4, 1), 240, 300)
    assert [entry.badge for entry in hand.form.list.entries()] == ["gilt heute", ""]
    hand.form.list.setCurrentRow(0)
    assert hand.form.text("price") == "2,25"
    hand.form.list.setCurrentRow(1)
    hand.click(hand.form.remove).save()
    assert len(read_house(hand.desk).tariffs) == 1
    assert hand.form.remove.is_blocked()


def test_two_tariffs_cannot_begin_on_one_day(hand):
    hand.open("tariff")
    hand.click(hand.form.add)
    hand.type("valid_from", "01.01.2020")
    hand.save()
    assert len(read_house(hand.desk).tariffs) == 1
    assert hand.form.error("valid_from") != ""
    hand.type("valid_from", "31.02.2023").leave_field()
    assert hand.form.error("valid_from") != ""
    hand.save()
    assert len(read_house(hand.desk).tariffs) == 1


def test_the_wording_is_shown_filled_in_and_kept(hand):
    hand.open("wording")
    assert hand.form.preview.subject() == "Bericht zur Fernwartung vom 01.03.2022, PC Rezeption"
    assert hand.form.preview.text().startswith("Sehr geehrte Frau Lorenz,")
    hand.type("subject", "Bericht ")
    hand.click(hand.form.report_words.buttons["number"])
    assert hand.form.text("subject") == "Bericht {number}"
    assert hand.form.preview.subject() == "Bericht S-2022-0214"
    assert QApplication.focusWidget() is hand.form.field("subject")
    hand.type("guide", "Fenster schließen\n\n  {link} öffnen ").save()
    template = read_house(hand.desk).template
    assert template.subject == "Bericht {number}"
    assert template.guide == ("Fenster schließen", "{link} öffnen")
    assert hand.controller.changes() == 0


def test_a_long_error_stands_whole_below_its_row(hand):
    hand.open("mail").type("port", "70000").leave_field()
    field = hand.form.field("port")
    assert field.is_invalid()
    assert field.accessibleDescription() == hand.form.error("port")
    shown = [line for line in hand.form.findChildren(ErrorLine) if line.isVisible()]
    assert [line.words() for line in shown] == [f"Port: {hand.form.error('port')}"]
    hand.type("port", "587").leave_field()
    assert not field.is_invalid()
    assert not shown[0].isVisible()

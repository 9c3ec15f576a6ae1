"""The record edited in place: checked where it is typed, saved by key, never lost silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from laverma_desk.services.calls import timekeeping
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers.customer_record import (
    MasterDraft,
    OwnTariffDraft,
    TermsDraft,
    WorkstationDraft,
)
from laverma_desk.storage import customers
from tests.support.datev_desks import add_debtor, keep

Key = Qt.Key


def form_of(hand, key):
    return getattr(hand.cards, key).form


def test_master_data_are_edited_saved_and_closed_by_keys_alone(shown):
    shown.press(Key.Key_F2)
    form = form_of(shown, "master")
    assert QApplication.focusWidget() is form.field("name")
    shown.fill(form, "phone", "0700 LAVERMAS").press(Key.Key_Tab)
    assert form.text("phone") == "0700 5283 7627"  # tidied as it is left
    shown.fill(form, "software", "Synadoc, Röntgen").control(Key.Key_Return)
    assert not shown.cards.master.is_editing()
    assert QApplication.focusWidget() is shown.cards.master.action
    kept = shown.read().customer
    assert (kept.phone, kept.software) == ("+4970052837627", "Synadoc, Röntgen")
    assert ("Software", "Synadoc, Röntgen") in shown.cards.facts["master"].facts()


def test_an_error_stands_at_its_field_and_nothing_is_cleared(shown):
    shown.press(Key.Key_F2)
    form = form_of(shown, "master")
    shown.fill(form, "postcode", "1234").press(Key.Key_Tab)
    assert form.error("postcode") == "Eine deutsche Postleitzahl hat fünf Ziffern."
    shown.control(Key.Key_Return)
    assert QApplication.focusWidget() is form.field("postcode")
    assert form.text("postcode") == "1234"
    shown.fill(form, "postcode", "12346").fill(form, "name", "").control(Key.Key_Return)
    assert QApplication.focusWidget() is form.field("name")
    assert form.error("name")
    assert shown.read().customer.postcode == "12345"


def test_a_day_that_does_not_exist_is_told_what_a_day_looks_like(shown):
    shown.press(Key.Key_F2)
    form = form_of(shown, "master")
    shown.fill(form, "since", "31.02.2020").press(Key.Key_Tab)
    assert form.error("since") == "Ein Tag sieht so aus: 01.03.2022."


def test_what_is_typed_outlives_escape_another_customer_and_another_page(shown, bohrer, weiss):
    shown.press(Key.Key_F2)
    form = form_of(shown, "master")
    shown.fill(form, "software", "KIM").press(Key.Key_Escape)
    assert not shown.cards.master.is_editing()
    assert shown.cards.master.is_unsaved()
    shown.controller.show_customer(weiss)
    shown.settle()
    assert not shown.cards.master.is_unsaved()
    assert shown.list.rows.unsaved == {bohrer.customer_id}
    shown.controller.leave()
    shown.bring()
    shown.controller.show_customer(bohrer.customer_id)
    assert shown.cards.master.is_unsaved()
    shown.press(Key.Key_F2)
    assert form.text("software") == "KIM"
    form.discard.click()
    assert not shown.cards.master.is_unsaved()
    assert shown.list.rows.unsaved == frozenset()
    assert shown.read().customer.software == ""


def test_what_is_typed_back_again_is_no_change(shown):
    shown.press(Key.Key_F2)
    form = form_of(shown, "master")
    shown.fill(form, "software", "KIM")
    assert shown.cards.master.is_unsaved()
    shown.fill(form, "software", "")
    assert not shown.cards.master.is_unsaved()


def test_news_from_elsewhere_reach_an_open_form_only_where_nothing_is_typed(
    shown, bohrer, surroundings, desk
):
    shown.press(Key.Key_F2)
    form = form_of(shown, "master")

    def rename(name):
        draft = MasterDraft(number="10017", name=name)
        surroundings.bus.publish(records.save_master(desk, bohrer.customer_id, draft))
        shown.settle()

    rename("MVZ Bohrer")
    assert form.text("name") == "MVZ Bohrer"
    shown.fill(form, "software", "KIM")
    rename("ZAP Bohrer und Weiß")
    assert (form.text("name"), form.text("software")) == ("MVZ Bohrer", "KIM")
    assert shown.cards.head.name.text() == "ZAP Bohrer und Weiß"


def test_a_contact_is_added_changed_and_taken_out_in_two_steps(shown):
    card = shown.cards.contacts
    card.action.setFocus()
    shown.press(Key.Key_Space)
    form = card.contact_form
    assert not form.removal.isVisible()
    shown.fill(form, "name", "Petra Kühn").fill(form, "email", "petra@zap.example")
    form.field("gets_invoices").setFocus()
    shown.press(Key.Key_Space).control(Key.Key_Return)
    assert [row.contact.name for row in card.rows] == ["Sabine Lorenz", "Petra Kühn"]
    assert QApplication.focusWidget() is card.rows[1]
    assert ("Rechnung an", "petra@zap.example") in shown.cards.facts["master"].facts()
    shown.press(Key.Key_Return)
    assert form.text("name") == "Petra Kühn"
    form.removal.setFocus()
    shown.press(Key.Key_Space)
    assert form.removal.label() == "Wirklich entfernen"
    assert len(shown.read().contacts) == 2
    shown.press(Key.Key_Space)
    assert [one.name for one in shown.read().contacts] == ["Sabine Lorenz"]


def test_the_dot_says_which_contact_is_half_typed(shown):
    card = shown.cards.contacts
    card.rows[0].setFocus()
    shown.press(Key.Key_Return).fill(card.contact_form, "role", "Leitung").press(Key.Key_Escape)
    assert card.rows[0].unsaved
    assert QApplication.focusWidget() is card.rows[0]


def test_a_partner_id_that_another_machine_has_is_pointed_out_with_its_name(shown, weiss):
    card = shown.cards.workstations
    card.rows[1].setFocus()
    shown.press(Key.Key_Return)
    form = card.workstation_form
    shown.fill(form, "partner_id", "1 234 567 890")
    assert form.owner() == "Diese ID hat PC Rezeption bei ZAP Dr. Bohrer."
    shown.fill(form, "partner_id", "234 567 890").control(Key.Key_Return)
    assert shown.read().workstations[1].workstation.partner_id == "234567890"
    shown.press(Key.Key_Return).fill(form, "partner_id", "345 678 901").control(Key.Key_Return)
    shown.press(Key.Key_Return)
    assert form.former() == "früher 234 567 890"


def test_a_workstation_is_archived_folded_away_and_taken_back(shown):
    card = shown.cards.workstations
    card.rows[1].setFocus()
    shown.press(Key.Key_Return)
    card.workstation_form.archiving.setFocus()
    shown.press(Key.Key_Space).press(Key.Key_Space)
    assert [row.record.workstation.name for row in card.rows] == ["PC Rezeption"]
    card.fold.setFocus()
    shown.press(Key.Key_Return)
    assert [row.record.workstation.name for row in card.rows] == ["PC Rezeption", "Server"]
    assert not card.rows[1].link.isVisible()
    card.rows[1].click()
    card.workstation_form.archiving.click()
    shown.settle()
    assert not any(one.workstation.archived for one in shown.read().workstations)


def test_archiving_a_workstation_keeps_what_is_typed_about_it(shown):
    card = shown.cards.workstations
    card.rows[1].setFocus()
    shown.press(Key.Key_Return)
    shown.fill(card.workstation_form, "place", "Keller")
    card.workstation_form.archiving.setFocus()
    shown.press(Key.Key_Space).press(Key.Key_Space)
    card.fold.setFocus()
    shown.press(Key.Key_Return)
    assert shown.read().workstations[1].workstation.place == ""
    assert card.rows[1].unsaved
    card.rows[1].click()
    assert card.workstation_form.text("place") == "Keller"


def test_own_tariffs_are_added_and_the_used_one_says_why_it_stays(shown, bohrer, desk, clock):
    card = shown.cards.terms
    card.action.setFocus()
    shown.press(Key.Key_Space)
    form = card.form
    form.tariffs.add.setFocus()
    shown.press(Key.Key_Return)
    row = form.tariffs.rows[0]
    assert row.day.day() == date(2022, 3, 1)
    assert QApplication.focusWidget() is row.price
    shown.type("2,00").control(Key.Key_Return)
    assert shown.read().tariff.price_cents == 200
    session = timekeeping.start_session(desk, bohrer.reception).value
    clock.advance(seconds=60)
    timekeeping.end_session(desk, session.id)
    shown.press(Key.Key_Space)
    form.tariffs.rows[0].remove.click()
    shown.control(Key.Key_Return)
    assert card.is_editing()
    assert "Nach dem Tarif ab 01.03.2022 sind Sitzungen berechnet." in form.problem()
    form.discard.click()
    shown.press(Key.Key_Space)
    form.tariffs.rows[0].price.setText("")
    form.tariffs.rows[0].price.textEdited.emit("")
    shown.control(Key.Key_Return)
    assert "Preis oder Rundung angeben." in form.tariffs.rows[0].error()


def test_the_fields_of_a_visit_follow_how_it_is_paid(shown, bohrer, desk):
    records.save_terms(
        desk, bohrer.customer_id, TermsDraft((OwnTariffDraft("01.01.2022", "2,00"),), "flat", "80")
    )
    shown.record.reload()
    shown.cards.terms.action.click()
    form = shown.cards.terms.form
    assert form.field("flat").isVisible()
    combo = form.field("visit")
    combo.setFocus()
    shown.press(Key.Key_Down)
    assert combo.currentData() == "travel"
    assert not form.field("flat").isVisible()
    shown.fill(form, "travel", "35").fill(form, "hourly", "90").control(Key.Key_Return)
    customer = shown.read().customer
    assert (customer.on_site_cents, customer.on_site_travel_cents, customer.on_site_hourly_cents) == (
        None,
        3500,
        9000,
    )


def test_a_wrong_vat_id_is_told_as_the_field_is_left(shown):
    shown.cards.invoice.action.click()
    form = shown.cards.invoice.form
    shown.fill(form, "vat_id", "DE136695975").press(Key.Key_Tab)
    assert form.error("vat_id")
    shown.fill(form, "vat_id", "DE136695976").control(Key.Key_Return)
    assert shown.read().customer.vat_id == "DE136695976"


def test_strg_s_saves_every_open_form(shown):
    shown.press(Key.Key_F2).fill(form_of(shown, "master"), "software", "KIM")
    shown.cards.invoice.action.click()
    shown.fill(form_of(shown, "invoice"), "vat_id", "DE136695976").control(Key.Key_S)
    kept = shown.read().customer
    assert (kept.software, kept.vat_id) == ("KIM", "DE136695976")


def test_strg_enter_in_the_card_of_the_agreement_belongs_to_its_form(shown):
    shown.record.agreement.begin_renewal()
    shown.settle()
    assert shown.record.agreement.is_editing()
    started = []
    shown.controller.start_wanted.connect(started.append)
    shown.press(Key.Key_Escape)
    assert not shown.record.agreement.is_editing()
    assert started == []


def test_a_locked_record_has_no_open_door(shown, bohrer, desk):
    with desk.database.write() as connection:
        found = customers.find(connection, bohrer.customer_id)
        customers.update_customer(connection, replace(found, restricted_at=desk.clock.now()))
    shown.record.reload()
    shown.press(Key.Key_F2)
    assert not shown.cards.master.is_editing()
    assert not shown.cards.master.action.isEnabled()
    assert shown.cards.head.start.is_blocked()
    assert shown.cards.head.number.text().endswith("gesperrt")


def test_a_workstation_row_says_its_name_to_a_screen_reader(shown, bohrer, desk):
    records.save_workstation(desk, bohrer.customer_id, None, WorkstationDraft("Röntgen", place="Keller"))
    shown.record.reload()
    row = shown.cards.workstations.rows[2]
    assert row.accessibleName() == "Röntgen bearbeiten"
    assert row.link.accessibleName() == "Sitzung starten an Röntgen"


def test_the_debtor_account_is_typed_with_the_terms_and_shown(shown, bohrer, desk):
    add_debtor(desk, "20001", "Praxis Dr. Weiß", 10_020)
    shown.cards.terms.action.click()
    form = shown.cards.terms.form
    shown.fill(form, "debtor_account", "9999").press(Key.Key_Tab)
    assert form.error("debtor_account") == "Das ist keine Zahl von 10000 bis 69999."
    shown.fill(form, "debtor_account", "10020").control(Key.Key_Return)
    assert "Praxis Dr. Weiß" in form.error("debtor_account")
    assert shown.cards.terms.is_editing()
    shown.fill(form, "debtor_account", "10017").fill(form, "km", "18").control(Key.Key_Return)
    assert not shown.cards.terms.is_editing()
    assert ("Debitor", "10017") in shown.cards.facts["terms"].facts()
    assert shown.read().customer.on_site_km == 18


def test_an_account_of_other_digits_bothers_only_who_changes_it(shown, bohrer, desk):
    records.save_terms(desk, bohrer.customer_id, TermsDraft(debtor_account="10017"))
    keep(desk, account_length=6)
    shown.record.reload()
    shown.cards.terms.action.click()
    form = shown.cards.terms.form
    shown.fill(form, "km", "18").control(Key.Key_Return)
    assert shown.read().customer.on_site_km == 18
    shown.cards.terms.action.click()
    shown.fill(form, "debtor_account", "10018").control(Key.Key_Return)
    assert "1000000" in form.error("debtor_account").replace(".", "")
    assert shown.read().customer.debtor_account == 10_017

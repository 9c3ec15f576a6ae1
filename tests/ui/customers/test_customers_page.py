"""The page of the customers: found, shown, archived, and where its ways lead."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from laverma_desk.domain.customer import Customer
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers.customer_record import (
    Change,
    ContactDraft,
    MasterDraft,
    TermsDraft,
    WorkstationDraft,
)
from laverma_desk.storage import bulk
from laverma_desk.ui.customers.change_words import change_line
from tests.support.desks import add_customer

Key = Qt.Key


@pytest.fixture
def weiss(desk):
    return add_customer(
        desk, "10023", "Praxis Dr. Weiß", "Rezeption 1", phone="+494066969122", city="Hamburg"
    )


def test_the_list_shows_everybody_by_name_and_counts_what_needs_attention(hand, bohrer, weiss, desk):
    add_customer(desk, "10044", "Praxis Dr. Hartmann", has_agreement=False)
    hand.bring()
    assert hand.names() == ["Praxis Dr. Hartmann", "Praxis Dr. Weiß", "ZAP Dr. Bohrer"]
    assert hand.panel.register.count.text() == "3 Kunden, 1 mit AVV-Hinweis"
    assert hand.cards.head.name.text() == "Praxis Dr. Hartmann"  # the first one is shown


def test_the_cards_say_what_is_known(hand, bohrer, desk):
    records.save_terms(
        desk, bohrer.customer_id, TermsDraft(visit="travel", travel="35", hourly="90", km="18")
    )
    timekeeping.start_session(desk, bohrer.reception)
    hand.bring()
    facts = hand.cards.facts
    assert facts["master"].facts() == [
        ("Praxis", "ZAP Dr. Bohrer"),
        ("Anschrift", "Hauptstraße 5, 12345 Musterstadt"),
        ("Telefon", "030 23125 014"),
        ("Bericht an", "rezeption@zap-bohrer.example"),
        ("Rechnung an", "–"),
        ("Software", "–"),
    ]
    assert facts["terms"].facts() == [
        ("Fernwartung", "2,25\u00a0€ je Minute, minutengenau"),
        ("Vor Ort", "35,00\u00a0€ Anfahrt, 90,00\u00a0€ je Stunde, 18\u00a0km"),
        ("Zahlungsziel", "14 Tage ohne Abzug"),
    ]
    assert facts["invoice"].facts()[2] == ("Leitweg-ID", "nur für öffentliche Auftraggeber")
    row = hand.cards.workstations.rows[0]
    assert row.accessibleDescription() == "PC Rezeption, 1 234 567 890, 01.03.2022, läuft"
    assert hand.cards.head.number.text() == "Nr. 10017, Kunde seit 01.03.2022"
    assert hand.cards.head.badge.text() == "AVV gültig bis 31.12.2026"


def test_search_forgives_and_leads_into_the_list_without_a_mouse(hand, bohrer, weiss):
    hand.bring().control(Key.Key_F).type("bohrrer")
    assert hand.names() == ["ZAP Dr. Bohrer"]
    hand.press(Key.Key_Return)
    assert QApplication.focusWidget() is hand.list
    assert hand.controller.customer_id == bohrer.customer_id
    hand.control(Key.Key_F).press(Key.Key_Escape)
    assert len(hand.names()) == 2
    hand.control(Key.Key_F).type("quark")
    assert hand.panel.register.empty.text() == "Kein Treffer für ‚quark‘."


def test_a_customer_is_found_by_a_former_partner_id(hand, bohrer, weiss, desk):
    records.save_workstation(desk, bohrer.customer_id, bohrer.reception, WorkstationDraft("PC Rezeption"))
    hand.bring().control(Key.Key_F).type("1 234 567 890")
    assert hand.names() == ["ZAP Dr. Bohrer"]


def test_strg_enter_starts_at_the_first_workstation_or_at_the_one_with_the_focus(hand, bohrer, qtbot):
    hand.bring()
    started = []
    hand.controller.start_wanted.connect(started.append)
    hand.control(Key.Key_Return)
    hand.cards.workstations.rows[1].setFocus()
    hand.control(Key.Key_Return)
    hand.cards.workstations.rows[1].link.setFocus()
    hand.press(Key.Key_Return)
    assert started == [bohrer.reception, bohrer.server, bohrer.server]


def test_archived_customers_wait_behind_the_link_and_cannot_be_called(hand, bohrer, weiss):
    hand.bring()
    hand.controller.show_customer(weiss)
    hand.record.toggle_archived()
    hand.settle()
    assert hand.names() == ["ZAP Dr. Bohrer"]
    assert hand.cards.head.number.text().endswith("archiviert")
    assert hand.cards.head.start.is_blocked()
    hand.panel.register.archive.click()
    assert hand.names() == ["Praxis Dr. Weiß"]
    assert hand.panel.register.count.text() == "1 archivierter Kunde"
    hand.record.toggle_archived()
    hand.settle()
    assert not hand.cards.head.start.is_blocked()
    hand.controller.show_customer(weiss)
    hand.settle()
    assert hand.names() == ["Praxis Dr. Weiß", "ZAP Dr. Bohrer"]


def test_a_customer_whose_session_runs_is_not_archived_and_the_page_says_why(hand, bohrer, desk):
    timekeeping.start_session(desk, bohrer.reception)
    hand.bring()
    hand.record.toggle_archived()
    assert "Für diesen Kunden läuft noch eine Sitzung." in hand.cards.problem.words()
    assert not hand.read().customer.archived


def test_the_menu_leads_to_history_changes_and_what_others_hang_on_it(hand, bohrer, qtbot):
    hand.bring()
    wanted, called = [], []
    hand.controller.history_wanted.connect(wanted.append)
    hand.controller.add_action("Etwas …", lambda: called.append(hand.controller.customer_id))
    menu = hand.cards.head.menu
    menu.aboutToShow.emit()
    texts = {action.text(): action for action in menu.actions() if action.isVisible() and action.text()}
    assert list(texts)[:2] == ["Verlauf zeigen", "Änderungen zeigen"]
    assert "Löschen" not in texts  # an agreement hangs on this customer
    texts["Verlauf zeigen"].trigger()
    texts["Etwas …"].trigger()
    assert (wanted, called) == ([bohrer.customer_id], [bohrer.customer_id])


def test_a_customer_without_anything_can_be_deleted(hand, bohrer, desk):
    made = records.create_record(desk, MasterDraft(name="Irrtum")).value
    hand.bring()
    hand.controller.show_customer(made.id)
    hand.cards.head.menu.aboutToShow.emit()
    next(one for one in hand.cards.head.menu.actions() if one.text() == "Löschen").trigger()
    hand.settle()
    assert hand.names() == ["ZAP Dr. Bohrer"]
    assert hand.controller.customer_id == bohrer.customer_id


def test_changes_are_shown_in_words_and_escape_leads_back(hand, bohrer, desk):
    draft = ContactDraft("Petra Kühn", phone="030 23125 016", email="petra@zap.example", gets_invoices=True)
    petra = records.save_contact(desk, bohrer.customer_id, None, draft).value
    records.save_contact(
        desk, bohrer.customer_id, petra.id, ContactDraft("Petra Kühn", phone="030 23125 017")
    )
    hand.bring()
    hand.controller.show_changes()
    changes = hand.panel.changes
    lines = [(changes.line(at).field, changes.line(at).change) for at in range(changes.count())]
    assert lines == [
        ("Petra Kühn: erhält Rechnungen", "ja → nein"),
        ("Petra Kühn: E-Mail", "entfernt: petra@zap.example"),
        ("Petra Kühn: Telefon", "030 23125 016 → 030 23125 017"),
        ("Ansprechpartner", "Petra Kühn"),
    ]
    assert changes.line(0).who == "Klaus Klassen"
    assert changes.line(0).at == "01.03.2022 10:22 Uhr"
    hand.press(Key.Key_Escape)
    assert hand.panel.part() is hand.cards


def test_a_panel_takes_the_page_and_gives_it_back(hand, bohrer):
    hand.bring()
    guest = QWidget()
    hand.controller.show_panel(guest)
    assert guest.isVisible()
    assert not hand.list.isVisible()
    hand.press(Key.Key_Escape)
    assert not guest.isVisible()
    assert hand.list.isVisible()
    guest.deleteLater()


def test_merging_data_protection_and_import_have_their_places(hand, bohrer, weiss):
    hand.bring()
    places = hand.controller.places
    for show in (places.show_privacy, places.show_merge, places.show_import):
        show()
        hand.settle()
        assert hand.panel.guest().isVisible()
        hand.controller.close_panel()
        assert hand.list.isVisible()


def test_before_the_list_is_read_no_first_customer_is_offered(hand):
    links = [hand.panel._nobody.link, hand.panel._nobody.files]
    assert [one.isHidden() for one in links] == [True, True]


def test_a_desk_without_customers_offers_the_first_one(hand):
    hand.bring()
    assert hand.panel.nobody() == "Noch kein Kunde."
    assert hand.panel.register.empty.text() == "", "said once"
    assert hand.panel.part().files.isVisible()
    hand.control(Key.Key_U)
    assert hand.panel.part() is hand.panel.new


def test_ten_thousand_customers_are_listed_and_searched(hand, desk, bohrer):
    with desk.database.write() as connection:
        rows = [Customer(0, str(20_000 + at), f"Praxis Dr. Name{at % 977} {at}") for at in range(10_000)]
        bulk.insert_customers(connection, rows, desk.clock.now())
    hand.bring()
    assert hand.panel.register.count.text() == "10.001 Kunden, 10.000 mit AVV-Hinweis"
    hand.control(Key.Key_F).type("bohrer")
    assert hand.names() == ["ZAP Dr. Bohrer"]


@pytest.mark.parametrize(
    ("field", "old", "new", "said"),
    [
        ("agreement", "", "2022-01-15/2026-12-31", "15.01.2022 bis 31.12.2026"),
        ("agreement", "", "2022-01-15/", "ab 15.01.2022, unbefristet"),
        ("agreement_ended", "2022-01-15/", "2022-03-01", "ab 15.01.2022, unbefristet → 01.03.2022"),
        ("restricted_at", "", "2022-03-01", "01.03.2022"),
        ("merged_from", "", "10023 Praxis Dr. Weiß", "10023 Praxis Dr. Weiß"),
        ("tariff.price_cents", "", "2022-03-01\n200", "2,00\u00a0€"),
        ("contact.salutation", "Petra\nms", "Petra\nmr", "Frau → Herr"),
        ("invoice_format", "", "zugferd", "ZUGFeRD, PDF mit XML"),
    ],
)
def test_each_kind_of_value_is_said_as_people_write_it(hand, clock, field, old, new, said):
    line = change_line(Change(clock.now(), "Klaus Klassen", field, old, new))
    assert line.change == said
    assert line.field
    assert line.field != field

from __future__ import annotations

from datetime import date

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.services.changes import Topic
from laverma_desk.services.invoicing import drafts, register
from laverma_desk.services.invoicing.register import InvoiceTab
from laverma_desk.ui.invoices.rows import Kind, Tab, Tick
from laverma_desk.ui.invoices.toolbar import Action
from laverma_desk.ui.latest_read import _Brought
from tests.support import billing_desks, invoices_page, rooms
from tests.support.billing_desks import add_line, add_place, add_practice, at
from tests.support.invoices_page import CTRL, SHIFT

billing_desk, owner, page = billing_desks.billing_desk, rooms.owner, invoices_page.page


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    read = "".join(one.get_textpage().get_text_range() for one in document)
    document.close()
    return read


def test_the_page_reads_as_in_the_picture(page):
    page.bring()
    page.controller.lists.toggle(page.customer("10021"))
    page.controller.lists.toggle(page.customer("10022"))
    assert page.panel.left.tabs.words() == ["Offen 6", "Entwürfe", "Gestellt", "Bezahlt", "Storniert"]
    rows = {row.title: row for row in page.rows()}
    bohrer = rows["ZAP Dr. Bohrer"]
    assert (bohrer.amount, bohrer.below.words, bohrer.aside.words) == (
        "148,50\u00a0€",
        "5 Sitzungen",
        "66\u00a0Min",
    )
    assert [one.title for one in rows.values() if one.tick is Tick.OFF] == [
        "Praxis Dr. Sommer",
        "Praxis Dr. Vogt",
    ]
    assert page.panel.left.foot.words() == ("4 Kunden ausgewählt, 330\u00a0Min", "742,50\u00a0€ netto")
    assert page.panel.left.foot.button.label() == "Rechnungen erstellen (4)"
    assert page.panel.left.head.tick.checkState() is Qt.CheckState.PartiallyChecked
    assert page.panel.left.head.until.text() == "28.02.2022"


def test_the_preview_is_the_chosen_customers_and_says_that_there_is_no_number(page):
    page.bring()
    page.choose(Kind.CUSTOMER, page.billing.bohrer)
    head = page.panel.paper.head
    assert head.badge.text() == "Vorschau"
    assert head.name.text() == "ZAP Dr. Bohrer"
    assert head.sentence.text() == "Die Nummer wird beim Stellen vergeben."
    assert head.pages.text() == "Seite 1 von 1"
    assert "ZAP Dr. Bohrer" in words_of(page.controller.paper.paper.pdf)
    bar = page.panel.paper.toolbar
    assert bar.may(Action.ISSUE)
    assert not bar.may(Action.SEND)
    assert (
        bar.button(Action.SEND).toolTip() == "Senden, exportieren und stornieren geht erst nach dem Stellen."
    )


def test_walking_fast_through_the_list_shows_the_paper_of_the_last_row_alone(page):
    page.bring()
    page.choose(Kind.CUSTOMER, page.billing.bohrer)
    reading = page.controller.paper._reading
    early = _Brought(reading._turn, page.controller.paper.paper)
    for number in ("10018", "10019", "10020", "10017", "10022"):
        page.panel.left.list.choose(page.customer(number))
        page.controller.paper._fetch()
    page.settle()
    # The paper of the first one comes late: it was slow.
    reading._on_brought(early)
    assert page.panel.paper.head.name.text() == "Praxis Dr. Vogt"
    assert "Praxis Dr. Vogt" in words_of(page.controller.paper.paper.pdf)


def test_a_single_session_is_left_out_by_keys_and_the_paper_follows(page):
    page.bring()
    page.choose(Kind.CUSTOMER, page.billing.bohrer)
    page.press(Qt.Key.Key_Right)
    sessions = [row for row in page.rows() if row.key.kind is Kind.SESSION]
    assert len(sessions) == 5
    assert sessions[3].aside.words == "kostenlos, Garantie"
    page.press(Qt.Key.Key_Down)
    page.press(Qt.Key.Key_Space)
    bohrer = page.rows()[[row.title for row in page.rows()].index("ZAP Dr. Bohrer")]
    assert (bohrer.amount, bohrer.below.words, bohrer.aside.words) == (
        "108,00\u00a0€",
        "4 von 5 Sitzungen",
        "48\u00a0Min",
    )
    read = words_of(page.controller.paper.paper.pdf)
    assert "Kartenterminal" not in read
    assert "Datensicherung" in read
    page.press(Qt.Key.Key_Left)
    assert page.controller.lists.current() == page.customer("10017")
    page.press(Qt.Key.Key_Left)
    assert all(row.key.kind is Kind.CUSTOMER for row in page.rows())


def test_what_is_missing_keeps_a_customer_from_being_ticked_and_leads_to_it(page, qtbot):
    desk = page.desk
    bare = add_practice(desk, "10030", "Praxis Ohne", city="")
    add_line(desk, add_place(desk, bare, "PC"), billing_desks.Line(at(21, 20, 0), 600, "PC", "Drucker"))
    page.bring()
    page.choose(Kind.CUSTOMER, bare)
    row = next(one for one in page.rows() if one.title == "Praxis Ohne")
    assert row.tick is Tick.BLOCKED
    assert row.below.words == "Für die Rechnung fehlt der Ort des Kunden."
    assert "nicht auswählbar" in page.said()[page.rows().index(row)]
    page.press(Qt.Key.Key_Space)
    assert page.controller.lists.held.wishes()[-1].customer_id != bare
    assert page.hints() == [("Für die Rechnung fehlt der Ort des Kunden.", "Ergänzen")]
    assert not page.panel.paper.toolbar.may(Action.ISSUE)
    page.press(Qt.Key.Key_Return, CTRL)
    assert register.invoices(desk, InvoiceTab.ISSUED) == ()
    with qtbot.waitSignal(page.controller.customer_wanted) as wanted:
        page.panel.paper.hints.links()[0].click()
    assert wanted.args == [bare]


def test_a_session_without_notes_is_named_and_may_be_left_out(page, qtbot):
    desk, vogt = page.desk, page.billing.customers["10022"]
    session = add_line(
        desk, add_place(desk, vogt, "Labor"), billing_desks.Line(at(22, 21, 0), 600, "Labor", "")
    )
    page.bring()
    page.choose(Kind.CUSTOMER, vogt)
    assert page.hints() == [("22.02.2022 21:00 Uhr: Notizen fehlen.", "Zur Sitzung")]
    with qtbot.waitSignal(page.controller.session_wanted) as wanted:
        page.panel.paper.hints.links()[0].click()
    assert wanted.args == [session]
    page.press(Qt.Key.Key_Return)
    page.choose(Kind.SESSION, session)
    page.press(Qt.Key.Key_Space)
    assert page.hints() == []
    row = next(one for one in page.rows() if one.title == "Praxis Dr. Vogt")
    assert row.tick is Tick.ON


def test_nothing_is_left_to_bill_before_the_first_session(page):
    page.bring()
    field = page.panel.left.head.until
    page.press(Qt.Key.Key_F, CTRL)
    assert field.hasFocus()
    QTest.keyClicks(field, "31.01.2022")
    page.settle()
    assert page.panel.left.empty_sentence() == "Alles abgerechnet bis 31.01.2022."
    assert page.controller.lists.held.until == date(2022, 1, 31)
    assert not page.panel.left.foot.isVisible()


def test_what_stands_in_drafts_is_not_called_billed(page):
    page.bring()
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    page.press(Qt.Key.Key_PageUp, CTRL)
    assert page.controller.lists.held.tab is Tab.OPEN
    expected = "Bis 28.02.2022 ist nichts offen. 6 Entwürfe sind noch nicht gestellt."
    assert page.panel.left.empty_sentence() == expected


def test_a_month_is_billed_with_keys_alone(page):
    page.bring()
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert page.notice() == "6 Entwürfe erstellt."
    assert page.controller.lists.held.tab is Tab.DRAFTS
    assert page.panel.left.foot.button.label() == "Rechnungen stellen (6)"
    page.press(Qt.Key.Key_A, CTRL)
    assert page.panel.left.foot.button.is_blocked()
    page.press(Qt.Key.Key_A, CTRL)
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert page.notice() == "6 Rechnungen gestellt."
    assert page.controller.lists.held.tab is Tab.ISSUED
    assert page.panel.left.tabs.words()[:3] == ["Offen", "Entwürfe", "Gestellt 6"]
    numbers = {one.number for one in register.invoices(page.desk, InvoiceTab.ISSUED)}
    assert numbers == {f"RE-2022-000{number}" for number in range(1, 7)}


def test_the_shown_customer_is_issued_at_once_and_its_invoice_is_shown(page):
    page.bring()
    page.choose(Kind.CUSTOMER, page.billing.bohrer)
    page.press(Qt.Key.Key_Return, CTRL)
    assert page.notice() == "RE-2022-0001 ist gestellt."
    (row,) = page.rows()
    assert (row.title, row.amount) == ("ZAP Dr. Bohrer", "176,72\u00a0€")
    assert row.below.words == "RE-2022-0001, fällig 15.03.2022"
    head = page.panel.paper.head
    assert (head.badge.text(), head.name.text()) == ("Gestellt", "RE-2022-0001")
    assert (
        f"{head.sentence.text()} {head.link.text()}" == "Gestellte Rechnungen sind unveränderbar. Stornieren"
    )
    assert "RE-2022-0001" in words_of(page.controller.paper.paper.pdf)


def test_a_draft_that_is_gone_meanwhile_is_said_so_and_leads_nowhere(page):
    desk = page.desk
    page.bring()
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    # Another process throws one away in between.
    first = drafts.drafts(desk)[0]
    drafts.discard_draft(desk, first.id)
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert page.notice() == (
        "5 Rechnungen gestellt. 1 Entwurf war nicht mehr da: Er wurde inzwischen gestellt oder verworfen."
    )
    assert not page.panel.notice._link.isVisible()
    assert len(register.invoices(desk, InvoiceTab.ISSUED)) == 5


def test_a_draft_is_thrown_away_only_after_a_second_press(page):
    page.bring()
    page.choose(Kind.CUSTOMER, page.billing.bohrer)
    page.controller.lists.toggle_all()
    page.controller.lists.toggle_all()
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    page.controller._panel.left.focus_list()
    page.press(Qt.Key.Key_Delete)
    assert page.panel.paper.toolbar.discard.label() == "Endgültig verwerfen"
    assert len(drafts.drafts(page.desk)) == 6
    page.press(Qt.Key.Key_Return)
    assert len(drafts.drafts(page.desk)) == 5
    assert page.panel.left.list.hasFocus()


def test_the_tabs_are_walked_by_keys_and_empty_ones_say_so(page):
    page.bring()
    said = []
    for _tab in range(5):
        said.append(page.panel.left.empty_sentence())
        page.press(Qt.Key.Key_PageDown, CTRL)
    assert said == [
        "",
        "Keine Entwürfe. Unter „Offen“ werden sie erstellt.",
        "Keine Rechnung ist offen.",
        "Noch keine Rechnung ist bezahlt.",
        "Keine Rechnung ist storniert.",
    ]
    assert page.controller.lists.held.tab is Tab.OPEN


def test_a_customer_is_shown_from_elsewhere(page):
    page.bring()
    page.controller.show_customer(page.billing.customers["10020"])
    page.settle()
    assert page.controller.lists.current() == page.customer("10020")
    page.press(Qt.Key.Key_Return, CTRL)
    page.controller.show_customer(page.billing.customers["10020"])
    page.settle()
    assert page.controller.lists.held.tab is Tab.ISSUED
    assert [row.title for row in page.rows()] == ["Praxis Dr. Berger"]
    page.controller.show_invoice("RE-2022-0001")
    page.settle()
    assert page.panel.paper.head.name.text() == "RE-2022-0001"
    page.controller.show_statement(page.billing.bohrer)
    page.settle()
    assert page.controller.forms.is_open
    page.controller.show_invoice("RE-2099-0001")
    page.settle()
    assert not page.controller.forms.is_open
    assert "RE-2099-0001" in page.notice()


def test_a_row_that_is_shown_from_elsewhere_is_in_view(page):
    page.bring()
    for number in ("10017", "10018", "10019", "10020", "10021"):
        page.controller.lists.fold(page.customer(number))
    page.controller.show_customer(page.billing.customers["10022"])
    page.settle()
    shown = page.panel.left.list
    place = shown.rows.place_of(page.customer("10022"))
    assert shown.rect().contains(shown.visualRect(shown.rows.index(place)))
    bar = shown.verticalScrollBar()
    bar.setValue(0)
    page.bus.announce(Topic.OUTBOX)
    page.settle()
    assert bar.value() == 0

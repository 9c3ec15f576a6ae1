from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt

from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.services import corrections
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.mails import resend
from laverma_desk.services.setup.house import read_house
from laverma_desk.storage import customers
from laverma_desk.ui.history.detail import Action
from tests.support.desks import add_customer
from tests.support.history_page import choose, press, settle

BILLED = "Zahnärzte am Markt – Server"
UNSENT = "Praxis Dr. Weiß – Rezeption 1"
CTRL = Qt.KeyboardModifier.ControlModifier


def late_session(desk, teller, *, begin, end):
    """Record a session at a practice without an agreement."""
    number = add_customer(desk, "30001", "Praxis ohne AVV", "PC 1", has_agreement=False, email="a@b.example")
    with desk.database.read() as connection:
        machine = customers.workstations_of(connection, number)[0].id
    entry = corrections.SessionEntry(
        workstation_id=machine,
        supporter_id=teller.supporter("Klaus Klassen"),
        begin=begin,
        end=end,
        requested_by="Frau X",
        channel=Channel.PHONE,
        tool=Tool.TEAMVIEWER,
        partner_id="",
        notes="Nachgetragen",
        internal_note="",
        billable=True,
        free_reason_id=None,
    )
    return corrections.record_session(desk, entry).value


def choose_billed(page):
    rows = range(page.model.rowCount())
    row = next(row for row in rows if getattr(page.model.words_at(row), "invoice", "") == "RE-2022-0029")
    page.panel.table.rows.choose(row)
    assert page.details.detail.session.billed


def test_the_detail_of_the_picture(picture, page):
    page.bring()
    choose_billed(page)
    columns = page.panel.detail.columns
    assert columns.facts.title.text() == BILLED
    assert columns.facts.facts() == [
        ("Anfang", "28.02.2022 11:06 Uhr"),
        ("Ende", "28.02.2022 11:37 Uhr"),
        ("Dauer", "00:31:18"),
        ("Auftrag durch", "Dr. Eva Marten"),
        ("Verbindung", "TeamViewer, 1 556 208 431"),
    ]
    assert columns.notes.notes().split("\n")[1] == "Rücksicherung einer Datei getestet"
    assert columns.bill.bill() == (
        "32\xa0Min · 72,00\xa0€",
        "RE-2022-0029",
        "gesendet 11:37 Uhr",
        "nein, berechnet",
    )


def test_a_billed_session_is_locked_and_says_why(picture, page):
    page.bring()
    choose_billed(page)
    button = page.panel.detail.button(Action.BILLING)
    assert button.is_blocked()
    assert "RE-2022-0029" in button.toolTip()
    assert not page.panel.detail.columns.bill.correct.isVisible()
    press(page, Qt.Key.Key_B, CTRL)
    assert page.panel.detail.opened() is None
    press(page, Qt.Key.Key_F2)
    assert page.panel.shows_list()
    assert "RE-2022-0029" in page.panel.detail.told()


def test_a_free_reason_is_given_with_the_reason_of_the_change(picture, page, desk, qtbot):
    page.bring()
    session = choose(page, UNSENT).session
    press(page, Qt.Key.Key_B, CTRL)
    drawer = page.panel.detail.billing
    assert page.panel.detail.opened() is drawer
    assert not drawer.billable()
    drawer.accepted.emit()
    assert drawer.errors() == ["Bitte einen Grund wählen, wenn die Sitzung kostenlos ist."]
    assert drawer.free_reason.hasFocus()
    reason = read_house(desk).free_reasons[1]
    drawer.free_reason.reason_chosen.emit(reason.id)
    drawer.accepted.emit()
    assert drawer.reason.hasFocus()
    drawer.reason.setText("Kunde hat recht")
    press(page, Qt.Key.Key_Return)
    settle(page, qtbot)
    found = timekeeping.read_session(desk, session.id)
    assert (found.billable, found.free_reason) == (False, reason.name)
    assert page.panel.detail.opened() is None
    assert page.panel.table.rows.hasFocus()
    assert page.details.detail.session.id == session.id


def test_every_change_is_unfolded_with_who_when_what_and_why(picture, page, desk, surroundings, qtbot):
    page.bring()
    session = choose(page, UNSENT).session
    assert not page.panel.detail.columns.facts.changes.isVisible()
    reason = read_house(desk).free_reasons[0]
    surroundings.bus.publish(corrections.change_billing(desk, session.id, False, reason.id, "War Garantie"))
    settle(page, qtbot)
    link = page.panel.detail.columns.facts.changes
    assert link.isVisible()
    link.click()
    assert page.panel.detail.opened() is page.panel.detail.changes
    when, field, moved, why = page.panel.detail.changes.lines[0]
    assert when == "01.03.2022 10:34 Uhr, Klaus Klassen"
    assert (field, moved, why) == ("Abrechnung", "abgerechnet → kostenlos", "War Garantie")
    press(page, Qt.Key.Key_Escape)
    assert page.panel.detail.opened() is None
    assert page.panel.table.rows.hasFocus()


def test_a_session_without_agreement_asks_for_a_reason_and_keeps_it(
    picture, page, desk, teller, clock, qtbot
):
    begin, end = datetime(2022, 2, 28, 14, 0, tzinfo=UTC), datetime(2022, 2, 28, 14, 10, tzinfo=UTC)
    late_session(desk, teller, begin=begin, end=end)
    page.bring()
    detail = choose(page, "Praxis ohne AVV – PC 1")
    assert detail.owes_reason
    line = page.model.words_at(page.panel.table.rows.current())
    assert line.flag == "An diesem Tag kein gültiger AVV"
    bar = page.panel.detail.agreement
    assert bar.isVisible()
    assert bar.sentence() == "Am 28.02.2022 war kein AVV gültig. Bericht und Rechnung brauchen einen Grund."
    bar.link_activated.emit()
    drawer = page.panel.detail.reason
    assert drawer.decided_by.text() == "Klaus Klassen"
    drawer.accepted.emit()
    assert drawer.errors()
    drawer.reason.setText("Notfall in der Sprechstunde")
    drawer.accepted.emit()
    settle(page, qtbot)
    assert not page.details.detail.owes_reason
    assert "Notfall in der Sprechstunde. Entschieden von Klaus Klassen." in bar.sentence()
    assert timekeeping.read_session(desk, detail.session.id).exception is not None


def test_an_overlap_is_pointed_out(picture, page, desk, teller):
    begin, end = datetime(2022, 2, 28, 10, 30, tzinfo=UTC), datetime(2022, 2, 28, 10, 50, tzinfo=UTC)
    late_session(desk, teller, begin=begin, end=end)
    page.bring()
    choose_billed(page)
    choose(page, "Praxis ohne AVV – PC 1")
    bar = page.panel.detail.overlap
    assert bar.isVisible()
    assert bar.sentence() == "Überschneidet sich mit Zahnärzte am Markt, 11:06 bis 11:37 Uhr."
    choose(page, UNSENT)
    assert not bar.isVisible()


def test_a_report_is_sent_again_to_the_address_that_is_shown(picture, page, desk, qtbot):
    page.bring()
    choose_billed(page)
    number = page.details.detail.session.id
    first = resend.reports_of(desk, number)[0]
    page.panel.detail.button(Action.SEND).click()
    drawer = page.panel.detail.resend
    assert drawer.recipient.text() == first.recipient
    assert not drawer.segments.isVisible()
    drawer.recipient.setText("rezeption")
    press(page, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert drawer.errors()
    drawer.recipient.setText("chefin@markt.example")
    with qtbot.waitSignal(page.report_queued) as queued:
        press(page, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert (queued.args[0].session_id, queued.args[0].recipient) == (number, "chefin@markt.example")
    assert page.panel.detail.opened() is None
    assert page.panel.detail.columns.bill.bill()[2] == "wartet im Postausgang"
    button = page.panel.detail.button(Action.SEND)
    assert button.is_blocked()
    assert button.toolTip() == "Der Bericht wartet im Postausgang."


def test_after_a_correction_one_chooses_which_report_goes_out(
    picture, page, desk, clock, surroundings, qtbot
):
    page.bring()
    session = choose(page, "KFO Dr. Lindner – PC Büro").session
    reason = read_house(desk).free_reasons[0]
    surroundings.bus.publish(corrections.change_billing(desk, session.id, False, reason.id, "War Garantie"))
    settle(page, qtbot)
    page.panel.detail.button(Action.SEND).click()
    drawer = page.panel.detail.resend
    assert drawer.segments.isVisible()
    assert not drawer.as_sent()
    press(page, Qt.Key.Key_Escape)
    assert page.panel.detail.opened() is None


def test_a_first_report_is_not_called_again(picture, page):
    page.bring()
    choose(page, UNSENT)
    assert page.panel.detail.button(Action.SEND).label() == "Bericht senden"
    choose_billed(page)
    assert page.panel.detail.button(Action.SEND).label() == "Erneut senden"


def test_a_new_session_is_asked_for_the_same_machine(picture, page, teller, qtbot):
    page.bring()
    choose(page, UNSENT)
    with qtbot.waitSignal(page.session_wanted) as wanted:
        page.panel.detail.button(Action.START).click()
    assert wanted.args == [teller.machine(UNSENT)]


def test_an_open_drawer_closes_when_another_session_is_chosen(picture, page):
    page.bring()
    choose(page, UNSENT)
    page.panel.detail.button(Action.BILLING).click()
    choose(page, "KFO Dr. Lindner – PC Büro")
    assert page.panel.detail.opened() is None


def test_f6_finds_table_detail_and_filters(picture, page):
    page.bring()
    table, detail, filters = page.areas()
    table.setFocus()
    assert page.panel.table.rows.hasFocus()
    detail.setFocus()
    assert page.panel.detail.button(Action.OPEN).hasFocus()
    filters.setFocus()
    assert page.panel.filters.period.hasFocus()


def test_the_number_of_the_invoice_leads_to_it(picture, page):
    page.bring()
    choose_billed(page)
    wanted = []
    page.invoice_wanted.connect(wanted.append)
    link = page.panel.detail.columns.bill.invoice
    link.setFocus()
    press(page, Qt.Key.Key_Return)
    assert wanted == ["RE-2022-0029"]
    choose(page, UNSENT)
    assert not link.isVisible(), "where there is no invoice there is nothing to go to"

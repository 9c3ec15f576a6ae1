from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from laverma_desk.domain.message import Failure, MessageKind, MessageState
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.invoicing import sending
from laverma_desk.services.mails import outbox
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.services.setup import house, house_mail
from laverma_desk.settings import MachineSettings
from laverma_desk.storage import stored_documents
from laverma_desk.ui.later_pages import LaterPages
from laverma_desk.ui.outbox.choosing import Action, Filter
from laverma_desk.ui.outbox.controller import OutboxController
from laverma_desk.ui.outbox.dispatcher import Dispatcher
from tests.support.desks import set_mail_account, take_net_away
from tests.support.outbox_page import blocked, detail, filled, press, refused, rows, send
from tests.support.report_desks import queue

ADDRESS = "empfang@zap-bohrer.example"


def test_delete_discards_and_f8_brings_back(server, page, dispatcher, desk, bohrer, clock, qtbot):
    number = refused(server, desk, bohrer, clock, dispatcher, qtbot)
    page.bring()
    assert page.keys().get("F8") is None
    press(page, Qt.Key.Key_Delete)
    assert outbox.list_messages(desk) == []
    assert detail(page).isVisible()
    assert detail(page).offers_undo()
    page.keys()["F8"]()
    assert [one.id for one in outbox.list_messages(desk)] == [number]
    assert outbox.list_messages(desk)[0].state is MessageState.FAILED
    assert not detail(page).offers_undo()


def test_after_ten_seconds_the_discard_stands(server, page, dispatcher, desk, bohrer, clock, qtbot):
    refused(server, desk, bohrer, clock, dispatcher, qtbot)
    page.bring()
    press(page, Qt.Key.Key_Delete)
    assert page.deciding._undo_timer.interval() == 10_000
    page.deciding._undo_timer.timeout.emit()
    assert not detail(page).offers_undo()
    assert page.keys().get("F8") is None
    page.deciding.bring_back()
    assert outbox.list_messages(desk) == []


def test_a_discard_that_cannot_come_back_says_why(server, page, dispatcher, desk, bohrer, clock, qtbot):
    number = refused(server, desk, bohrer, clock, dispatcher, qtbot)
    session = next(one.session_id for one in outbox.list_messages(desk) if one.id == number)
    page.bring()
    press(page, Qt.Key.Key_Delete)
    timekeeping.reopen_session(desk, session)
    page.deciding.bring_back()
    assert detail(page).told() == "Die Sitzung S-2022-0001 läuft noch. Zuerst beenden."
    assert detail(page).isVisible()


def test_the_rail_is_told_how_many_are_open(
    server, page, surroundings, dispatcher, owner, desk, bohrer, clock, qtbot
):
    counts = []
    later = LaterPages(surroundings, dispatcher, MachineSettings(), owner)
    later.open_count_changed.connect(counts.append)
    refused(server, desk, bohrer, clock, dispatcher, qtbot)
    assert counts[-1] == 1
    page.bring()
    press(page, Qt.Key.Key_Return)
    detail(page).facts.address.setText(ADDRESS)
    with qtbot.waitSignal(dispatcher.handed_over):
        press(page, Qt.Key.Key_Return)
    assert counts[-1] == 0


def test_filter_and_search_narrow_the_rows(server, page, dispatcher, desk, bohrer, clock, qtbot):
    refused(server, desk, bohrer, clock, dispatcher, qtbot)
    queue(desk, bohrer, clock)
    send(dispatcher, qtbot, "handed_over")
    queue(desk, bohrer, clock, delay=500)
    page.bring()
    parts = {part.segment.key: part.segment.count for part in page.panel.filters._parts}
    assert parts == {"all": "", "waiting": "1", "failed": "1", "sent": ""}
    assert [row.look.words for row in rows(page)] == ["fehlgeschlagen", "wartet", "übergeben"]
    page.panel.filter_chosen.emit(Filter.SENT)
    assert [row.look.words for row in rows(page)] == ["übergeben"]
    page.panel.filter_chosen.emit(Filter.ALL)
    press(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.panel.search.hasFocus()
    QTest.keyClicks(page.panel.search, "bohrer rezeption 01.03")
    assert len(rows(page)) == 3
    QTest.keyClicks(page.panel.search, "xyz")
    assert page.panel.empty_sentence() == "Kein Treffer für ‚bohrer rezeption 01.03xyz‘."
    press(page, Qt.Key.Key_Escape)
    assert len(rows(page)) == 3
    press(page, Qt.Key.Key_Down)
    assert page.panel.messages.rows.hasFocus()


def test_keys_in_the_search_touch_no_mail(server, page, dispatcher, desk, bohrer, clock, qtbot):
    refused(server, desk, bohrer, clock, dispatcher, qtbot)
    page.bring()
    page.panel.focus_search()
    press(page, Qt.Key.Key_Delete)
    press(page, Qt.Key.Key_Return)
    assert len(outbox.list_messages(desk)) == 1
    assert not detail(page).facts.edits_address()


def test_the_chosen_mail_stays_chosen_when_news_come(
    server, page, dispatcher, desk, bohrer, clock, surroundings, qtbot
):
    first = refused(server, desk, bohrer, clock, dispatcher, qtbot)
    queue(desk, bohrer, clock, delay=500)
    third = queue(desk, bohrer, clock, delay=500).message_id
    page.bring()
    page.panel.messages.choose(third)
    surroundings.bus.publish(outbox.discard(desk, first))
    assert page.panel.messages.current() == third


def test_a_draft_and_the_attachment_open_in_other_programs(
    server, page, dispatcher, desk, bohrer, clock, qtbot, opened_files
):
    refused(server, desk, bohrer, clock, dispatcher, qtbot)
    page.bring()
    detail(page).button(Action.DRAFT).click()
    detail(page).facts.attached.first.click()
    qtbot.waitUntil(lambda: len(opened_files) == 2)
    draft, paper = opened_files
    assert b"X-Unsent: 1" in draft.read_bytes()
    assert paper.name == "Bericht_2022-03-01_ZAP-Dr-Bohrer.pdf"
    assert paper.read_bytes() == outbox.attachment_bytes(desk, outbox.list_messages(desk)[0].id)


def test_without_a_mail_program_the_place_of_the_draft_is_said(
    server, page, dispatcher, desk, bohrer, clock, qtbot
):
    refused(server, desk, bohrer, clock, dispatcher, qtbot)
    page.bring()
    detail(page).button(Action.DRAFT).click()
    qtbot.waitUntil(lambda: bool(detail(page).told()))
    assert str(desk.data.drafts) in detail(page).told()


def test_what_is_with_the_server_can_only_become_a_draft(
    server, page, dispatcher, desk, bohrer, clock, qtbot
):
    queue(desk, bohrer, clock)
    send(dispatcher, qtbot, "handed_over")
    page.bring()
    assert blocked(page) == set(Action) - {Action.DRAFT}
    assert rows(page)[0].aside == "10:34 Uhr, Server: 250 2.0.0 Ok: queued as 4XyZ"
    press(page, Qt.Key.Key_Delete)
    assert len(outbox.list_messages(desk)) == 1


def test_a_demo_sends_nothing_from_here(surroundings, desk, bohrer, clock, owner, qtbot):
    set_mail_account(desk, 2525)
    sample = replace(surroundings, desk=replace(desk, demo=True))
    page = OutboxController(sample, Dispatcher(sample, owner), owner)
    qtbot.addWidget(page.panel)
    queue(desk, bohrer, clock)
    page.activate()
    assert detail(page).button(Action.SEND).toolTip() == "Beispieldaten: Es wird nichts gesendet."
    page.panel.messages.enter_pressed.emit()
    assert outbox.list_messages(desk)[0].attempts == ()


def test_a_screen_reader_hears_the_whole_row(server, page, dispatcher, desk, bohrer, clock, qtbot):
    refused(server, desk, bohrer, clock, dispatcher, qtbot)
    page.bring()
    view = page.panel.messages.rows
    said = QAccessible.queryAccessibleInterface(view).child(0).text(QAccessible.Text.Name)
    for part in ("rezeption@zap-bohrer.example", "fehlgeschlagen", "Adresse prüfen"):
        assert part in said


def test_a_house_that_wants_to_be_asked_decides_itself(page, dispatcher, desk, bohrer, clock, qtbot):
    take_net_away(desk)
    house_mail.save_mail_account(desk, replace(house.read_house(desk).mail, collect_offline=False), None)
    queue(desk, bohrer, clock)
    send(dispatcher, qtbot)
    page.bring()
    (row,) = rows(page)
    assert row.task.sentence == "Kein Netz. Die Mail wurde nicht gesendet."
    assert filled(page) == [Action.SEND]
    assert outbox.list_messages(desk)[0].last_attempt.failure is Failure.NO_NETWORK


def test_every_file_of_a_mail_is_named_and_opens(
    server, page, desk, bohrer, surroundings, qtbot, opened_files
):
    files = [("RE-2022-0001.pdf", b"%PDF-1"), ("Bericht.pdf", b"%PDF-2"), ("Bericht.pdf", b"%PDF-3")]
    now = desk.clock.now()
    with desk.database.write() as connection:
        papers = [
            stored_documents.store(
                connection, kind="invoice", name=name, mime_type="application/pdf", content=content, at=now
            )
            for name, content in files
        ]
        words = ReportWords(ADDRESS, "Rechnung", "Guten Tag")
        sending.queue_letter(
            desk, connection, bohrer.customer_id, words, papers, kind=MessageKind.INVOICE, delay=500
        )
    page.bring()
    attached = detail(page).facts.attached
    assert attached.first.text() == "RE-2022-0001.pdf"
    entries = [one.text() for one in attached.menu.actions()]
    assert [one.split(",")[0] for one in entries] == ["Bericht.pdf", "Bericht_2.pdf"]
    attached.first.click()
    for entry in attached.menu.actions():
        entry.trigger()
    qtbot.waitUntil(lambda: len(opened_files) == 3)
    assert {one.name: one.read_bytes() for one in opened_files} == {
        "RE-2022-0001.pdf": b"%PDF-1", "Bericht.pdf": b"%PDF-2", "Bericht_2.pdf": b"%PDF-3"
    }  # fmt: skip

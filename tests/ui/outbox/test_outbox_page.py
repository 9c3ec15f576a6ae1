from __future__ import annotations

import asyncio
import threading

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from laverma_desk.services.mails import outbox
from laverma_desk.ui.outbox.choosing import Action
from tests.support.desks import set_mail_account, take_net_away
from tests.support.outbox_page import blocked, detail, filled, press, refused, rows, send
from tests.support.report_desks import queue
from tests.support.smtp_server import Step

ADDRESS = "empfang@zap-bohrer.example"


def test_an_empty_outbox_says_so(page):
    page.bring()
    assert page.panel.empty_sentence() == "Alles ist gesendet."
    assert not page.panel.messages.isVisible()
    assert not detail(page).isVisible()


def test_a_refused_address_is_changed_in_place_and_sent_by_keys_alone(
    server, page, dispatcher, desk, bohrer, clock, qtbot
):
    refused(server, desk, bohrer, clock, dispatcher, qtbot)
    page.bring()
    (row,) = rows(page)
    assert (row.look.words, row.aside) == ("fehlgeschlagen", "550 User unknown")
    assert row.task.sentence == "Der Server hat die Adresse abgelehnt: rezeption@zap-bohrer.example."
    assert row.task.link == "Adresse prüfen"
    assert filled(page) == [Action.READDRESS]
    press(page, Qt.Key.Key_Return)
    assert detail(page).facts.address.hasFocus()
    QTest.keyClicks(detail(page).facts.address, "empfang")
    press(page, Qt.Key.Key_Return)
    assert "name@praxis.de" in detail(page).facts.address_error()
    assert detail(page).facts.address.text() == "empfang"
    QTest.keyClicks(detail(page).facts.address, "@zap-bohrer.example")
    with qtbot.waitSignal(dispatcher.handed_over):
        press(page, Qt.Key.Key_Return)
    assert server.mails[0].recipients == (ADDRESS,)
    assert rows(page)[0].look.words == "übergeben"
    assert page.panel.messages.rows.hasFocus()


def test_escape_leaves_the_address_as_it_was(server, page, dispatcher, desk, bohrer, clock, qtbot):
    refused(server, desk, bohrer, clock, dispatcher, qtbot)
    page.bring()
    press(page, Qt.Key.Key_Return)
    QTest.keyClicks(detail(page).facts.address, "nein")
    press(page, Qt.Key.Key_Escape)
    assert not detail(page).facts.edits_address()
    assert outbox.list_messages(desk)[0].recipient == "rezeption@zap-bohrer.example"


def test_a_wrong_login_leads_to_the_mail_settings(server, page, dispatcher, desk, bohrer, clock, qtbot):
    refused(server, desk, bohrer, clock, dispatcher, qtbot, "535 5.7.8 Authentication failed", Step.MAIL)
    page.bring()
    assert rows(page)[0].task.sentence == "Anmeldung am Mailserver fehlgeschlagen."
    assert filled(page) == []
    assert detail(page).facts.remedy.text() == "Kennwort prüfen"
    with qtbot.waitSignal(page.settings_wanted) as wanted:
        detail(page).facts.remedy.click()
    assert wanted.args == ["mail/password"]
    with qtbot.waitSignal(page.settings_wanted) as wanted:
        press(page, Qt.Key.Key_Return)
    assert wanted.args == ["mail/password"]
    with qtbot.waitSignal(dispatcher.handed_over):
        detail(page).button(Action.SEND).click()


def test_the_link_in_the_row_is_clicked(server, page, dispatcher, desk, bohrer, clock, qtbot):
    refused(server, desk, bohrer, clock, dispatcher, qtbot, "535 5.7.8 Authentication failed", Step.MAIL)
    page.bring()
    view = page.panel.messages.rows
    area = QRectF(view.visualRect(view.model().index(0)))
    link = view.itemDelegate()._task_places(rows(page)[0], area)[1].center().toPoint()
    with qtbot.waitSignal(page.settings_wanted):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, link)
    with qtbot.assertNotEmitted(page.settings_wanted):
        beside = QPointF(area.left() + 300, area.top() + 10).toPoint()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, beside)


def test_an_unclear_mail_is_sent_again_only_by_its_own_button(
    server, page, dispatcher, desk, bohrer, clock, qtbot
):
    server.drop(Step.END, times=1)
    queue(desk, bohrer, clock)
    send(dispatcher, qtbot)
    page.bring()
    (row,) = rows(page)
    assert (row.look.words, row.aside) == ("unklar", "keine Antwort vom Server")
    assert row.task.sentence == "Verbindung nach den Daten abgebrochen."
    assert filled(page) == []
    assert detail(page).button(Action.SEND).label() == "Trotzdem senden"
    assert blocked(page) == {Action.READDRESS}
    with qtbot.assertNotEmitted(dispatcher.handed_over, wait=50):
        press(page, Qt.Key.Key_Return)
    with qtbot.waitSignal(dispatcher.handed_over):
        detail(page).button(Action.SEND).click()
    assert len(server.mails) == 1


def test_while_an_attempt_runs_no_button_can_be_pressed(server, page, dispatcher, desk, bohrer, clock, qtbot):
    came, go_on = threading.Event(), threading.Event()

    async def think_long(session):
        came.set()
        await asyncio.to_thread(go_on.wait)
        await session.push("250 2.0.0 Ok")

    server.act(Step.END, think_long)
    page.bring()
    number = queue(desk, bohrer, clock).message_id
    with qtbot.waitSignal(dispatcher.handed_over):
        dispatcher.send_now(number)
        qtbot.waitUntil(came.is_set)
        qtbot.waitUntil(lambda: bool(rows(page)))
        assert (rows(page)[0].look.words, rows(page)[0].aside) == ("geht raus", "Versuch 1 läuft")
        assert blocked(page) == set(Action)
        assert "Versuch läuft" in detail(page).button(Action.DISCARD).toolTip()
        press(page, Qt.Key.Key_Delete)
        go_on.set()
    assert rows(page)[0].look.words == "übergeben"


def test_a_waiting_mail_says_when_it_is_tried_again_and_enter_sends_it(
    smtp_server, page, dispatcher, desk, bohrer, clock, qtbot
):
    take_net_away(desk)
    queue(desk, bohrer, clock)
    send(dispatcher, qtbot)
    page.bring()
    (row,) = rows(page)
    assert (row.look.words, row.aside, row.task) == ("wartet", "kein Netz, nächster Versuch 10:35", None)
    assert filled(page) == [Action.SEND]
    set_mail_account(desk, smtp_server().port)
    with qtbot.waitSignal(dispatcher.handed_over):
        press(page, Qt.Key.Key_Return)


def test_the_detail_tells_every_attempt_with_its_meaning(
    server, page, dispatcher, desk, bohrer, clock, qtbot
):
    server.answer(Step.RCPT, "421 4.3.2 Service not available", times=2)
    queue(desk, bohrer, clock)
    send(dispatcher, qtbot)
    clock.advance(minutes=1)
    send(dispatcher, qtbot)
    server.answer(Step.RCPT, "550 5.1.1 User unknown")
    clock.advance(minutes=5)
    send(dispatcher, qtbot)
    page.bring()
    told = [
        tuple(words.replace("\u00a0", " ") for words in one) for one in detail(page).attempts._inside.entries
    ]
    assert told == [
        ("01.03. 10:34:22", "421 4.3.2 Service not available", "vorübergehend, nächster Versuch nach 1 Min"),
        ("01.03. 10:35:22", "421 4.3.2 Service not available", "vorübergehend, nächster Versuch nach 5 Min"),
        ("01.03. 10:40:22", "550 5.1.1 User unknown", "endgültig, kein weiterer Versuch"),
    ]
    assert detail(page).facts._state.text() == "fehlgeschlagen, 3 Versuche"
    assert detail(page).facts._title.text() == "Bericht an ZAP Dr. Bohrer"
    assert detail(page).facts._created.text() == "01.03.2022 10:34 Uhr, Klaus Klassen"


def test_both_areas_take_the_focus(server, page, dispatcher, desk, bohrer, clock, qtbot):
    refused(server, desk, bohrer, clock, dispatcher, qtbot)
    page.bring()
    for area in reversed(page.areas()):
        area.setFocus()
        assert area.isAncestorOf(page.shell.focusWidget())


def test_another_page_leads_to_a_mail_whatever_was_filtered(server, page, desk, bohrer, clock):
    numbers = [queue(desk, bohrer, clock).message_id for _ in range(3)]
    page.bring()
    page.panel.search.setText("nirgends")
    assert rows(page) == []
    page.show_message(numbers[1])
    page.bring()
    assert len(rows(page)) == 3
    assert page._current == numbers[1]
    assert page.panel.search.text() == ""

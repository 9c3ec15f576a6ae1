from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.mails import delivery, outbox
from laverma_desk.services.mails.queueing import QueuedReport
from laverma_desk.services.setup import house
from tests.support.desks import set_mail_account
from tests.support.report_desks import end_session
from tests.support.report_page import ALT, CTRL, mail_of, press, retype

TYPED = "chef@zap-bohrer.example"


def test_the_page_shows_the_session_the_mail_and_the_paper(page, desk, bohrer, clock):
    panel = page.bring(end_session(desk, bohrer, clock))
    form = panel.form
    assert panel.summary.accessibleName() == (
        "ZAP Dr. Bohrer – PC Rezeption, 01.03.2022 10:22 Uhr, 00:12:22, "
        "13\u00a0Min × 2,25\u00a0€ = 29,25\u00a0€ netto"
    )
    assert form.recipient.currentText() == "rezeption@zap-bohrer.example"
    assert form.subject.text() == "Bericht zur Fernwartung vom 01.03.2022, PC Rezeption"
    assert form.body.text().startswith("Sehr geehrte Frau Lorenz,\n\nanbei erhalten Sie den Bericht")
    assert form.attachment.accessibleName().startswith("Bericht_2022-03-01_ZAP-Dr-Bohrer.pdf")
    assert panel.preview.view.page_count() == 1
    assert panel.preview._page.text() == "Seite 1 von 1"
    assert form.body.hasFocus()
    assert panel.needs.isHidden()


def test_control_enter_sends_what_is_seen_and_says_until_when_it_can_be_taken_back(
    page, desk, bohrer, clock, qtbot
):
    number = end_session(desk, bohrer, clock)
    form = page.bring(number).form
    retype(form.recipient.lineEdit(), TYPED)
    retype(form.subject, "Bericht")
    form.body.setFocus()
    with qtbot.waitSignal(page.report_queued) as queued:
        press(page, Qt.Key.Key_Return, CTRL)
    assert isinstance(queued.args[0], QueuedReport)
    assert queued.args[0].due_at == clock.now() + timedelta(seconds=10)
    mail = mail_of(desk, queued.args[0].message_id)
    assert (mail["To"], mail["Subject"]) == (TYPED, "Bericht")
    assert mail.get_body().get_content().splitlines() == form.body.text().splitlines()


def test_the_sent_paper_is_the_one_that_was_looked_at(page, desk, bohrer, clock, qtbot, smtp_server):
    server = smtp_server()
    set_mail_account(desk, server.port)
    page.bring(end_session(desk, bohrer, clock))
    looked_at = page._preparation.mail.pdf
    with qtbot.waitSignal(page.report_queued) as queued:
        page.send()
    message = delivery.send_message(desk, queued.args[0].message_id).value
    (mail,) = server.wait_for(1)
    assert next(mail.message.iter_attachments()).get_content() == looked_at
    assert hashlib.sha256(mail.content).hexdigest() == message.sha256


def test_two_presses_send_one_mail(page, desk, bohrer, clock, qtbot):
    page.bring(end_session(desk, bohrer, clock))
    with qtbot.waitSignal(page.report_queued):
        press(page, Qt.Key.Key_Return, CTRL)
        press(page, Qt.Key.Key_Return, CTRL)
        assert page.panel._send.label() == "Sendet …"
    qtbot.waitUntil(lambda: page._busy is None)
    press(page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page._busy is None)
    assert len(outbox.list_messages(desk)) == 1
    assert "S-2022-0001" in page.panel.needs.sentence()


def test_a_press_before_the_paper_is_there_sends_when_it_is(page, desk, bohrer, clock, qtbot):
    page.bring(end_session(desk, bohrer, clock), wait=False)
    assert page._preparation.read.running
    with qtbot.waitSignal(page.report_queued) as queued:
        press(page, Qt.Key.Key_Return, CTRL)
    assert "Neustart des PC" in mail_of(desk, queued.args[0].message_id).get_body().get_content()


@pytest.mark.parametrize(
    ("typed", "words"), [("chef", "Eine Adresse sieht aus wie"), ("", "Keine Empfängeradresse")]
)
def test_a_wrong_address_is_said_when_it_is_left_and_stops_the_sending(
    page, desk, bohrer, clock, qtbot, typed, words
):
    form = page.bring(end_session(desk, bohrer, clock)).form
    edit = form.recipient.lineEdit()
    edit.setFocus()
    edit.selectAll()
    press(page, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, typed)
    press(page, Qt.Key.Key_Tab)
    assert words in form.recipient_error()
    press(page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page._busy is None)
    assert outbox.list_messages(desk) == []
    assert edit.hasFocus()
    assert form.recipient.currentText() == typed


def test_a_good_address_stays_on_the_session(page, desk, bohrer, clock):
    number = end_session(desk, bohrer, clock)
    form = page.bring(number).form
    retype(form.recipient.lineEdit(), "  Chef@ZAP-Bohrer.example ")
    press(page, Qt.Key.Key_Tab)
    assert form.recipient.currentText() == "Chef@zap-bohrer.example"
    assert timekeeping.read_session(desk, number).recipient == "Chef@zap-bohrer.example"


def test_an_empty_subject_is_said_at_its_field(page, desk, bohrer, clock, qtbot):
    form = page.bring(end_session(desk, bohrer, clock)).form
    form.subject.clear()
    page.send()
    qtbot.waitUntil(lambda: bool(form.subject_error()))
    assert form.subject.hasFocus()


def test_what_was_typed_survives_later_and_another_report(page, desk, bohrer, clock):
    first, second = end_session(desk, bohrer, clock), end_session(desk, bohrer, clock)
    form = page.bring(first).form
    retype(form.recipient.lineEdit(), TYPED)
    retype(form.subject, "Mein Betreff")
    retype(form.body, "Mein Text")
    press(page, Qt.Key.Key_S, ALT)
    page.leave()
    assert page.heard.names == [("postponed", first)]
    assert timekeeping.read_session(desk, first).report_open
    page.bring(second)
    assert form.subject.text() != "Mein Betreff"
    page.leave()
    page.bring(first)
    assert form.recipient.currentText() == TYPED
    assert (form.subject.text(), form.body.text()) == ("Mein Betreff", "Mein Text")


def test_f8_lets_the_clock_run_again(page, desk, bohrer, clock):
    number = end_session(desk, bohrer, clock)
    page.bring(number)
    press(page, Qt.Key.Key_F8)
    assert page.heard.names == [("resumed", number)]
    assert timekeeping.read_session(desk, number).state is SessionState.RUNNING


def test_f8_after_the_report_left_says_why_not(page, desk, bohrer, clock, smtp_server, qtbot):
    set_mail_account(desk, smtp_server().port)
    number = end_session(desk, bohrer, clock)
    page.bring(number)
    with qtbot.waitSignal(page.report_queued) as queued:
        page.send()
    delivery.send_message(desk, queued.args[0].message_id)
    press(page, Qt.Key.Key_F8)
    assert "S-2022-0001" in page.panel.needs.sentence()
    assert timekeeping.read_session(desk, number).state is SessionState.ENDED


def test_the_time_stands_still_while_the_page_is_open(page, desk, bohrer, clock, surroundings):
    page.bring(end_session(desk, bohrer, clock))
    before = page.panel.summary.accessibleName()
    clock.advance(minutes=30)
    page.leave()
    page.activate()
    assert page.panel.summary.accessibleName() == before


def test_the_old_paper_stays_while_a_new_one_is_made(page, desk, bohrer, clock, surroundings, qtbot):
    panel = page.bring(end_session(desk, bohrer, clock))
    company = house.read_house(desk).company
    surroundings.bus.publish(house.save_company(desk, replace(company, name="Neuer Name")))
    assert page._preparation.read.running
    page._preparation.read.slow.emit()
    assert not panel.preview.is_loading()
    assert panel.preview.view.page_count() == 1
    qtbot.waitUntil(lambda: not page._preparation.read.running)


def test_a_first_paper_that_takes_long_is_announced(page, desk, bohrer, clock, qtbot):
    panel = page.bring(end_session(desk, bohrer, clock), wait=False)
    page._preparation.read.slow.emit()
    assert panel.preview.is_loading()
    qtbot.waitUntil(lambda: not page._preparation.read.running)
    assert not panel.preview.is_loading()


def test_everything_can_be_reached_and_is_named(page, desk, bohrer, clock):
    panel = page.bring(end_session(desk, bohrer, clock))
    seen, unnamed = set(), []
    for _ in range(60):
        press(page, Qt.Key.Key_Tab)
        widget = page.shell.focusWidget()
        if panel.isAncestorOf(widget):
            seen.add(widget)
            if not widget.accessibleName():
                unnamed.append(widget)
    assert unnamed == []
    form, preview = panel.form, panel.preview
    for one in (
        form.subject,
        form.body,
        form.attachment,
        panel._send,
        panel._later,
        preview.view,
        preview._print,
    ):
        assert one in seen


def test_both_areas_take_the_focus(page, desk, bohrer, clock):
    panel = page.bring(end_session(desk, bohrer, clock))
    left, right = page.areas()
    right.setFocus()
    assert right.isAncestorOf(page.shell.focusWidget())
    left.setFocus()
    assert panel.form.body.hasFocus()

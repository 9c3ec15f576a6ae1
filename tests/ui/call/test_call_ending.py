"""The end: never asked about, never blocked; sending goes to what is missing first."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.errors import Rule
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.mails import outbox
from laverma_desk.services.mails.queueing import QueuedReport
from laverma_desk.services.setup import house, house_mail
from laverma_desk.ui.call.ending import RefusedReport


def _mails(scene):
    return outbox.list_messages(scene.desk)


def test_ctrl_enter_ends_and_queues_the_report(scene, qtbot):
    session_id = scene.start()
    scene.clock.advance(minutes=12, seconds=22)
    scene.type("Update")
    scene.press("Ctrl+Return")
    assert scene.stored().state is SessionState.ENDED
    assert scene.column.bar.send_button().label() == "Sendet …"
    scene.settle(qtbot)
    ((name, queued),) = scene.heard
    assert name == "report_queued"
    assert isinstance(queued, QueuedReport)
    assert queued.session_id == session_id
    assert queued.recipient == "rezeption@zap-bohrer.example"
    assert scene.stored().notes == "Update"
    assert scene.stored().charge.net_cents == 2925
    assert len(_mails(scene)) == 1
    assert scene.column.bar.send_button().label() == "Beenden und Bericht senden"
    assert scene.spoken[-1] == "Sitzung beendet"


def test_a_session_that_goes_on_after_its_end_is_announced_again(scene):
    session_id = scene.start(notes="Update")
    scene.press("Ctrl+E")
    scene.bus.publish(timekeeping.reopen_session(scene.desk, session_id))
    scene.show(session_id)
    assert scene.spoken[-2:] == ["Sitzung beendet", "Sitzung läuft"]


def test_the_keypad_enter_ends_too(scene, qtbot):
    scene.start(notes="Update")
    QTest.keyClick(
        scene.notes.editor(),
        Qt.Key.Key_Enter,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier,
    )
    scene.settle(qtbot)
    assert [name for name, _value in scene.heard] == ["report_queued"]


def test_a_second_press_does_not_end_or_send_twice(scene, qtbot):
    scene.start(notes="Update")
    scene.press("Ctrl+Return")
    scene.press("Ctrl+Return")
    scene.press("Ctrl+E")
    scene.settle(qtbot)
    assert [name for name, _value in scene.heard] == ["report_queued"]
    assert len(_mails(scene)) == 1


def test_without_notes_ctrl_enter_goes_to_the_notes(scene):
    scene.start()
    scene.press("Alt+P")
    scene.press("Ctrl+Return")
    assert scene.stored().state is SessionState.RUNNING
    assert scene.notes.error() == "Noch keine Notiz. Der Bericht braucht mindestens eine Zeile."
    assert scene.notes.editor().hasFocus()
    assert scene.heard == []
    scene.type("x")
    assert scene.notes.error() == ""


def test_blank_lines_are_no_notes(scene):
    scene.start()
    scene.type("  \n ")
    scene.press("Ctrl+Return")
    assert scene.notes.error()


def test_a_free_session_without_reason_goes_to_the_reason(scene):
    scene.start(notes="Update")
    scene.press("Ctrl+B")
    scene.press("Escape")
    scene.press("Ctrl+Return")
    assert scene.stored().state is SessionState.RUNNING
    assert scene.column.billing.error() == "Bitte einen Grund wählen."
    assert scene.column.billing.reason_box().hasFocus()
    scene.press("Down")
    assert scene.column.billing.error() == ""


def test_without_a_recipient_ctrl_enter_goes_to_the_address(scene, qtbot):
    session_id = scene.start(notes="Update")
    call_sheet.save_recipient(scene.desk, session_id, "")
    scene.show(session_id)
    line = scene.column.bar.recipient
    assert line._shown.text() == "Noch keine Adresse."
    scene.press("Ctrl+Return")
    assert scene.stored().state is SessionState.RUNNING
    assert line.error().startswith("Keine Empfängeradresse. Adresse ergänzen")
    assert line._field.hasFocus()
    scene.type("neu@zap-bohrer.example")
    scene.press("Ctrl+Return")
    scene.settle(qtbot)
    assert scene.stored().state is SessionState.ENDED
    assert scene.heard[0][1].recipient == "neu@zap-bohrer.example"


@pytest.mark.parametrize("part", ["start", "partner id", "address"])
def test_ctrl_enter_goes_to_what_is_typed_wrong(scene, part):
    scene.start(notes="Update")
    if part == "start":
        scene.press("F2")
        field = scene.timer.start._field
        field.setText("25:00")
    elif part == "partner id":
        scene.press("Alt+P")
        field = scene.timer.connection._field
        scene.type("123")
    else:
        scene.column.bar.recipient._change.click()
        field = scene.column.bar.recipient._field
        field.setText("x@")
    scene.notes.editor().setFocus()
    scene.press("Ctrl+Return")
    assert scene.stored().state is SessionState.RUNNING
    assert field.hasFocus()
    assert scene.heard == []


def test_what_is_half_typed_is_kept_by_ctrl_enter(scene, qtbot):
    scene.start(notes="Update")
    scene.clock.advance(minutes=10)
    scene.press("F2")
    scene.timer.start._field.setText("10:20")
    scene.press("Ctrl+Return")
    scene.settle(qtbot)
    assert scene.stored().charge.seconds == 12 * 60


@pytest.mark.parametrize("keys", ["Ctrl+E", "Ctrl+Shift+E"])
def test_stopping_is_never_blocked(scene, keys):
    session_id = scene.start()
    scene.press("Ctrl+B")
    scene.press("F2")
    scene.timer.start._field.setText("25:00")
    scene.press("Alt+P")
    scene.type("123")
    scene.press(keys)
    ended = scene.stored(session_id)
    assert ended.state is SessionState.ENDED
    if keys == "Ctrl+E":
        assert scene.heard == [("report_wanted", session_id)]
        assert ended.report_open
    else:
        assert scene.heard == [("session_closed", session_id)]
        assert not ended.report_open


def test_the_buttons_do_what_the_keys_do(scene):
    first = scene.start()
    scene.timer.end_button().click()
    second = scene.start()
    scene.column.bar.close_button().click()
    third = scene.start()
    scene.column.bar.send_button().click()
    assert scene.heard == [("report_wanted", first), ("session_closed", second)]
    assert scene.stored(third).state is SessionState.RUNNING
    assert scene.notes.error()


@pytest.mark.parametrize("why", ["preview", "no account"])
def test_the_report_is_looked_at_first_where_it_has_to_be(scene, qtbot, why):
    account = house.read_house(scene.desk).mail
    account = replace(account, always_preview=True) if why == "preview" else MailAccount()
    house_mail.save_mail_account(scene.desk, account, None)
    session_id = scene.start(notes="Update")
    scene.press("Ctrl+Return")
    scene.settle(qtbot)
    assert scene.stored().state is SessionState.ENDED
    assert scene.stored().report_open
    assert scene.heard == [("report_wanted", session_id)]
    assert _mails(scene) == []


def test_the_end_waits_for_a_save_that_is_pending(scene, qtbot):
    scene.start()
    scene.type("old")
    begun, released = threading.Event(), threading.Event()

    def hold():
        begun.set()
        released.wait(5)

    scene.background.run(scene.window, hold, lambda _none: None, lambda _error: None)
    begun.wait(5)
    scene.call.notes.timer.timeout.emit()
    scene.type(" and the last words")
    scene.press("Ctrl+Return")
    assert scene.stored().notes == "old and the last words"
    released.set()
    scene.settle(qtbot)
    assert scene.stored().notes == "old and the last words"
    assert [name for name, _value in scene.heard] == ["report_queued"]


def test_an_end_that_the_file_refuses_is_said_and_done_by_the_link(scene, qtbot):
    scene.start()
    scene.type("Update")
    with scene.locked():
        scene.press("Ctrl+Return")
        assert scene.panel.notice.isVisible()
        assert scene.notes.save_state.has_failed()
        assert scene.heard == []
    assert scene.stored().state is SessionState.RUNNING
    assert scene.notes.texts()[0] == "Update"
    scene.panel.notice.link_activated.emit()
    scene.settle(qtbot)
    assert scene.stored().notes == "Update"
    assert [name for name, _value in scene.heard] == ["report_queued"]


def test_a_report_that_cannot_be_queued_is_shown_with_its_reason(scene, qtbot):
    session_id = scene.start(notes="Update")
    begun, released = threading.Event(), threading.Event()

    def hold():
        begun.set()
        released.wait(5)

    scene.background.run(scene.window, hold, lambda _none: None, lambda _error: None)
    begun.wait(5)
    scene.press("Ctrl+Return")
    house_mail.save_mail_account(scene.desk, MailAccount(), None)
    released.set()
    scene.settle(qtbot)
    (heard, refused), wanted = scene.heard[:2]
    assert heard == "report_refused"
    assert isinstance(refused, RefusedReport)
    assert (refused.session_id, refused.error.code) == (session_id, Rule.MAIL_ACCOUNT_MISSING)
    assert wanted == ("report_wanted", session_id)
    assert scene.stored().report_open
    assert not scene.column.bar.send_button().is_blocked()


def test_a_late_refusal_takes_nobody_away_from_another_call(scene, qtbot):
    first = scene.start(notes="Update")
    begun, released = threading.Event(), threading.Event()

    def hold():
        begun.set()
        released.wait(5)

    scene.background.run(scene.window, hold, lambda _none: None, lambda _error: None)
    begun.wait(5)
    scene.press("Ctrl+Return")
    house_mail.save_mail_account(scene.desk, MailAccount(), None)
    scene.start(scene.bohrer.server)
    assert not scene.column.bar.send_button().is_blocked()
    released.set()
    scene.settle(qtbot)
    assert [name for name, _value in scene.heard] == ["report_refused"]
    assert scene.stored(first).report_open


def test_a_session_that_was_ended_elsewhere_leads_to_its_report(scene):
    session_id = scene.start()
    timekeeping.end_session(scene.desk, session_id)
    scene.press("Ctrl+E")
    assert scene.heard == [("report_wanted", session_id)]


def test_escape_ends_and_discards_nothing(scene):
    scene.start()
    scene.type("Update")
    scene.press("Alt+P")
    scene.press("Escape")
    scene.press("Escape")
    assert scene.notes.editor().hasFocus()
    assert scene.notes.texts()[0] == "Update"
    assert scene.stored().state is SessionState.RUNNING

"""One call from the ringing phone to the report in the customer's inbox, by keyboard alone."""

from __future__ import annotations

import hashlib

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.mails import outbox
from laverma_desk.storage import outbox as stored_outbox
from laverma_desk.storage import stored_documents
from tests.journeys.conftest import ALT, CTRL
from tests.support.desks import set_mail_account
from tests.support.programs import arguments_of, write_program

Key = Qt.Key


@pytest.fixture
def server(smtp_server, desk):
    made = smtp_server()
    set_mail_account(desk, made.port)
    return made


def start_bohrer(technician):
    technician.press(Key.Key_N, CTRL)
    technician.type("boher rez")
    technician.press(Key.Key_Return, CTRL)
    technician.settle()
    return technician.stage.strip.sessions[-1]


def test_from_the_phone_to_the_inbox(technician, server, clock, desk, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    teamviewer = write_program(tmp_path, "teamviewer")
    session = start_bohrer(technician)
    assert arguments_of(teamviewer) == ["-i", "1234567890"]
    assert (session.customer_name, session.workstation_name) == ("ZAP Dr. Bohrer", "PC Rezeption")
    assert session.begin == clock.now()

    technician.type("Synadoc aktualisiert\n")
    technician.press(Key.Key_2, CTRL)
    clock.advance(minutes=12, seconds=22)
    technician.press(Key.Key_Return, CTRL)
    technician.settle()

    ended = timekeeping.read_session(desk, session.id)
    assert ended.state is SessionState.ENDED
    assert ended.notes == "Synadoc aktualisiert\nNeustart des PC"
    assert (ended.charge.seconds, ended.charge.net_cents, ended.charge.gross_cents) == (742, 2925, 3481)
    assert server.mails == [], "ten seconds are left to take it back"

    clock.advance(seconds=10)
    (mail,) = technician.wait_for_mail(server)

    message = mail.message
    assert mail.recipients == ("rezeption@zap-bohrer.example",)
    assert message["Subject"] == "Bericht zur Fernwartung vom 01.03.2022, PC Rezeption"
    body = message.get_body(("plain",)).get_content()
    assert "Sehr geehrte Frau Lorenz," in body
    assert "Neustart des PC" in body
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "Bericht_2022-03-01_ZAP-Dr-Bohrer.pdf"
    (listed,) = outbox.list_messages(desk)
    assert listed.state is MessageState.HANDED_OVER
    with desk.database.read() as connection:
        content_id, attachment_id = stored_outbox.documents_of(connection, listed.id)
        sent = stored_documents.read(connection, content_id)
        assert sent.content == mail.content
        assert sent.sha256 == hashlib.sha256(mail.content).hexdigest()
        assert stored_documents.read(connection, attachment_id).content == attachment.get_content()


def test_the_attached_report_says_what_happened(technician, server, clock, desk, tmp_path):
    start_bohrer(technician)
    technician.type("Drucker eingerichtet")
    clock.advance(minutes=12, seconds=22)
    technician.press(Key.Key_Return, CTRL)
    technician.settle()
    clock.advance(seconds=10)
    (mail,) = technician.wait_for_mail(server)
    (attachment,) = mail.message.iter_attachments()
    (tmp_path / "report.pdf").write_bytes(attachment.get_content())
    words = PdfReader(tmp_path / "report.pdf").pages[0].extract_text()
    for fact in ("ZAP Dr. Bohrer – PC Rezeption", "01.03.2022 10:22 Uhr", "00:12:22", "Klaus Klassen",
                 "Drucker eingerichtet", "13 Minuten × 2,25", "34,81", "Seite 1 von 1"):  # fmt: skip
        assert fact in words.replace("\u00a0", " ")


def test_f8_takes_the_report_back_within_ten_seconds(technician, server, clock, desk):
    session = start_bohrer(technician)
    technician.type("Zu frueh")
    clock.advance(minutes=3)
    technician.press(Key.Key_Return, CTRL)
    technician.settle()
    technician.press(Key.Key_F8)
    technician.settle()
    assert technician.stage.front is technician.stage.report
    assert timekeeping.read_session(desk, session.id).report_open
    clock.advance(seconds=60)
    technician.wake_dispatcher()
    technician.settle()
    assert server.mails == []

    technician.press(Key.Key_F8)
    technician.settle()
    again = timekeeping.read_session(desk, session.id)
    assert again.state is SessionState.RUNNING
    assert technician.stage.front is technician.stage.call


def test_two_sessions_in_parallel_keep_their_own_time_and_notes(technician, clock, desk):
    first = start_bohrer(technician)
    technician.type("erste")
    clock.advance(minutes=5)
    technician.press(Key.Key_F8)
    technician.press(Key.Key_N, CTRL)
    technician.type("server")
    technician.press(Key.Key_Return)
    technician.settle()
    second = technician.stage.strip.sessions[-1]
    technician.type("zweite")
    clock.advance(minutes=7)
    technician.press(Key.Key_Tab, CTRL)
    technician.settle()
    sessions = {one.id: timekeeping.read_session(desk, one.id) for one in (first, second)}
    assert sessions[first.id].state is SessionState.PAUSED
    assert sessions[second.id].state is SessionState.RUNNING
    assert (sessions[first.id].notes, sessions[second.id].notes) == ("erste", "zweite")
    assert (
        sessions[first.id].end - sessions[first.id].begin == sessions[first.id].segments[0].end - first.begin
    )


def test_a_free_session_asks_for_its_reason_before_it_can_be_sent(technician, server, clock, desk):
    session = start_bohrer(technician)
    technician.type("Nachbesserung")
    technician.press(Key.Key_B, CTRL)
    clock.advance(minutes=6)
    technician.press(Key.Key_Return, CTRL)
    technician.settle()
    assert timekeeping.read_session(desk, session.id).state is SessionState.RUNNING
    technician.press(Key.Key_G, ALT)
    technician.press(Key.Key_Down)
    technician.press(Key.Key_Return)
    technician.settle()
    technician.press(Key.Key_Return, CTRL)
    technician.settle()
    ended = timekeeping.read_session(desk, session.id)
    assert ended.state is SessionState.ENDED
    assert not ended.billable
    assert ended.free_reason


def test_notes_that_reach_the_file_late_stand_in_the_mail_too(technician, server, clock, desk):
    session = start_bohrer(technician)
    technician.type("alt")
    clock.advance(minutes=3)
    technician.press(Key.Key_E, CTRL)
    technician.settle()
    assert technician.stage.front is technician.stage.report
    bus = technician.running.surroundings.bus
    bus.publish(call_sheet.save_notes(desk, session.id, "alt und neu", ""))
    technician.press(Key.Key_Return, CTRL)
    technician.settle()
    clock.advance(seconds=10)
    (mail,) = technician.wait_for_mail(server)
    assert "alt und neu" in mail.message.get_body(("plain",)).get_content()

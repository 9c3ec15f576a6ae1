from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy.exc import DBAPIError

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.message import NOT_DONE, MessageKind, MessageState
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.mails import outbox, queueing
from laverma_desk.services.mails.counting import count_open
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.services.setup import house, house_mail
from laverma_desk.storage import outbox as stored
from laverma_desk.storage import stored_documents
from tests.support.desks import set_mail_account
from tests.support.report_desks import end_session, queue

WORDS = ReportWords("empfang@zap-bohrer.example", "Prüfung: Käse & Öl", "Grüße\n.\nEnde")


@pytest.fixture(autouse=True)
def account(desk):
    set_mail_account(desk, 2525)


def listed(desk, number):
    """The mail as the list shows it; its hash is read on its own."""
    with desk.database.read() as connection:
        found = stored.find(connection, number)
    assert replace(found, sha256="") in outbox.list_messages(desk)
    return found


def content_of(desk, number):
    with desk.database.read() as connection:
        content_id, _attachment = stored.documents_of(connection, number)
        return stored_documents.read(connection, content_id)


def mail_of(desk, number):
    return message_from_bytes(content_of(desk, number).content, policy=policy.default)


def broken(rule):
    class Expected:
        def __enter__(self):
            self._raises = pytest.raises(RuleBroken)
            self._info = self._raises.__enter__()
            return self._info

        def __exit__(self, *details):
            swallowed = self._raises.__exit__(*details)
            assert self._info.value.code is rule
            return swallowed

    return Expected()


def test_a_report_waits_ten_seconds_with_its_exact_bytes(desk, bohrer, clock):
    session = end_session(desk, bohrer, clock)
    done = queueing.queue_report(desk, session)
    assert done.value.due_at == clock.now() + timedelta(seconds=10)
    mail = listed(desk, done.value.message_id)
    document = content_of(desk, mail.id)
    assert mail.state is MessageState.WAITING
    assert mail.sha256 == document.sha256 == hashlib.sha256(document.content).hexdigest()
    assert not timekeeping.read_session(desk, session).report_open


def test_what_was_typed_is_what_the_mail_says(desk, bohrer, clock):
    session = end_session(desk, bohrer, clock)
    number = queueing.queue_report(desk, session, WORDS).value.message_id
    mail = mail_of(desk, number)
    assert mail["To"] == "empfang@zap-bohrer.example"
    assert mail["Subject"] == "Prüfung: Käse & Öl"
    assert mail.get_body().get_content().splitlines() == ["Grüße", ".", "Ende"]
    assert timekeeping.read_session(desk, session).recipient == "empfang@zap-bohrer.example"


def test_the_pdf_is_attached_once_and_stored_as_it_is(desk, bohrer, clock):
    number = queue(desk, bohrer, clock).message_id
    (attached,) = mail_of(desk, number).iter_attachments()
    assert attached.get_filename() == "Bericht_2022-03-01_ZAP-Dr-Bohrer.pdf"
    assert attached.get_content() == outbox.attachment_bytes(desk, number)
    words = PdfReader(BytesIO(attached.get_content())).pages[0].extract_text()
    assert "Erläuterung der Neuerungen" in words
    assert "Angebot" not in words


@pytest.mark.parametrize(
    ("changed", "rule", "field"),
    [
        (replace(WORDS, recipient="  "), Rule.RECIPIENT_MISSING, "recipient"),
        (replace(WORDS, recipient="rezeption"), Rule.EMAIL_INVALID, "recipient"),
        (replace(WORDS, recipient="a@b.example\r\nBcc: c@d.example"), Rule.EMAIL_INVALID, "recipient"),
        (replace(WORDS, subject=" \n"), Rule.TEXT_MISSING, "subject"),
    ],
)
def test_wrong_words_are_refused_at_their_field(desk, bohrer, clock, changed, rule, field):
    session = end_session(desk, bohrer, clock)
    with broken(rule) as error:
        queueing.queue_report(desk, session, changed)
    assert error.value.field == field
    assert outbox.list_messages(desk) == []
    assert timekeeping.read_session(desk, session).report_open


def test_a_line_break_in_the_subject_brings_no_header(desk, bohrer, clock):
    session = end_session(desk, bohrer, clock)
    number = queueing.queue_report(
        desk, session, replace(WORDS, subject="Bericht\r\nBcc: x@y.example")
    ).value.message_id
    mail = mail_of(desk, number)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Bericht Bcc: x@y.example"


def test_a_report_without_notes_waits_for_them(desk, bohrer, clock):
    session = end_session(desk, bohrer, clock, notes=" \n")
    with broken(Rule.NOTES_MISSING):
        queueing.queue_report(desk, session)
    call_sheet.save_notes(desk, session, "Drucker eingerichtet", "")
    assert queueing.queue_report(desk, session).value.recipient == "rezeption@zap-bohrer.example"


def test_a_free_session_needs_its_reason(desk, bohrer, clock):
    session = end_session(desk, bohrer, clock)
    call_sheet.save_billing(desk, session, billable=False, free_reason_id=None)
    with broken(Rule.FREE_WITHOUT_REASON):
        queueing.queue_report(desk, session)


def test_without_an_account_nothing_is_queued(desk, bohrer, clock):
    house_mail.save_mail_account(desk, MailAccount(), None)
    with broken(Rule.MAIL_ACCOUNT_MISSING):
        queue(desk, bohrer, clock)
    assert count_open(desk) == 0


def test_a_second_press_makes_no_second_mail(desk, bohrer, clock):
    first = queue(desk, bohrer, clock, delay=10)
    with broken(Rule.REPORT_ALREADY_SENT):
        queueing.queue_report(desk, first.session_id)
    assert count_open(desk) == 1


def test_taken_back_in_time_the_report_is_open_again(desk, bohrer, clock):
    queued = queue(desk, bohrer, clock, delay=10)
    assert outbox.take_back(desk, queued.message_id).value is True
    assert outbox.list_messages(desk) == []
    assert timekeeping.read_session(desk, queued.session_id).report_open
    assert queueing.queue_report(desk, queued.session_id).value.message_id != queued.message_id


@pytest.mark.parametrize("state", [MessageState.SENDING, MessageState.HANDED_OVER, MessageState.UNCLEAR])
def test_too_late_nothing_is_taken_back(desk, bohrer, clock, state):
    queued = queue(desk, bohrer, clock)
    with desk.database.write() as connection:
        stored.update_message(connection, queued.message_id, state=state.value)
    assert outbox.take_back(desk, queued.message_id).value is False
    assert listed(desk, queued.message_id).state is state
    assert not timekeeping.read_session(desk, queued.session_id).report_open


def test_a_new_address_gives_new_bytes_and_keeps_the_old_ones(desk, bohrer, clock):
    queued = queue(desk, bohrer, clock)
    before = content_of(desk, queued.message_id)
    clock.advance(minutes=3)
    outbox.readdress(desk, queued.message_id, " Empfang@ZAP-Bohrer.example ")
    mail = mail_of(desk, queued.message_id)
    after = listed(desk, queued.message_id)
    assert mail["To"] == after.recipient == "Empfang@zap-bohrer.example"
    assert after.due_at == clock.now()
    assert mail["Subject"] == "Bericht zur Fernwartung vom 01.03.2022, PC Rezeption"
    assert next(mail.iter_attachments()).get_content() == outbox.attachment_bytes(desk, queued.message_id)
    with desk.database.read() as connection:
        assert stored_documents.read(connection, before.id).content == before.content
    assert timekeeping.read_session(desk, queued.session_id).recipient == "Empfang@zap-bohrer.example"


@pytest.mark.parametrize("state", [MessageState.SENDING, MessageState.HANDED_OVER, MessageState.UNCLEAR])
def test_what_may_have_left_keeps_its_address(desk, bohrer, clock, state):
    queued = queue(desk, bohrer, clock)
    with desk.database.write() as connection:
        stored.update_message(connection, queued.message_id, state=state.value)
    with broken(Rule.MESSAGE_NOT_WAITING):
        outbox.readdress(desk, queued.message_id, "b@zap-bohrer.example")


def test_a_failed_mail_follows_the_sender_of_the_account(desk, bohrer, clock):
    queued = queue(desk, bohrer, clock)
    with desk.database.write() as connection:
        stored.update_message(connection, queued.message_id, state=MessageState.FAILED.value)
    assert outbox.renew_sender(desk, queued.message_id).value is False
    account = house.read_house(desk).mail
    house_mail.save_mail_account(desk, replace(account, sender="neu@laverma.example"), None)
    assert outbox.renew_sender(desk, queued.message_id).value is True
    assert listed(desk, queued.message_id).sender == "neu@laverma.example"
    assert "neu@laverma.example" in mail_of(desk, queued.message_id)["From"]


def test_a_discarded_mail_comes_back_as_it_was(desk, bohrer, clock):
    queued = queue(desk, bohrer, clock)
    state = outbox.discard(desk, queued.message_id).value
    assert outbox.list_messages(desk) == []
    assert not timekeeping.read_session(desk, queued.session_id).report_open
    outbox.restore(desk, queued.message_id, state)
    assert listed(desk, queued.message_id).state is MessageState.WAITING


def test_a_discarded_mail_does_not_come_back_beside_a_second_report(desk, bohrer, clock):
    queued = queue(desk, bohrer, clock)
    state = outbox.discard(desk, queued.message_id).value
    second = queueing.queue_report(desk, queued.session_id).value
    with broken(Rule.REPORT_ALREADY_SENT):
        outbox.restore(desk, queued.message_id, state)
    assert [one.id for one in outbox.list_messages(desk)] == [second.message_id]


def test_a_discarded_mail_does_not_come_back_to_a_session_that_goes_on(desk, bohrer, clock):
    queued = queue(desk, bohrer, clock)
    state = outbox.discard(desk, queued.message_id).value
    timekeeping.reopen_session(desk, queued.session_id)
    with broken(Rule.SESSION_NOT_ENDED):
        outbox.restore(desk, queued.message_id, state)


@pytest.mark.parametrize("state", [MessageState.SENDING, MessageState.HANDED_OVER])
def test_what_is_with_the_server_is_not_discarded(desk, bohrer, clock, state):
    queued = queue(desk, bohrer, clock)
    with desk.database.write() as connection:
        stored.update_message(connection, queued.message_id, state=state.value)
    with broken(Rule.MESSAGE_NOT_WAITING):
        outbox.discard(desk, queued.message_id)


def test_the_session_goes_on_only_while_its_report_waits(desk, bohrer, clock):
    queued = queue(desk, bohrer, clock)
    assert timekeeping.reopen_session(desk, queued.session_id).value.state is SessionState.RUNNING
    assert outbox.list_messages(desk) == []


def test_old_open_mails_are_listed_behind_any_number_of_sent_ones(desk, bohrer, clock):
    first = queue(desk, bohrer, clock).message_id
    second = queue(desk, bohrer, clock).message_id
    third = queue(desk, bohrer, clock).message_id
    with desk.database.write() as connection:
        for number in (second, third):
            stored.update_message(connection, number, state=MessageState.HANDED_OVER.value)
    with desk.database.read() as connection:
        found = stored.listing(connection, NOT_DONE, limit=1)
    assert [one.id for one in found] == [third, first]
    assert count_open(desk) == 1


def test_a_draft_whose_address_cannot_be_kept_is_not_left_for_a_second_one(desk, bohrer, clock):
    session = end_session(desk, bohrer, clock)
    house_mail.save_mail_account(desk, MailAccount(), None)
    with desk.database.write() as connection:
        connection.exec_driver_sql(
            "ALTER TABLE session ADD CONSTRAINT no_room CHECK (recipient IS NULL) NOT VALID"
            if desk.database.shared
            else "CREATE TRIGGER no_room BEFORE UPDATE OF recipient ON session "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    with pytest.raises(DBAPIError):
        queueing.draft_of_report(desk, session, WORDS)
    assert list(desk.data.drafts.iterdir()) == []


def test_a_draft_opens_unsent_and_leaves_the_report_open(desk, bohrer, clock):
    session = end_session(desk, bohrer, clock)
    house_mail.save_mail_account(desk, MailAccount(), None)
    path = queueing.draft_of_report(desk, session, WORDS).value
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "empfang@zap-bohrer.example"
    assert next(mail.iter_attachments()).get_filename() == "Bericht_2022-03-01_ZAP-Dr-Bohrer.pdf"
    assert timekeeping.read_session(desk, session).report_open
    assert outbox.list_messages(desk) == []


def test_a_mail_of_the_outbox_becomes_a_draft_too(desk, bohrer, clock):
    queued = queue(desk, bohrer, clock)
    mail = message_from_bytes(
        outbox.draft_of_message(desk, queued.message_id).read_bytes(), policy=policy.default
    )
    assert mail["To"] == queued.recipient
    assert listed(desk, queued.message_id).state is MessageState.WAITING


def test_the_guide_leaves_at_once_without_an_attachment(desk, clock):
    number = queueing.queue_guide(desk, "empfang@praxis-weiss.example", "Praxis Dr. Weiß").value
    mail = listed(desk, number)
    assert (mail.kind, mail.due_at, mail.attachment_size) == (MessageKind.GUIDE, clock.now(), 0)
    assert "https://laverma.example/fernwartung" in mail_of(desk, number).get_content()
    assert outbox.attachment_bytes(desk, number) == b""

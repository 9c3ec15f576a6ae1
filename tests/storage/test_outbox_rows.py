"""Mails come back with their attempts, their sizes and the hash of their bytes."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.message import Attempt, Failure, Message, MessageKind, MessageState
from laverma_desk.storage import customers, house, outbox, sending, sessions, stored_documents
from laverma_desk.storage.sending import Envelope
from tests.storage.conftest import NOON

EML = b"From: a\r\n\r\nGr\xc3\xbc\xc3\x9fe\r\n"
PDF = b"%PDF-1.7 " + b"x" * 5000
WAITING, SENDING, FAILED, HANDED_OVER, DISCARDED = (
    MessageState.WAITING,
    MessageState.SENDING,
    MessageState.FAILED,
    MessageState.HANDED_OVER,
    MessageState.DISCARDED,
)


def at(minutes: int):
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def connection(database):
    with database.write() as opened:
        customers.insert_customer(opened, Customer(0, "1", "ZAP"), NOON)
        customers.put_workstation(opened, Workstation(0, 1, "PC"))
        house.put_supporter(opened, "Klaus", "")
        for number in ("S-1", "S-2"):
            sessions.insert_session(
                opened, number=number, customer_id=1, workstation_id=1, supporter_id=1, state="running",
                begin=NOON, created_at=NOON,
            )  # fmt: skip
        yield opened


def store(connection, name: str, content: bytes) -> int:
    return stored_documents.store(
        connection, kind="mail", name=name, mime_type="x/y", content=content, at=NOON
    )


def insert(connection, state=WAITING, *, session_id=1, due=0, attachment=False, **more) -> int:
    values = {
        "kind": "report", "session_id": session_id, "customer_name": "ZAP", "supporter_name": "Klaus",
        "sender": "bericht@laverma.example", "recipient": "r@zap.example", "subject": "Bericht",
        "body": "Guten Tag",
        "attachment_id": store(connection, "bericht.pdf", PDF) if attachment else None,
        "content_id": store(connection, "mail.eml", EML), "state": state.value,
        "created_at": NOON, "due_at": at(due),
    }  # fmt: skip
    return outbox.insert_message(connection, **values | more)


def test_a_mail_with_everything(connection):
    number = insert(connection, FAILED, attachment=True, bcc="kopie@laverma.example", due=3)
    tries = [Attempt(at(1), "421 später", Failure.TEMPORARY), Attempt(at(2), "250 2.0.0 Ok")]
    for one in tries:
        outbox.add_attempt(connection, number, "r@zap.example", one)
    assert outbox.find(connection, number) == Message(
        number, MessageKind.REPORT, 1, "ZAP", "Klaus", "bericht@laverma.example", "r@zap.example",
        "kopie@laverma.example", "Bericht", "bericht.pdf", len(PDF), FAILED, NOON, at(3), tuple(tries),
        hashlib.sha256(EML).hexdigest(),
    )  # fmt: skip
    assert outbox.body_of(connection, number) == "Guten Tag"
    content, attachment = outbox.documents_of(connection, number)
    assert stored_documents.read(connection, content).content == EML
    assert stored_documents.read(connection, attachment).content == PDF
    assert outbox.find(connection, number + 1) is None


def test_a_mail_without_attachment_or_session(connection):
    number = insert(connection, session_id=None, kind="guide")
    found = outbox.find(connection, number)
    assert (found.kind, found.session_id, found.attachment_name, found.attachment_size, found.attempts) == (
        MessageKind.GUIDE, None, "", 0, (),
    )  # fmt: skip


def test_attempts_stay_with_their_mail(connection):
    one, two = insert(connection), insert(connection)
    outbox.add_attempt(connection, two, "x", Attempt(NOON, "550", Failure.RECIPIENT_REFUSED))
    found = {mail.id: mail.attempts for mail in outbox.of_session(connection, 1)}
    assert found == {one: (), two: (Attempt(NOON, "550", Failure.RECIPIENT_REFUSED),)}


def test_lists_and_their_order(connection):
    first = insert(connection, HANDED_OVER)
    second = insert(connection, WAITING, session_id=2)
    gone = insert(connection, DISCARDED)
    third = insert(connection, HANDED_OVER, session_id=None)

    def rows(mails):
        return [mail.id for mail in mails]

    assert rows(outbox.listing(connection, [WAITING])) == [third, second, first]
    assert rows(outbox.listing(connection, [WAITING], limit=1)) == [third, second]
    assert rows(outbox.of_session(connection, 1)) == [gone, first]
    assert rows(outbox.in_state(connection, [HANDED_OVER, WAITING])) == [first, second, third]
    assert outbox.count_in(connection, [HANDED_OVER, DISCARDED]) == 3
    assert outbox.count_in(connection, []) == 0


def test_what_is_due(connection):
    late, now, insane = insert(connection, due=5), insert(connection, due=0), insert(connection, due=9000)
    insert(connection, FAILED, due=-5)
    assert sending.due(connection, at(0), at(60)) == [now, insane]
    assert sending.due(connection, at(5), at(10_000)) == [late, now]
    assert sending.next_due(connection) == at(0)
    for number in (late, now, insane):
        outbox.update_message(connection, number, state="discarded")
    assert sending.next_due(connection) is None


def test_only_one_gets_a_mail(connection):
    number, other = insert(connection), insert(connection)
    outbox.update_message(connection, number, data_started=True)
    assert sending.started_data(connection, number)
    assert not sending.claim(connection, number, [FAILED])
    assert sending.claim(connection, number, [WAITING, FAILED])
    assert not sending.claim(connection, number, [WAITING, FAILED])
    assert not sending.started_data(connection, number)
    assert outbox.find(connection, number).state is SENDING
    assert outbox.find(connection, other).state is WAITING
    assert sending.envelope(connection, number).tries == 1


def test_what_a_sender_needs(connection):
    plain, copied = insert(connection), insert(connection, bcc="kopie@laverma.example")
    sender = "bericht@laverma.example"
    assert sending.envelope(connection, plain) == Envelope(plain, sender, ("r@zap.example",), EML, True, 0)
    assert sending.envelope(connection, copied).recipients == ("r@zap.example", "kopie@laverma.example")

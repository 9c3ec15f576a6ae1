"""What waits to leave the house: listed, taken back, readdressed, discarded, brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import (
    NOT_DONE,
    NOT_YET_SENT,
    UNDER_WAY,
    Letter,
    Message,
    MessageKind,
    MessageState,
)
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services import checks
from laverma_desk.services.calls.session_access import session_on
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails.letters import (
    account_on,
    bytes_of,
    letter_on,
)
from laverma_desk.services.mails.queueing import refuse_second_report
from laverma_desk.storage import outbox, sessions, stored_documents
from laverma_desk.storage.database import Connection


def _refuse_second_invoice(connection: Connection, message_id: int) -> None:
    """Refuse to bring an invoice's mail back where another one carries it by now."""
    carried = outbox.invoice_of(connection, message_id)
    if carried is None:
        return
    row, number = carried
    if any(mail.state in UNDER_WAY for mail in outbox.of_invoice(connection, row)):
        raise RuleBroken(Rule.INVOICE_ON_ITS_WAY, number=number)


def list_messages(desk: Desk) -> list[Message]:
    """Return the mails of the outbox, the newest first: all open ones, and the latest handed over.

    Discarded ones are left out, and so are the hashes.
    """
    with desk.database.read() as connection:
        return outbox.listing(connection, NOT_DONE)


def take_back(desk: Desk, message_id: int, *, again: bool = False) -> Done[bool]:
    """Withdraw a report that still waits. False: too late.

    Its session asks for a report again, unless it was done with before (`again`).
    """
    with desk.database.write() as connection:
        mail = _message_on(connection, message_id)
        if mail.state is not MessageState.WAITING:
            return done(value=False)
        outbox.update_message(connection, message_id, state=MessageState.DISCARDED.value)
        if mail.session_id is not None and mail.kind is MessageKind.REPORT and not again:
            sessions.update_session(connection, mail.session_id, report_open=True)
        return done(True, Topic.OUTBOX, Topic.SESSIONS)


def read_message(desk: Desk, message_id: int) -> Message | None:
    """Return a mail as it stands now, whichever desk sent it; None where it is gone."""
    with desk.database.read() as connection:
        return outbox.find(connection, message_id)


def is_discarded(desk: Desk, message_id: int) -> bool:
    """Return whether a mail was withdrawn or taken out of the outbox."""
    with desk.database.read() as connection:
        return _message_on(connection, message_id).state is MessageState.DISCARDED


def discard(desk: Desk, message_id: int) -> Done[MessageState]:
    """Take a mail out of the outbox for good; return the state it had, for `restore`.

    Raises RuleBroken MESSAGE_NOT_WAITING while it is being sent or after it was handed over.
    """
    with desk.database.write() as connection:
        mail = _message_on(connection, message_id)
        if mail.state in (MessageState.SENDING, MessageState.HANDED_OVER, MessageState.DISCARDED):
            raise RuleBroken(Rule.MESSAGE_NOT_WAITING)
        outbox.update_message(connection, message_id, state=MessageState.DISCARDED.value)
    return done(mail.state, Topic.OUTBOX, Topic.SESSIONS)


def restore(desk: Desk, message_id: int, state: MessageState) -> Done[None]:
    """Take a discard back; what was due in the meantime leaves at once.

    Raises RuleBroken REPORT_ALREADY_SENT or INVOICE_ON_ITS_WAY where the same paper is on its way once more
    since then, SESSION_NOT_ENDED where the session goes on.
    """
    with desk.database.write() as connection:
        mail = _message_on(connection, message_id)
        if mail.state is MessageState.DISCARDED:
            if mail.session_id is not None and mail.kind is MessageKind.REPORT:
                found = session_on(connection, mail.session_id)
                if found.state is not SessionState.ENDED:
                    raise RuleBroken(Rule.SESSION_NOT_ENDED, number=found.number)
                refuse_second_report(connection, mail.session_id, found.number)
            _refuse_second_invoice(connection, message_id)
            outbox.update_message(connection, message_id, state=state.value)
    return done(None, Topic.OUTBOX, Topic.SESSIONS)


def readdress(desk: Desk, message_id: int, typed: str) -> Done[str]:
    """Give a mail that was not handed over another address, make its bytes anew and queue it at once.

    The bytes of earlier attempts stay stored. Raises RuleBroken EMAIL_INVALID, MESSAGE_NOT_WAITING.
    """
    address = checks.email(typed, "recipient")
    with desk.database.write() as connection:
        mail = _message_on(connection, message_id)
        if mail.state not in NOT_YET_SENT:
            raise RuleBroken(Rule.MESSAGE_NOT_WAITING)
        _make_anew(
            connection, mail, replace(letter_on(connection, mail), recipient=address), desk.clock.now()
        )
        outbox.update_message(connection, message_id, state=MessageState.WAITING.value, tries=0)
        if mail.session_id is not None and mail.kind is MessageKind.REPORT:
            sessions.update_session(connection, mail.session_id, recipient=address)
    return done(address, Topic.OUTBOX, Topic.SESSIONS)


def renew_sender(desk: Desk, message_id: int) -> Done[bool]:
    """Make a failed mail's bytes anew if the account has another sender by now; say whether it had."""
    with desk.database.write() as connection:
        mail, account = _message_on(connection, message_id), account_on(connection)
        if mail.state is not MessageState.FAILED or mail.sender == account.sender:
            return done(value=False)
        _make_anew(connection, mail, letter_on(connection, mail), desk.clock.now())
    return done(True, Topic.OUTBOX)


def _make_anew(connection: Connection, mail: Message, letter: Letter, now: datetime) -> None:
    """Store other bytes for a mail, due now; the old ones stay stored too."""
    content = bytes_of(letter, account_on(connection), now)
    content_id = stored_documents.store(
        connection, kind="mail", name="mail.eml", mime_type="message/rfc822", content=content, at=now
    )
    outbox.update_message(
        connection,
        mail.id,
        sender=letter.sender,
        recipient=letter.recipient,
        bcc=letter.bcc,
        content_id=content_id,
        due_at=now,
    )


def _message_on(connection: Connection, message_id: int) -> Message:
    found = outbox.find(connection, message_id)
    if found is None:
        raise RuleBroken(Rule.MESSAGE_NOT_WAITING)
    return found


def attachment_bytes(desk: Desk, message_id: int, place: int = 0) -> bytes:
    """Return an attachment of a mail, counted from 0, as it was stored; empty where it has none there."""
    with desk.database.read() as connection:
        documents = outbox.attached_to(connection, message_id)
        if place >= len(documents):
            return b""
        return stored_documents.read(connection, documents[place]).content


def draft_of_message(desk: Desk, message_id: int) -> Path:
    """Write a mail of the outbox as a draft for the mail program and return the file."""
    with desk.database.read() as connection:
        mail = _message_on(connection, message_id)
        letter = letter_on(connection, mail)
    from laverma_desk.mail.mail_program import write_draft  # noqa: PLC0415 (no start needs it)

    return write_draft(letter, desk.data.drafts, letter.subject)

"""Look at a report as it was sent, and send it once more: exactly as it was, or made anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import TAKE_BACK_SECONDS, UNDER_WAY, Message, MessageKind, MessageState
from laverma_desk.services import checks
from laverma_desk.services.alone import all_there
from laverma_desk.services.calls.session_access import session_on
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails.letters import ReportWords, account_on, bytes_of, letter_on, store_mail
from laverma_desk.services.mails.queueing import QueuedReport, queue_report
from laverma_desk.services.mails.reporting import check_ready, prepare_report
from laverma_desk.storage import outbox, stored_documents
from laverma_desk.storage.database import Connection


@dataclass(frozen=True)
class Paper:
    """A report to look at; `message` is the mail that carries it, None where it was made just now."""

    name: str
    pdf: bytes
    message: Message | None


def reports_of(desk: Desk, session_id: int) -> tuple[Message, ...]:
    """Return the report mails of a session that were not discarded, the newest first."""
    with desk.database.read() as connection:
        return _reports_on(connection, session_id)


def _reports_on(connection: Connection, session_id: int) -> tuple[Message, ...]:
    return tuple(
        mail
        for mail in outbox.of_session(connection, session_id)
        if mail.kind is MessageKind.REPORT and mail.state is not MessageState.DISCARDED
    )


def paper_of(desk: Desk, session_id: int) -> Paper:
    """Return the stored document of a session's newest report mail, else the report as it would be now.

    Raises RuleBroken SESSION_UNKNOWN, SESSION_NOT_ENDED.
    """
    with desk.database.read() as connection:
        for mail in _reports_on(connection, session_id):
            _content, attachment_id = outbox.documents_of(connection, mail.id)
            if attachment_id is not None:
                stored = stored_documents.read(connection, attachment_id)
                return Paper(stored.name, stored.content, mail)
    made = prepare_report(desk, session_id)
    return Paper(made.attachment_name, made.pdf, None)


def send_again(
    desk: Desk, session_id: int, recipient: str, *, as_sent: bool, delay: int = TAKE_BACK_SECONDS
) -> Done[QueuedReport]:
    """Queue a session's report once more; it leaves after `delay` seconds.

    `as_sent`: words and document of the newest mail that was handed over, byte for byte; else the report
    is made anew. A failed mail that it replaces is discarded. Raises RuleBroken EMAIL_INVALID,
    MAIL_ACCOUNT_MISSING, REPORT_ALREADY_SENT (one is under way), MESSAGE_NOT_WAITING (`as_sent`, and none
    was), and what `queue_report` raises.
    """
    address = checks.email(recipient, "recipient")
    all_there(desk, session_id)
    if as_sent:
        return _send_copy(desk, session_id, address, delay)
    made = prepare_report(desk, session_id)
    queued = queue_report(desk, session_id, ReportWords(address, made.subject, made.body), delay=delay)
    with desk.database.write() as connection:
        _discard_failed(connection, session_id)
    return replace(queued, value=replace(queued.value, again=True))


def _send_copy(desk: Desk, session_id: int, address: str, delay: int) -> Done[QueuedReport]:
    now = desk.clock.now()
    with desk.database.write() as connection:
        found = session_on(connection, session_id)
        mails = _reports_on(connection, session_id)
        if any(mail.state in UNDER_WAY for mail in mails):
            raise RuleBroken(Rule.REPORT_ALREADY_SENT, number=found.number)
        check_ready(connection, found, address)
        sent = next((mail for mail in mails if mail.state is MessageState.HANDED_OVER), None)
        if sent is None:
            raise RuleBroken(Rule.MESSAGE_NOT_WAITING)
        account = account_on(connection)
        letter = replace(letter_on(connection, sent), recipient=address)
        _content, attachment_id = outbox.documents_of(connection, sent.id)
        number = store_mail(
            connection,
            replace(letter, attachments=()),
            bytes_of(letter, account, now),
            kind=MessageKind.REPORT,
            session_id=session_id,
            customer_name=sent.customer_name,
            supporter_name=sent.supporter_name,
            created_at=now,
            due_at=now + timedelta(seconds=delay),
        )
        outbox.update_message(connection, number, attachment_id=attachment_id)
        _discard_failed(connection, session_id)
    queued = QueuedReport(number, session_id, address, now + timedelta(seconds=delay), again=True)
    return done(queued, Topic.OUTBOX, Topic.SESSIONS)


def _discard_failed(connection: Connection, session_id: int) -> None:
    """Take mails out of the outbox that would bring the same report a second time."""
    for mail in _reports_on(connection, session_id):
        if mail.state is MessageState.FAILED:
            outbox.update_message(connection, mail.id, state=MessageState.DISCARDED.value)

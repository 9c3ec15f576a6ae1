"""Make a report or the phone guide a mail: into the outbox, from where it leaves, or as a draft."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import (
    TAKE_BACK_SECONDS,
    UNDER_WAY,
    Letter,
    MessageKind,
)
from laverma_desk.services import checks
from laverma_desk.services.alone import all_there, no_longer_here
from laverma_desk.services.calls.session_access import session_on
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails.letters import (
    ReportWords,
    account_on,
    bytes_of,
    report_letter,
    store_mail,
)
from laverma_desk.services.mails.reporting import check_ready, guide_mail, report_mail_on
from laverma_desk.services.setup.house import house_on, mail_on
from laverma_desk.storage import outbox, sessions
from laverma_desk.storage.database import Connection


@dataclass(frozen=True)
class QueuedReport:
    """A report in the outbox: its mail, and until when (UTC) it can be taken back.

    `again`: sent from the history, for a session that was done with; it stays so when this is taken back.
    """

    message_id: int
    session_id: int
    recipient: str
    due_at: datetime
    again: bool = False


def queue_report(
    desk: Desk, session_id: int, words: ReportWords | None = None, *, delay: int = TAKE_BACK_SECONDS
) -> Done[QueuedReport]:
    """Put the report of an ended session into the outbox; it leaves after `delay` seconds.

    The exact bytes that will be sent are stored now, with their hash. Raises RuleBroken for what
    the report lacks (`check_ready`), MAIL_ACCOUNT_MISSING, EMAIL_INVALID, REPORT_ALREADY_SENT.
    """
    all_there(desk, session_id)
    while True:
        now = desk.clock.now()
        with desk.database.read() as connection:
            found = session_on(connection, session_id)
            check_ready(connection, found, words.recipient if words else found.recipient)
            account = account_on(connection)
            prepared = report_mail_on(connection, session_id)
            refuse_second_report(connection, session_id, found.number)
        chosen = words or ReportWords(prepared.recipient, prepared.subject, prepared.body)
        letter = report_letter(account, prepared, chosen)
        content = bytes_of(letter, account, now)
        # Making the paper must not eat into the seconds to take it back.
        due = desk.clock.now() + timedelta(seconds=delay)
        with desk.database.write() as connection:
            refuse_second_report(connection, session_id, found.number)
            if session_on(connection, session_id) != found:
                continue  # Written meanwhile by another program: the paper would say what is so no longer.
            number = store_mail(
                connection,
                letter,
                content,
                kind=MessageKind.REPORT,
                session_id=session_id,
                customer_name=found.customer_name,
                supporter_name=found.supporter_name,
                created_at=now,
                due_at=due,
            )
            sessions.update_session(connection, session_id, report_open=False, recipient=letter.recipient)
        no_longer_here(desk, session_id)
        return done(QueuedReport(number, session_id, letter.recipient, due), Topic.OUTBOX, Topic.SESSIONS)


def refuse_second_report(connection: Connection, session_id: int, number: str) -> None:
    """Refuse a twin, by a second key press, of a report that waits, goes out or may have gone out."""
    mails = outbox.of_session(connection, session_id)
    if any(mail.kind is MessageKind.REPORT and mail.state in UNDER_WAY for mail in mails):
        raise RuleBroken(Rule.REPORT_ALREADY_SENT, number=number)


def queue_guide(desk: Desk, recipient: str, customer_name: str) -> Done[int]:
    """Put the phone guide with the download link into the outbox, due at once.

    Raises RuleBroken EMAIL_INVALID, MAIL_ACCOUNT_MISSING.
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        account, house = account_on(connection), house_on(connection)
        subject, body = guide_mail(house.template, house)
        letter = Letter(
            sender=account.sender,
            sender_name=account.sender_name,
            recipient=checks.email(recipient, "recipient"),
            subject=subject,
            body=body,
        )
        number = store_mail(
            connection,
            letter,
            bytes_of(letter, account, now),
            kind=MessageKind.GUIDE,
            session_id=None,
            customer_name=customer_name,
            supporter_name=house.supporter_name,
            created_at=now,
            due_at=now,
        )
    return done(number, Topic.OUTBOX)


def draft_of_report(desk: Desk, session_id: int, words: ReportWords) -> Done[Path]:
    """Write a session's report as a draft for the mail program and keep its address on the session.

    The report stays open until `timekeeping.close_report`: nobody knows yet whether a mail program opens.
    Raises RuleBroken for what the report lacks, OutsideTrouble where the file cannot be written.
    """
    all_there(desk, session_id)
    with desk.database.read() as connection:
        check_ready(connection, session_on(connection, session_id), words.recipient)
        letter = report_letter(mail_on(connection), report_mail_on(connection, session_id), words)
    from laverma_desk.mail.mail_program import write_draft  # noqa: PLC0415 (no start needs it)

    path = write_draft(letter, desk.data.drafts, letter.subject)
    try:
        with desk.database.write() as connection:
            sessions.update_session(connection, session_id, recipient=letter.recipient)
    except BaseException:
        # Whoever tries again would find two drafts of one report.
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    return done(path, Topic.SESSIONS)

"""Remind of open invoices: look at the letter, issue it under its own number, and send it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.company import InvoiceSettings
from laverma_desk.domain.document_number import NumberKind
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice_record import dump, load
from laverma_desk.domain.message import TAKE_BACK_SECONDS, MessageKind
from laverma_desk.domain.reminder import FIRST_LEVEL, Reminder
from laverma_desk.domain.reminder import ReminderRow as ReminderRow  # noqa: PLC0414 (known here too)
from laverma_desk.file_names import invoice_file_name
from laverma_desk.services.calls.session_access import refuse_restricted
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import numbering
from laverma_desk.services.invoicing.overdue import OverdueCustomer as OverdueCustomer  # noqa: PLC0414
from laverma_desk.services.invoicing.overdue import OverdueInvoice as OverdueInvoice  # noqa: PLC0414
from laverma_desk.services.invoicing.overdue import overdue as overdue  # noqa: PLC0414
from laverma_desk.services.invoicing.reminder_mail_words import mail_body
from laverma_desk.services.invoicing.reminder_record import Built, build_reminder
from laverma_desk.services.invoicing.sending import addresses_on, queue_letter
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import reminders as stored
from laverma_desk.storage import stored_documents
from laverma_desk.storage.database import Connection

_TRIES = 3
_Numbering: TypeAlias = Callable[[Connection, NumberKind, InvoiceSettings, date], str]


class _Overtaken(Exception):
    """Between drawing and writing something has changed."""


@dataclass(frozen=True)
class PreparedReminder:
    """A letter before it is issued: the same bytes but for its number, with a mark that it is none yet.

    `missing_rates`: the first days of half-years whose base rate the table lacks; the letter then asks no
    interest, and whoever shows it says why.
    """

    customer_id: int
    record: Reminder
    pdf: bytes
    missing_rates: tuple[date, ...]


@dataclass(frozen=True)
class IssuedReminder:
    """A letter that was issued: how it stands in the register, what it says, its bytes and their name."""

    row: ReminderRow
    record: Reminder
    pdf: bytes
    file_name: str


@dataclass(frozen=True)
class ReminderMail:
    """The mail of a letter as it would go out; `recipients` are the addresses to choose from."""

    reminder_id: int
    recipient: str
    recipients: tuple[str, ...]
    subject: str
    body: str
    attachment_names: tuple[str, ...]


def prepare_reminder(desk: Desk, customer_id: int, level: int | None = None) -> PreparedReminder:
    """Return the letter to a customer as it would be issued now; `level` None is the proposed one.

    Raises RuleBroken CUSTOMER_UNKNOWN, CUSTOMER_RESTRICTED, REMINDER_NOT_DUE, PAYMENT_UNASSIGNED,
    NUMBER_INVALID.
    """
    from laverma_desk.documents.reminder_pdf import render_reminder  # noqa: PLC0415 (fpdf2 is slow to import)

    with desk.database.read() as connection:
        built = build_reminder(connection, customer_id, level, local_day(desk.clock.now()))
    pdf = render_reminder(built.record, preview=True)
    return PreparedReminder(built.customer_id, built.record, pdf, built.missing_rates)


def issue_reminder(desk: Desk, customer_id: int, level: int | None = None) -> Done[IssuedReminder]:
    """Give the letter its number and keep record and bytes for good, all or nothing.

    It is drawn before the lock with the number that would be next; where anything has changed by then, it is
    drawn anew, at last inside the lock. Raises RuleBroken as `prepare_reminder` does, and
    REMINDER_ISSUED_TODAY where a letter of the same day names the same invoices.
    """
    from laverma_desk.documents.reminder_pdf import render_reminder  # noqa: PLC0415 (fpdf2 is slow to import)

    today = local_day(desk.clock.now())
    for _try in range(_TRIES):
        with desk.database.read() as connection:
            ready = _numbered(connection, customer_id, level, today, numbering.next_number)
        pdf = render_reminder(ready.record)
        with suppress(_Overtaken), desk.database.write() as connection:
            _check_same(ready, _numbered(connection, customer_id, level, today, numbering.take_number))
            return done(_store(desk, connection, ready, pdf), Topic.INVOICES)
    with desk.database.write() as connection:
        ready = _numbered(connection, customer_id, level, today, numbering.take_number)
        return done(_store(desk, connection, ready, render_reminder(ready.record)), Topic.INVOICES)


def read_reminder(desk: Desk, reminder_id: int) -> IssuedReminder:
    """Return a letter as it was issued.

    Raises RuleBroken REMINDER_UNKNOWN, INVOICE_ERASED where its words went with its invoices after the time
    that the law sets, OutsideTrouble DOCUMENT_ALTERED.
    """
    with desk.database.read() as connection:
        return _read(connection, reminder_id)


def reminder_mail(desk: Desk, reminder_id: int) -> ReminderMail:
    """Return the mail of a letter, with copies of the invoices, in the customer's language.

    Raises as `read_reminder` does.
    """
    with desk.database.read() as connection:
        found = _read(connection, reminder_id)
        names = [stored_documents.name_of(connection, one) for one in _papers(connection, reminder_id)]
        known = addresses_on(connection, found.row.customer_id)
    return ReminderMail(
        reminder_id=reminder_id,
        recipient=known[0] if known else "",
        recipients=known,
        subject=f"{found.record.texts.title} {found.record.number}",
        body=mail_body(found.record),
        attachment_names=tuple(names),
    )


def queue_reminder(
    desk: Desk, reminder_id: int, words: ReportWords | None = None, *, delay: int = TAKE_BACK_SECONDS
) -> Done[int]:
    """Put the mail of a letter into the outbox; it leaves after `delay` seconds. Return the mail's row.

    Raises RuleBroken INVOICE_ON_ITS_WAY where one waits or may have gone out, RECIPIENT_MISSING,
    EMAIL_INVALID, MAIL_ACCOUNT_MISSING, REMINDER_UNKNOWN, INVOICE_ERASED, CUSTOMER_RESTRICTED.
    """
    mail = reminder_mail(desk, reminder_id)
    chosen = words or ReportWords(mail.recipient, mail.subject, mail.body)
    with desk.database.write() as connection:
        found = _read(connection, reminder_id)
        refuse_restricted(connection, found.row.customer_id)
        if stored.mail_under_way(connection, reminder_id):
            raise RuleBroken(Rule.INVOICE_ON_ITS_WAY, number=found.row.number)
        number = queue_letter(
            desk,
            connection,
            found.row.customer_id,
            chosen,
            _papers(connection, reminder_id),
            kind=MessageKind.REMINDER,
            reminder_id=reminder_id,
            delay=delay,
        )
    return done(number, Topic.OUTBOX, Topic.INVOICES)


def _numbered(
    connection: Connection, customer_id: int, level: int | None, today: date, number: _Numbering
) -> Built:
    """Return the letter with the number that its kind gets, as this transaction sees it."""
    unnumbered = build_reminder(connection, customer_id, level, today)
    kind = NumberKind.REMINDER if unnumbered.record.level == FIRST_LEVEL else NumberKind.DUNNING
    _refuse_second_today(connection, unnumbered)
    taken = number(connection, kind, house_on(connection).invoice, today)
    return build_reminder(connection, customer_id, level, today, taken)


def _refuse_second_today(connection: Connection, built: Built) -> None:
    """Refuse a twin, by a second key press, of a letter of the same day about the same invoices."""
    letters = stored.of_invoices(connection, built.invoice_ids)
    today = {
        letter.id: letter
        for some in letters.values()
        for letter in some
        if letter.issued_on == built.record.issued_on
    }
    for letter in today.values():
        if all(letter in letters.get(one, ()) for one in built.invoice_ids):
            raise RuleBroken(Rule.REMINDER_ISSUED_TODAY, number=letter.number)


def _check_same(ready: Built, fresh: Built) -> None:
    if fresh != ready:
        raise _Overtaken


def _store(desk: Desk, connection: Connection, built: Built, pdf: bytes) -> IssuedReminder:
    record, now = built.record, desk.clock.now()
    paper = stored_documents.store(
        connection,
        kind="reminder",
        name=invoice_file_name(record.number, ".pdf"),
        mime_type="application/pdf",
        content=pdf,
        at=now,
    )
    row = stored.insert_reminder(
        connection,
        [
            (invoice_id, line.open_cents)
            for invoice_id, line in zip(built.invoice_ids, record.lines, strict=True)
        ],
        number=record.number,
        customer_id=built.customer_id,
        level=record.level,
        issued_on=record.issued_on,
        counted_until=record.counted_until,
        due_on=record.due_on,
        open_cents=record.open_cents,
        fee_cents=record.fee_cents + record.lump_cents,
        interest_cents=record.interest_cents,
        record=dump(record),
        pdf_id=paper,
        created_at=now,
    )
    return _read(connection, row)


def _read(connection: Connection, reminder_id: int) -> IssuedReminder:
    found = stored.find(connection, reminder_id)
    if found is None:
        raise RuleBroken(Rule.REMINDER_UNKNOWN)
    if not found.record:
        raise RuleBroken(Rule.INVOICE_ERASED, number=found.row.number)
    paper = stored_documents.read(connection, found.row.pdf_id)
    return IssuedReminder(found.row, load(Reminder, found.record), paper.content, paper.name)


def _papers(connection: Connection, reminder_id: int) -> list[int]:
    """Return the documents that go along: the letter, then the invoices in its order."""
    found = stored.find(connection, reminder_id)
    if found is None:  # pragma: no cover (asked only for a letter that was just read)
        raise RuleBroken(Rule.REMINDER_UNKNOWN)
    return [found.row.pdf_id, *stored.pdf_ids(connection, found.invoice_ids)]

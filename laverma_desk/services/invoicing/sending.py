"""Send what was issued: the mail of an invoice with the bytes that were stored, and nothing made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.invoice import Invoice, InvoiceKind
from laverma_desk.domain.message import TAKE_BACK_SECONDS, UNDER_WAY, Letter, MessageKind, distinct_names
from laverma_desk.i18n import gettext_in
from laverma_desk.services import checks
from laverma_desk.services.calls.session_access import refuse_restricted
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.register import issued_on
from laverma_desk.services.invoicing.wording import period
from laverma_desk.services.jobs import Cancelled, Progress, never, silent
from laverma_desk.services.mails.letters import ReportWords, account_on, attachments_on, bytes_of, store_mail
from laverma_desk.services.mails.reporting import ReportMail, report_mail_on
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import customers, outbox, stored_documents
from laverma_desk.storage.database import Connection
from laverma_desk.storage.invoice_papers import papers_of, session_papers


@dataclass(frozen=True)
class InvoiceMail:
    """The mail of an invoice as it would go out; `recipients` are the addresses to choose from."""

    invoice_id: int
    recipient: str
    recipients: tuple[str, ...]
    subject: str
    body: str
    attachment_names: tuple[str, ...]


@dataclass(frozen=True)
class SendResult:
    """What became of sending many: the mails that wait now, and which invoices were refused and why."""

    queued: tuple[int, ...]
    refused: tuple[tuple[int, DeskError], ...]
    cancelled: bool = False


def invoice_mail(desk: Desk, invoice_id: int) -> InvoiceMail:
    """Return the mail of an issued invoice in the customer's language.

    Raises RuleBroken INVOICE_UNKNOWN, OutsideTrouble DOCUMENT_ALTERED.
    """
    today = local_day(desk.clock.now())
    with desk.database.read() as connection:
        found = issued_on(connection, invoice_id, today)
        names = [stored_documents.name_of(connection, one) for one in _own_documents(connection, invoice_id)]
        names += _report_names(connection, invoice_id)
        known = addresses_on(connection, found.row.customer_id)
    first = known[0] if known else ""
    return InvoiceMail(
        invoice_id=invoice_id,
        recipient=first,
        recipients=known,
        subject=_subject(found.invoice),
        body=_body(found.invoice),
        attachment_names=distinct_names(names),
    )


def addresses_on(connection: Connection, customer_id: int) -> tuple[str, ...]:
    """Return where an invoice may go, the best first: the address for invoices, then who gets them."""
    head = customers.survivor(connection, customer_id)
    customer, people = customers.find(connection, head), customers.contacts_of(connection, head)
    flagged = [one.email for one in people if one.gets_invoices]
    own = [customer.email_invoice, *flagged, customer.email_report] if customer else flagged
    return tuple(dict.fromkeys(one for one in [*own, *(person.email for person in people)] if one))


def queue_invoice(
    desk: Desk, invoice_id: int, words: ReportWords | None = None, *, delay: int = TAKE_BACK_SECONDS
) -> Done[int]:
    """Put the mail of an invoice into the outbox; it leaves after `delay` seconds. Return the mail's row.

    Raises RuleBroken INVOICE_ON_ITS_WAY where one waits or may have gone out, RECIPIENT_MISSING,
    EMAIL_INVALID, MAIL_ACCOUNT_MISSING, INVOICE_UNKNOWN.
    """
    mail = invoice_mail(desk, invoice_id)
    chosen = words or ReportWords(mail.recipient, mail.subject, mail.body)
    today = local_day(desk.clock.now())
    with desk.database.read() as connection:
        # Drawn before the write, so that no note of a call waits for it; a billed session changes no more.
        made = _reports_never_sent(connection, invoice_id)
    with desk.database.write() as connection:
        found = issued_on(connection, invoice_id, today)
        if any(one.state in UNDER_WAY for one in outbox.of_invoice(connection, invoice_id)):
            raise RuleBroken(Rule.INVOICE_ON_ITS_WAY, number=found.row.number)
        documents = _own_documents(connection, invoice_id)
        documents += _report_documents(desk, connection, invoice_id, made)
        number = queue_letter(
            desk,
            connection,
            found.row.customer_id,
            chosen,
            documents,
            kind=MessageKind.INVOICE,
            invoice_id=invoice_id,
            delay=delay,
        )
    return done(number, Topic.OUTBOX, Topic.INVOICES)


def queue_many(
    desk: Desk, invoice_ids: Sequence[int], progress: Progress = silent, cancelled: Cancelled = never
) -> Done[SendResult]:
    """Put the mails of many invoices into the outbox, each on its own; can be called off between two."""
    queued: list[int] = []
    refused: list[tuple[int, DeskError]] = []
    for place, one in enumerate(invoice_ids):
        progress(place, len(invoice_ids))
        if cancelled():
            return done(SendResult(tuple(queued), tuple(refused), True), Topic.OUTBOX, Topic.INVOICES)
        try:
            queued.append(queue_invoice(desk, one).value)
        except DeskError as error:
            refused.append((one, error))
    progress(len(invoice_ids), len(invoice_ids))
    return done(SendResult(tuple(queued), tuple(refused)), Topic.OUTBOX, Topic.INVOICES)


def queue_letter(
    desk: Desk,
    connection: Connection,
    customer_id: int,
    words: ReportWords,
    documents: Sequence[int],
    *,
    kind: MessageKind,
    invoice_id: int | None = None,
    reminder_id: int | None = None,
    delay: int = TAKE_BACK_SECONDS,
) -> int:
    """Write a waiting mail that carries stored documents, and return its row; the first one is its paper.

    Raises RuleBroken RECIPIENT_MISSING, EMAIL_INVALID, TEXT_MISSING, MAIL_ACCOUNT_MISSING, and
    CUSTOMER_RESTRICTED where data protection has locked the practice.
    """
    refuse_restricted(connection, customer_id)
    if not words.recipient.strip():
        raise RuleBroken(Rule.RECIPIENT_MISSING, field="recipient")
    account, house = account_on(connection), house_on(connection)
    customer = customers.find(connection, customer_id)
    letter = Letter(
        sender=account.sender,
        sender_name=account.sender_name,
        recipient=checks.email(words.recipient, "recipient"),
        subject=checks.required(words.subject, "subject"),
        body=words.body,
        attachments=attachments_on(connection, documents),
        bcc=account.sender if account.copy_to_self else "",
    )
    now = desk.clock.now()
    number = store_mail(
        connection,
        letter,
        bytes_of(letter, account, now),
        kind=kind,
        session_id=None,
        customer_id=customer_id,
        customer_name=customer.name if customer else "",
        supporter_name=house.supporter_name,
        created_at=now,
        due_at=now + timedelta(seconds=delay),
        documents=documents,
    )
    outbox.update_message(connection, number, invoice_id=invoice_id, reminder_id=reminder_id)
    return number


def _own_documents(connection: Connection, invoice_id: int) -> list[int]:
    """Return the documents that are the invoice. A ZUGFeRD file carries its XML inside."""
    papers = papers_of(connection, invoice_id)
    apart = papers.xml_id is not None and papers.format is InvoiceFormat.XRECHNUNG
    return [papers.pdf_id, *([papers.xml_id] if apart and papers.xml_id is not None else [])]


def _report_names(connection: Connection, invoice_id: int) -> list[str]:
    if not papers_of(connection, invoice_id).attach_reports:
        return []
    return [
        report_mail_on(connection, one.session_id).attachment_name
        if one.document_id is None
        else stored_documents.name_of(connection, one.document_id)
        for one in session_papers(connection, invoice_id)
    ]


def _reports_never_sent(connection: Connection, invoice_id: int) -> dict[int, ReportMail]:
    """Return, by session, the reports that go along and that no mail has carried yet."""
    if not papers_of(connection, invoice_id).attach_reports:
        return {}
    unsent = [one.session_id for one in session_papers(connection, invoice_id) if one.document_id is None]
    return {session_id: report_mail_on(connection, session_id) for session_id in unsent}


def _report_documents(
    desk: Desk, connection: Connection, invoice_id: int, made: Mapping[int, ReportMail]
) -> list[int]:
    """Return the reports of the sessions as they were sent; one that never was is stored now."""
    if not papers_of(connection, invoice_id).attach_reports:
        return []
    return [
        stored_documents.store(
            connection,
            kind=MessageKind.REPORT.value,
            name=made[one.session_id].attachment_name,
            mime_type="application/pdf",
            content=made[one.session_id].pdf,
            at=desk.clock.now(),
        )
        if one.document_id is None
        else one.document_id
        for one in session_papers(connection, invoice_id)
    ]


def _subject(invoice: Invoice) -> str:
    words = {"number": invoice.number, "date": text.date(invoice.issued_on, invoice.language)}
    if invoice.kind is InvoiceKind.CANCELLATION:
        return gettext_in(invoice.language, "Cancellation invoice %(number)s of %(date)s") % words
    return gettext_in(invoice.language, "Invoice %(number)s of %(date)s") % words


def _body(invoice: Invoice) -> str:
    """Return the text of the mail. It names no bank account: whoever forges mails forges just that."""
    language = invoice.language

    def said(sentence: str) -> str:
        return gettext_in(language, sentence)

    words = {
        "number": invoice.number,
        "period": period(invoice.first, invoice.last, language),
        "amount": text.money(invoice.gross_cents, language),
        "phone": text.phone(invoice.company.phone),
        "cancelled": invoice.cancels.number if invoice.cancels else "",
    }
    if invoice.kind is InvoiceKind.CANCELLATION:
        about = said("attached you find %(number)s, which cancels our invoice %(cancelled)s.") % words
    else:
        about = (
            said("attached you find our invoice %(number)s of %(amount)s for our services %(period)s.")
            % words
        )
    parts = [invoice.texts.salutation, about]
    if invoice.due_on is not None and invoice.gross_cents > 0:
        parts.append(
            said("It is due on %(day)s. All that is needed to pay stands on the invoice.")
            % {"day": text.date(invoice.due_on, language)}
        )
    if invoice.company.phone:
        parts.append(said("If anything is unclear, please call us: %(phone)s.") % words)
    parts.append(said("Kind regards") + "\n" + (invoice.supporter_name or invoice.company.name))
    return "\n\n".join(parts) + "\n"

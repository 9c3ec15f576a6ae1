"""The house's own form of agreement: a PDF that somebody uploads, and the mail that carries it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from laverma_desk.domain.customer import Contact, Customer
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import TAKE_BACK_SECONDS, Attachment, Letter, MessageKind
from laverma_desk.domain.wording import AGREEMENT_PLACEHOLDERS, check_template, fill
from laverma_desk.i18n import gettext_in
from laverma_desk.services import checks
from laverma_desk.services.agreements.agreement_file import AgreementFile
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.trace import editable_on
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import House, changing_settings, house_on
from laverma_desk.storage import customers, stored_documents
from laverma_desk.storage import house as stored
from laverma_desk.storage.agreement_overview import FileFacts, file_facts
from laverma_desk.storage.database import Connection

_LANGUAGE = "de"
_SECTION = "agreement"
_LONGEST_BODY = 5000


@dataclass(frozen=True)
class AgreementTemplate:
    """What the house sends to be signed. `file` None: the house has uploaded none, and none is made up."""

    file: FileFacts | None
    subject: str
    body: str


@dataclass(frozen=True)
class QueuedTemplate:
    """A template in the outbox: its mail, and until when (UTC) it can be taken back."""

    message_id: int
    customer_id: int
    recipient: str
    due_at: datetime


def default_wording() -> tuple[str, str]:
    """Return the first subject and text of the mail, in German as the customers read it."""
    return (
        gettext_in(_LANGUAGE, "Data processing agreement for remote support"),
        gettext_in(
            _LANGUAGE,
            "{salutation},\n\nfor remote support we need a data processing agreement with you"
            " (Art. 28 GDPR). You will find our template attached.\n\nPlease sign it and send it back"
            " to us, by mail or by post. Without a valid agreement we may not begin any remote support.\n\n"
            "If you have questions, call us: {phone}\n\nKind regards\n{supporter}\n{company}",
        ),
    )


def read_template(desk: Desk) -> AgreementTemplate:
    """Return the house's template and the words that go with it."""
    with desk.database.read() as connection:
        return template_on(connection)


def template_on(connection: Connection) -> AgreementTemplate:
    """Return the template as one transaction sees it."""
    values = stored.read_section(connection, _SECTION)
    subject, body = default_wording()
    number = values.get("document_id")
    return AgreementTemplate(
        file=None if number is None else file_facts(connection, int(number)),
        subject=str(values.get("subject", subject)),
        body=str(values.get("body", body)),
    )


def keep_template_file(desk: Desk, file: AgreementFile) -> Done[AgreementTemplate]:
    """Store another PDF as the house's template; mails that went out keep the one they carried."""
    with changing_settings(desk, further=_logged) as connection:
        number = stored_documents.store(
            connection,
            kind="agreement_template",
            name=file.name,
            mime_type="application/pdf",
            content=file.content,
            at=desk.clock.now(),
        )
        _remember(connection, document_id=number)
        return done(template_on(connection), Topic.HOUSE)


def save_wording(desk: Desk, subject: str, body: str) -> Done[None]:
    """Keep the words of the mail. Raises RuleBroken PLACEHOLDER_UNKNOWN, TEXT_MISSING at the field."""
    line, words = check_subject(subject), check_body(body)
    with changing_settings(desk, further=_logged) as connection:
        _remember(connection, subject=line, body=words)
    return done(None, Topic.HOUSE)


def check_subject(typed: str) -> str:
    """Return the subject on one line. Raises RuleBroken at `subject`."""
    return check_template(checks.required(typed, "subject"), AGREEMENT_PLACEHOLDERS, "subject")


def check_body(typed: str) -> str:
    """Return the text of the mail. Raises RuleBroken at `body`."""
    words = checks.several_lines(typed, "body", _LONGEST_BODY)
    if not words:
        raise RuleBroken(Rule.TEXT_MISSING, field="body")
    return check_template(words, AGREEMENT_PLACEHOLDERS, "body")


def _logged(connection: Connection) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield the template as the log of settings keeps it: of the file its name and what its bytes come to."""
    template = template_on(connection)
    file = f"{template.file.name} (SHA-256 {template.file.sha256})" if template.file else ""
    yield _SECTION, "", {"file": file, "subject": template.subject, "body": template.body}


def _remember(connection: Connection, **values: object) -> None:
    stored.write_section(connection, _SECTION, {**stored.read_section(connection, _SECTION), **values})


def recipients_on(connection: Connection, customer: Customer) -> tuple[str, ...]:
    """Return the addresses for the template, the best first: who signs, then reports, then the others."""
    people = customers.contacts_of(connection, customer.id)
    signers = [one.email for one in people if one.signs_agreement]
    found = [*signers, customer.email_report, *(one.email for one in people), customer.email_invoice]
    return tuple(dict.fromkeys(address for address in found if address))


def send_template(
    desk: Desk, customer_id: int, recipient: str, *, delay: int = TAKE_BACK_SECONDS
) -> Done[QueuedTemplate]:
    """Put the house's template into the outbox for a customer; it leaves after `delay` seconds.

    The exact bytes are stored now. Raises RuleBroken TEMPLATE_MISSING, RECIPIENT_MISSING,
    EMAIL_INVALID, MAIL_ACCOUNT_MISSING, CUSTOMER_UNKNOWN, CUSTOMER_RESTRICTED, OutsideTrouble
    DOCUMENT_ALTERED.
    """
    if not recipient.strip():
        raise RuleBroken(Rule.RECIPIENT_MISSING, field="recipient")
    from laverma_desk.services.mails.letters import (  # noqa: PLC0415 (no start needs it)
        account_on,
        bytes_of,
        store_mail,
    )

    address = checks.email(recipient, "recipient")
    now = desk.clock.now()
    due = now + timedelta(seconds=delay)
    with desk.database.write() as connection:
        customer = editable_on(connection, customer_id)
        number = stored.read_section(connection, _SECTION).get("document_id")
        if number is None:
            raise RuleBroken(Rule.TEMPLATE_MISSING)
        account, house = account_on(connection), house_on(connection)
        paper = stored_documents.read(connection, int(number))
        words = _words(house, customer, customers.contacts_of(connection, customer_id), address)
        template = template_on(connection)
        letter = Letter(
            sender=account.sender,
            sender_name=account.sender_name,
            recipient=address,
            subject=" ".join(fill(template.subject, words).split()),
            body=fill(template.body, words),
            attachments=(Attachment(paper.name, paper.content),),
            bcc=account.sender if account.copy_to_self else "",
        )
        message_id = store_mail(
            connection,
            letter,
            bytes_of(letter, account, now),
            kind=MessageKind.AGREEMENT,
            session_id=None,
            customer_id=customer_id,
            customer_name=customer.name,
            supporter_name=words["supporter"],
            created_at=now,
            due_at=due,
        )
    return done(QueuedTemplate(message_id, customer_id, address, due), Topic.OUTBOX)


def _words(house: House, customer: Customer, people: tuple[Contact, ...], address: str) -> dict[str, str]:
    from laverma_desk.services.mails.reporting import salutation  # noqa: PLC0415 (no start needs it)

    reader = next((one for one in people if one.email == address), None)
    return {
        "salutation": salutation(reader.name if reader else "", reader, _LANGUAGE),
        "customer": customer.name,
        "supporter": house.supporter_name,
        "company": house.company.name,
        "phone": house.company.phone,
    }

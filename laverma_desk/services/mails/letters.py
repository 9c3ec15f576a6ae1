"""How what was written becomes a letter, a letter becomes bytes, and both are stored for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.message import (
    Attachment,
    Letter,
    Message,
    MessageKind,
    MessageState,
    distinct_names,
)
from laverma_desk.services import checks
from laverma_desk.services.calls.session_access import refuse_restricted, session_on
from laverma_desk.services.mails.reporting import ReportMail
from laverma_desk.services.setup.house import mail_on
from laverma_desk.storage import outbox, stored_documents
from laverma_desk.storage.database import Connection


@dataclass(frozen=True)
class ReportWords:
    """What the technician may have changed before sending: address, subject, text."""

    recipient: str
    subject: str
    body: str


def account_on(connection: Connection) -> MailAccount:
    """Return the account that mails leave by. Raises RuleBroken MAIL_ACCOUNT_MISSING."""
    account = mail_on(connection)
    if not account.complete:
        raise RuleBroken(Rule.MAIL_ACCOUNT_MISSING)
    return account


def report_letter(account: MailAccount, prepared: ReportMail, words: ReportWords) -> Letter:
    """Return the mail of a report before it becomes bytes. Raises RuleBroken EMAIL_INVALID at `recipient`."""
    return Letter(
        sender=account.sender,
        sender_name=account.sender_name,
        recipient=checks.email(words.recipient, "recipient"),
        subject=checks.required(words.subject, "subject"),
        body=words.body,
        attachments=(Attachment(prepared.attachment_name, prepared.pdf),),
        bcc=account.sender if account.copy_to_self else "",
    )


def bytes_of(letter: Letter, account: MailAccount, now: datetime) -> bytes:
    """Return the exact bytes that will be sent, with a Message-ID of their own."""
    from laverma_desk.mail.compose import compose, new_message_id  # noqa: PLC0415 (no start needs it)

    return compose(letter, at=now, message_id=new_message_id(account.sender.rpartition("@")[2]))


def store_mail(
    connection: Connection,
    letter: Letter,
    content: bytes,
    *,
    kind: MessageKind,
    session_id: int | None,
    customer_name: str,
    supporter_name: str,
    created_at: datetime,
    due_at: datetime,
    customer_id: int | None = None,
    documents: Sequence[int] = (),
) -> int:
    """Write a waiting mail with its bytes and its attachment, and return its row.

    `documents` are the attachments where they are stored already, in the order of the letter's.
    Raises RuleBroken CUSTOMER_RESTRICTED where it is about a session of a practice that is locked.
    """
    if session_id is not None:
        refuse_restricted(connection, session_on(connection, session_id).customer_id)
    stored = list(documents)
    for one in letter.attachments[len(stored) :]:
        number = stored_documents.store(
            connection,
            kind=kind.value,
            name=one.name,
            mime_type=one.mime_type,
            content=one.content,
            at=created_at,
        )
        stored.append(number)
    content_id = stored_documents.store(
        connection, kind="mail", name="mail.eml", mime_type="message/rfc822", content=content, at=created_at
    )
    message_id = outbox.insert_message(
        connection,
        kind=kind.value,
        session_id=session_id,
        customer_id=customer_id,
        customer_name=customer_name,
        supporter_name=supporter_name,
        sender=letter.sender,
        recipient=letter.recipient,
        bcc=letter.bcc,
        subject=letter.subject,
        body=letter.body,
        attachment_id=stored[0] if stored else None,
        content_id=content_id,
        state=MessageState.WAITING.value,
        created_at=created_at,
        due_at=due_at,
    )
    outbox.attach_further(connection, message_id, stored[1:])
    return message_id


def attachments_on(connection: Connection, documents: Sequence[int]) -> tuple[Attachment, ...]:
    """Return stored documents as the attachments of a mail, in their order, no two of one name."""
    stored = [stored_documents.read(connection, one) for one in documents]
    names = distinct_names([one.name for one in stored])
    return tuple(
        Attachment(name, one.content, one.mime_type) for name, one in zip(names, stored, strict=True)
    )


def letter_on(connection: Connection, mail: Message) -> Letter:
    """Return the letter that a stored mail was made from, with the sender of today's account."""
    attachments = attachments_on(connection, outbox.attached_to(connection, mail.id))
    account = mail_on(connection)
    return Letter(
        sender=account.sender or mail.sender,
        sender_name=account.sender_name,
        recipient=mail.recipient,
        subject=mail.subject,
        body=outbox.body_of(connection, mail.id),
        attachments=attachments,
        bcc=(account.sender or mail.bcc) if mail.bcc else "",
    )

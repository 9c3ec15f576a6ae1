"""Words that tell of a person are taken out of the file, and nothing else: counts, times and sums stay."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from laverma_desk.domain.retention import ERASED
from laverma_desk.storage import search_index
from laverma_desk.storage.portions import portions
from laverma_desk.storage.sealing import unsealed
from laverma_desk.storage.spelling import SERVER
from laverma_desk.storage.tables import (
    agreement,
    attempt,
    contact,
    customer,
    customer_change,
    customer_tariff,
    document,
    former_partner_id,
    invoice,
    message,
    message_attachment,
    reminder,
    session,
    session_change,
    workstation,
)


def overwrite_what_goes(connection: Connection) -> None:
    """Let SQLite write zeros over what is taken out on this connection, not only forget where it lies.

    A server gives the place of former rows away by itself, once nobody looks at them any more (autovacuum).
    """
    if connection.dialect.name != SERVER:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def restrict(connection: Connection, family: Sequence[int], at: datetime) -> None:
    """Lock records: out of lists and searches from now on, and no session of theirs asks for its report."""
    connection.execute(
        update(customer).where(customer.c.id.in_(family)).values(restricted_at=at, archived=True)
    )
    asking = session.c.customer_id.in_(family) & session.c.report_open.is_(True)
    connection.execute(update(session).where(asking).values(report_open=False))


def erase_sessions(connection: Connection, numbers: Sequence[int]) -> None:
    """Take out who asked for sessions, what was written and whom it was for.

    Times, billing and the supporter stay. Raises IntegrityError where one is billed.
    """
    for some in portions(numbers):
        connection.execute(
            update(session)
            .where(session.c.id.in_(some))
            .values(
                requested_by="", partner_id="", notes="", internal_note="", recipient="", report_open=False,
                customer_name=ERASED, workstation_name=ERASED,
            )
        )  # fmt: skip
        excepted = session.c.id.in_(some) & session.c.exception_reason.is_not(None)
        connection.execute(
            update(session).where(excepted).values(exception_reason=ERASED, exception_by=ERASED)
        )
        _forget_changes(connection, some)
        search_index.put(connection, some)
    if numbers:
        search_index.forget_deleted_words(connection)


def _forget_changes(connection: Connection, numbers: Sequence[int]) -> None:
    """Take values and reasons out of sessions' logs, and who decided about an exception: a practice's own.

    The seal lets values be blanked, but a reason may name a person too.
    """
    lines = session_change.c.session_id.in_(numbers)
    excepted = lines & (session_change.c.field == "exception")
    with unsealed(connection, "session_change_no_update"):
        connection.execute(update(session_change).where(lines).values(old="", new="", reason=""))
        connection.execute(update(session_change).where(excepted).values(who=ERASED))


def erase_mails(connection: Connection, numbers: Sequence[int]) -> None:
    """Take out address, subject and text of mails, and the bytes that were or would have been sent.

    Files that something else still needs, an invoice or another mail, go with that.
    """
    for some in portions(numbers):
        rows = connection.execute(
            select(message.c.content_id, message.c.attachment_id).where(message.c.id.in_(some))
        ).all()
        further = connection.execute(
            select(message_attachment.c.document_id).where(message_attachment.c.message_id.in_(some))
        ).scalars()
        files = {one for row in rows for one in row if one is not None} | set(further)
        connection.execute(
            update(message)
            .where(message.c.id.in_(some))
            .values(customer_name=ERASED, recipient=ERASED, bcc="", subject=ERASED, body="")
        )
        connection.execute(
            update(attempt).where(attempt.c.message_id.in_(some)).values(recipient=ERASED, answer="")
        )
        erase_documents(connection, sorted(files - _needed_elsewhere(connection, sorted(files))))


def _needed_elsewhere(connection: Connection, files: Sequence[int]) -> set[int]:
    """Return which files belong to a mail, an invoice or a reminder that still has its words."""
    told = select(message.c.id).where(message.c.recipient != ERASED)
    needed: set[int] = set()
    for column, alive in (
        (message.c.attachment_id, message.c.recipient != ERASED),
        (message_attachment.c.document_id, message_attachment.c.message_id.in_(told)),
        (invoice.c.pdf_id, invoice.c.erased_at.is_(None)),
        (invoice.c.xml_id, invoice.c.erased_at.is_(None)),
        (reminder.c.pdf_id, reminder.c.record != ""),
    ):
        for some in portions(files):
            needed |= set(connection.execute(select(column).where(column.in_(some) & alive)).scalars())
    return needed


def discard_failed_mails(connection: Connection, numbers: Sequence[int]) -> None:
    """Let mails that were not sent never be sent."""
    for some in portions(numbers):
        connection.execute(update(message).where(message.c.id.in_(some)).values(state="discarded"))


def erase_agreements(connection: Connection, numbers: Sequence[int]) -> None:
    """Take out who signed agreements, and the signed files; their days stay."""
    documents = list(
        connection.execute(
            select(agreement.c.document_id).where(
                agreement.c.id.in_(numbers) & agreement.c.document_id.is_not(None)
            )
        ).scalars()
    )
    with unsealed(connection, "agreement_no_update"):
        connection.execute(
            update(agreement).where(agreement.c.id.in_(numbers)).values(signed_by_customer=ERASED)
        )
    erase_documents(connection, documents)


def erase_documents(connection: Connection, numbers: Sequence[int]) -> None:
    """Empty stored documents whose period is over, or that no law keeps; their rows stay."""
    if not numbers:
        return
    with unsealed(connection, "document_no_update"):
        for some in portions(numbers):
            connection.execute(
                update(document)
                .where(document.c.id.in_(some))
                .values(name=ERASED, content=b"", sha256=hashlib.sha256(b"").hexdigest())
            )


def erase_people(connection: Connection, family: Sequence[int]) -> None:
    """Take out the contacts of records, and what their machines are called and reached by."""
    connection.execute(delete(contact).where(contact.c.customer_id.in_(family)))
    machines = list(
        connection.execute(
            select(workstation.c.id).where(workstation.c.customer_id.in_(family)).order_by(workstation.c.id)
        ).scalars()
    )
    for some in portions(machines):
        connection.execute(delete(former_partner_id).where(former_partner_id.c.workstation_id.in_(some)))
    for number in machines:
        values = {"name": f"{ERASED} {number}", "partner_id": "", "place": "", "archived": True}
        connection.execute(update(workstation).where(workstation.c.id == number).values(**values))


def erase_reachability(connection: Connection, family: Sequence[int]) -> None:
    """Take out what no invoice needs: phone, address of the reports, software."""
    connection.execute(
        update(customer).where(customer.c.id.in_(family)).values(phone="", email_report="", software="")
    )


def erase_record(connection: Connection, family: Sequence[int], at: datetime) -> None:
    """Take out the rest of records: only their numbers stay, so that none is given twice."""
    connection.execute(
        update(customer)
        .where(customer.c.id.in_(family))
        .values(
            name=ERASED, street="", postcode="", city="", email_invoice="", vat_id="", leitweg_id="",
            electronic_address="", invoice_format="", on_site_cents=None, on_site_km=None,
            on_site_travel_cents=None, on_site_hourly_cents=None, payment_days=None, since=None, erased_at=at,
        )
    )  # fmt: skip
    connection.execute(delete(customer_tariff).where(customer_tariff.c.customer_id.in_(family)))


def blank_history(connection: Connection, family: Sequence[int], kept_fields: Sequence[str]) -> None:
    """Take the values out of the log of records, those of some fields left.

    Its reasons are the house's own: why records were merged, archived or erased.
    """
    columns = customer_change.c
    connection.execute(
        update(customer_change)
        .where(columns.customer_id.in_(family) & columns.field.not_in(kept_fields))
        .values(old="", new="")
    )

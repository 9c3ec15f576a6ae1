"""Which stored documents belong to an invoice: its paper, its XML, and the reports of its sessions."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.message import MessageKind, MessageState
from laverma_desk.storage.tables import invoice, invoice_line, message


@dataclass(frozen=True)
class InvoicePapers:
    """Numbers of stored documents. `attach_reports`: the sessions' reports go along with the mail."""

    pdf_id: int
    xml_id: int | None
    attach_reports: bool
    format: InvoiceFormat


@dataclass(frozen=True)
class SessionPaper:
    """A billed session and the document of its newest report mail, None where none was ever made."""

    session_id: int
    document_id: int | None


def papers_of(connection: Connection, invoice_id: int) -> InvoicePapers:
    """Return what was stored with an invoice. Raises NoResultFound for an unknown one."""
    columns = invoice.c
    row = connection.execute(
        select(columns.pdf_id, columns.xml_id, columns.attach_reports, columns.format).where(
            columns.id == invoice_id
        )
    ).one()
    return InvoicePapers(row.pdf_id, row.xml_id, row.attach_reports, InvoiceFormat(row.format))


def session_papers(connection: Connection, invoice_id: int) -> list[SessionPaper]:
    """Return the sessions of an invoice in the order of its lines, each with its report."""
    newest = (
        select(func.max(message.c.id))
        .where(
            (message.c.session_id == invoice_line.c.session_id)
            & (message.c.kind == MessageKind.REPORT.value)
            & (message.c.state != MessageState.DISCARDED.value)
            & message.c.attachment_id.is_not(None)
        )
        .correlate(invoice_line)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(invoice_line.c.session_id, message.c.attachment_id)
        .outerjoin(message, message.c.id == newest)
        .where((invoice_line.c.invoice_id == invoice_id) & invoice_line.c.session_id.is_not(None))
        .order_by(invoice_line.c.position)
    )
    return [SessionPaper(*row) for row in rows]

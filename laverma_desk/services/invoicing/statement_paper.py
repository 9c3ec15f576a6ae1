"""A statement as paper, to be looked at before it is saved."""

from __future__ import annotations

from laverma_desk.domain.statement import Statement


def statement_pdf(one: Statement) -> bytes:
    """Return the PDF of a statement, the same bytes that are written into a file."""
    from laverma_desk.documents.statement_pdf import render_statement  # noqa: PLC0415 (fpdf2 is slow to import)

    return render_statement(one)

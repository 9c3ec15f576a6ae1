"""A stored PDF on its way to somebody's eyes: its bytes are proved before they leave the desk."""

from __future__ import annotations

from pathlib import Path, PurePath

from laverma_desk import file_names
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.desk import Desk
from laverma_desk.services.files import copy_to_look_at
from laverma_desk.storage import agreements, stored_documents
from laverma_desk.storage import house as stored


def open_document(desk: Desk, agreement_id: int) -> Path:
    """Return a copy of an agreement's signed PDF, to be opened by the system's own program.

    Raises RuleBroken AGREEMENT_UNKNOWN, FILE_MISSING, OutsideTrouble DOCUMENT_ALTERED (the bytes no longer
    have their SHA-256; nothing is opened), FOLDER_UNWRITABLE, FILE_UNWRITABLE, DISK_FULL.
    """
    with desk.database.read() as connection:
        found = agreements.find_agreement(connection, agreement_id)
        if found is None:
            raise RuleBroken(Rule.AGREEMENT_UNKNOWN)
        if found.document_id is None:
            raise RuleBroken(Rule.FILE_MISSING)
        paper = stored_documents.read(connection, found.document_id)
    return copy_to_look_at(desk, safe_name(paper.name), paper.content)


def open_template(desk: Desk) -> Path:
    """Return a copy of the house's template. Raises RuleBroken TEMPLATE_MISSING, else as `open_document`."""
    with desk.database.read() as connection:
        number = stored.read_section(connection, "agreement").get("document_id")
        if number is None:
            raise RuleBroken(Rule.TEMPLATE_MISSING)
        paper = stored_documents.read(connection, int(number))
    return copy_to_look_at(desk, safe_name(paper.name), paper.content)


def safe_name(name: str) -> str:
    """Return a file name without folders, always of a PDF: what is opened is never a program."""
    stem = PurePath(name.replace("\\", "/")).name
    if stem.lower().endswith(".pdf"):
        stem = stem[:-4]
    return f"{file_names.safe_name(stem, 'AVV')}.pdf"

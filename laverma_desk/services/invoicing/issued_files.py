"""Documents as files in a folder: drafts as previews, issued ones byte by byte as they are stored."""

from __future__ import annotations

import tempfile
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.durable import make_folder
from laverma_desk.file_names import invoice_file_name
from laverma_desk.services.desk import Desk
from laverma_desk.services.files import save_file
from laverma_desk.services.invoicing.drafts import DraftRow
from laverma_desk.services.invoicing.preview import preview_draft
from laverma_desk.services.invoicing.register import IssuedInvoice
from laverma_desk.storage.database import trouble_of


def ready_folder(folder: Path) -> None:
    """Make a folder where there is none, and see that it takes files: before anything gets a number.

    Raises OutsideTrouble FOLDER_UNWRITABLE, DISK_FULL.
    """
    try:
        make_folder(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise trouble_of(error, str(folder)) or OutsideTrouble(
            Trouble.FOLDER_UNWRITABLE, folder=str(folder)
        ) from error


def write_draft(desk: Desk, row: DraftRow, folder: Path, place: int = 1) -> str:
    """Write the preview of a draft and return the file's name, Entwurf-10017.pdf.

    `place` counts a customer's drafts: the second is Entwurf-10017-2.pdf. Raises RuleBroken as
    `preview.preview_draft`, FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE, DISK_FULL.
    """
    stem = f"Entwurf-{row.customer_number}" + (f"-{place}" if place > 1 else "")
    name = invoice_file_name(stem, ".pdf")
    save_file(desk, folder / name, preview_draft(desk, row.id).pdf)
    return name


def write_issued(desk: Desk, one: IssuedInvoice, folder: Path) -> list[str]:
    """Write an issued document and return the files' names: RE-2022-0001.pdf, and .xml where there is one.

    Raises RuleBroken FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE, DISK_FULL.
    """
    names = []
    for ending, content in ((".pdf", one.pdf), (".xml", one.xml)):
        if content is not None:
            names.append(invoice_file_name(one.row.number, ending))
            save_file(desk, folder / names[-1], content)
    return names

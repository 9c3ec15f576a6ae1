"""Tell somebody everything that is stored about them (Art. 15 GDPR): one archive, complete or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from laverma_desk.documents.filename import safe_word
from laverma_desk.domain.clock import local_day
from laverma_desk.services.desk import Desk
from laverma_desk.services.files import whole_file
from laverma_desk.services.jobs import Cancelled, Progress, never, silent
from laverma_desk.services.privacy.collecting import Dossier, of_contact, of_customer
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage.database import Connection

Collect = Callable[[Connection], Dossier]


def export_customer(
    desk: Desk, customer_id: int, file: Path, progress: Progress = silent, cancelled: Cancelled = never
) -> int:
    """Write everything about a practice into a ZIP and return how many files it has.

    A file that is there is replaced once the new one is complete; nobody else on this machine can read it.
    Raises RuleBroken CUSTOMER_UNKNOWN, FILE_IS_THE_DESK, OutsideTrouble DISK_FULL, FILE_UNWRITABLE,
    JobCancelled with nothing written.
    """
    return _export(desk, lambda connection: of_customer(connection, customer_id), file, progress, cancelled)


def export_contact(
    desk: Desk, contact_id: int, file: Path, progress: Progress = silent, cancelled: Cancelled = never
) -> int:
    """Write what is about one person of a practice into a ZIP, as `export_customer` does."""
    return _export(desk, lambda connection: of_contact(connection, contact_id), file, progress, cancelled)


def suggested_name(desk: Desk, name: str) -> str:
    """Return a file name for the archive of somebody: Auskunft_2022-03-01_ZAP-Dr-Bohrer.zip."""
    parts = ("Auskunft", local_day(desk.clock.now()).isoformat(), safe_word(name))
    return "_".join(part for part in parts if part) + ".zip"


def _export(desk: Desk, collect: Collect, file: Path, progress: Progress, cancelled: Cancelled) -> int:
    from laverma_desk.services.privacy.archive import Archive  # noqa: PLC0415 (fpdf2 is slow to import)

    with desk.database.read() as connection:
        dossier = collect(connection)
        company = house_on(connection).company
        with (
            whole_file(desk, file, private=True) as writer,
            Archive(writer, connection, dossier, company, desk.clock.now()) as archive,
        ):
            return archive.write(progress, cancelled)

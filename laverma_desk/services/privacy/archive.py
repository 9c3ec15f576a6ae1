"""The archive of an answer: written entry by entry, so that many sessions need no more memory than few."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from types import TracebackType
from typing import BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from laverma_desk.documents.disclosure_pdf import render_disclosure
from laverma_desk.documents.filename import safe_file_name
from laverma_desk.domain.clock import local
from laverma_desk.domain.company import Company
from laverma_desk.domain.disclosure import Disclosure, Section
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.i18n import gettext_in
from laverma_desk.services.cell_text import guarded
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless
from laverma_desk.services.privacy.collecting import Dossier, plain
from laverma_desk.services.privacy.explaining import README, closing_section
from laverma_desk.services.privacy.session_tables import SessionWords
from laverma_desk.services.privacy.tables import Cells, Words, section_of
from laverma_desk.storage import outbox, session_history, sessions, stored_documents
from laverma_desk.storage.database import Connection

_GROUP = 200
_PASSES = 3
"""Sessions and mails are read once for JSON, once for the tables, once for paper."""


class Archive:
    """Writes one dossier as a ZIP; use it in a with statement."""

    def __init__(
        self, file: BinaryIO, connection: Connection, dossier: Dossier, company: Company, now: datetime
    ) -> None:
        """Begin an archive of a moment (UTC). Raises OSError where the file cannot be written."""
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)
        self._connection, self._dossier, self._company, self._now = connection, dossier, company, now
        self._words = Words(dossier.language)
        self._said = SessionWords(dossier.language)
        self._moment = local(now).timetuple()[:6]

    def __enter__(self) -> Self:
        """Use it in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the archive."""
        self._zip.close()

    def write(self, progress: Progress, cancelled: Cancelled) -> int:
        """Write every file and return how many. Raises JobCancelled, OSError."""
        mails = len(self._dossier.mails)
        total = _PASSES * (len(self._dossier.sessions) + mails) + mails + 1
        done = 0

        def step() -> None:
            nonlocal done
            go_on_unless(cancelled)
            done += 1
            progress(done, total)

        self._text("README.txt", README.replace("\n", "\r\n"))
        self._json(step)
        for table in self._dossier.tables:
            self._table(table.file, table.columns, table.rows)
        self._table("sitzungen", self._said.sessions().columns, self._session_rows(step))
        self._table("mails", self._said.mails().columns, self._mail_rows(step))
        self._documents(step)
        self._paper(step, cancelled)
        return len(self._zip.namelist())

    def _entry(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self._moment)
        info.compress_type = ZIP_DEFLATED
        return info

    def _text(self, name: str, words: str) -> None:
        self._zip.writestr(self._entry(name), words.encode("utf-8-sig"))

    def _sessions(self, step: Callable[[], None]) -> Iterator[SupportSession]:
        numbers = self._dossier.sessions
        for first in range(0, len(numbers), _GROUP):
            for one in sessions.several(self._connection, numbers[first : first + _GROUP]):
                step()
                yield one

    def _session_rows(self, step: Callable[[], None]) -> Iterator[Cells]:
        for one in self._sessions(step):
            yield self._said.session(one)

    def _mail_rows(self, step: Callable[[], None]) -> Iterator[Cells]:
        for number in self._dossier.mails:
            step()
            mail = outbox.find(self._connection, number)
            if mail is None:
                continue
            held = sessions.find(self._connection, mail.session_id) if mail.session_id else None
            body = outbox.body_of(self._connection, number)
            yield self._said.mail(mail, held.number if held else "", body, f"mails/{number}.eml")

    def _json(self, step: Callable[[], None]) -> None:
        """Write what programs read; sessions and mails one by one."""
        with self._zip.open(self._entry("daten.json"), "w", force_zip64=True) as raw:
            out = io.TextIOWrapper(raw, "utf-8", newline="\n")
            out.write('{\n"made_at": ' + json.dumps(self._now.isoformat()))
            for name, value in self._dossier.machine.items():
                out.write(f",\n{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
            self._list(out, "sessions", self._machine_sessions(step))
            self._list(out, "mails", self._machine_mails(step))
            out.write("\n}\n")
            out.flush()
            out.detach()

    def _list(self, out: io.TextIOWrapper, name: str, values: Iterable[object]) -> None:
        out.write(f",\n{json.dumps(name)}: [")
        for place, value in enumerate(values):
            separator = "," if place else ""
            print(separator, json.dumps(value, ensure_ascii=False), sep="\n", end="", file=out)
        out.write("\n]")

    def _machine_sessions(self, step: Callable[[], None]) -> Iterator[object]:
        for one in self._sessions(step):
            changes = session_history.changes_of(self._connection, one.id)
            yield plain(one) | {"changes": plain(changes)}

    def _machine_mails(self, step: Callable[[], None]) -> Iterator[object]:
        for number in self._dossier.mails:
            step()
            mail = outbox.find(self._connection, number)
            yield plain(mail) | {"body": outbox.body_of(self._connection, number)}

    def _table(self, file: str, columns: Cells, rows: Iterable[Cells]) -> None:
        with self._zip.open(self._entry(f"{file}.csv"), "w", force_zip64=True) as raw:
            out = io.TextIOWrapper(raw, "utf-8-sig", newline="")
            writer = csv.writer(out, delimiter=";")
            writer.writerow(columns)
            writer.writerows([guarded(cell) for cell in row] for row in rows)
            out.flush()
            out.detach()

    def _documents(self, step: Callable[[], None]) -> None:
        """Write the stored bytes as they are: agreements, invoices, reminders, reports, mails."""
        for document_id, name in self._dossier.files.items():
            self._document(document_id, name)
        written = set(self._dossier.files)
        for number in self._dossier.mails:
            step()
            content_id, _first = outbox.documents_of(self._connection, number)
            self._document(content_id, f"mails/{number}.eml")
            for report in outbox.reports_in(self._connection, number):
                if report not in written:
                    written.add(report)
                    name = stored_documents.name_of(self._connection, report)
                    self._document(report, f"berichte/{report}_{safe_file_name(name)}")

    def _document(self, document_id: int, name: str) -> None:
        # Somebody is told what is stored about them, also where it was damaged.
        stored = stored_documents.read_as_it_lies(self._connection, document_id)
        self._zip.writestr(self._entry(name), stored.content)

    def _paper(self, step: Callable[[], None], cancelled: Cancelled) -> None:
        words, dossier = self._words, self._dossier
        held = Section(
            self._said.sessions().heading, tuple(self._said.entry(one) for one in self._sessions(step))
        )
        mails = section_of(self._said.mails(self._mail_rows(step)))
        disclosure = Disclosure(
            company=self._company,
            language=dossier.language,
            title=gettext_in(words.language, "What is stored about you"),
            subtitle=" ".join(dict.fromkeys((dossier.reference, dossier.name))),
            reference=gettext_in(words.language, "access, Art. 15 GDPR"),
            sections=(
                *dossier.sections,
                *(one for one in (held, mails) if one.entries),
                closing_section(words),
            ),
            made_at=self._now,
        )
        self._zip.writestr(
            self._entry("Auskunft.pdf"), render_disclosure(disclosure, lambda _share: go_on_unless(cancelled))
        )
        step()

"""Check the chain of documents and the desk's file, and keep what came of it, in the section "audit"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from laverma_desk.domain.errors import OutsideTrouble
from laverma_desk.file_names import invoice_file_name
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.findings import Finding, FindingKind
from laverma_desk.services.invoicing.verifying import verify
from laverma_desk.services.jobs import Cancelled, Progress, never, silent
from laverma_desk.services.setup.house import house_on
from laverma_desk.services.upkeep import Health, check_desk
from laverma_desk.storage import house as stored
from laverma_desk.storage import invoice_audit, letter_audit
from laverma_desk.storage.counts import count_rows

KEPT_FINDINGS = 200
"""So many of a result are kept; how many there were is kept in any case."""

DAMAGE, STORED_DOCUMENT, ATTEMPT = "damage", "stored_document", "attempt"
"""The kinds of a finding that the check of the file adds to those of `FindingKind`."""

_SECTION = "audit"
_KINDS = frozenset({*FindingKind, DAMAGE, STORED_DOCUMENT, ATTEMPT})
_EXPLAINABLE = frozenset({FindingKind.GAP, FindingKind.BEHIND, FindingKind.REPLACED})


@dataclass(frozen=True)
class CheckFinding:
    """One finding.

    `kind` is one of FindingKind, or DAMAGE (detail: SQLite's words), STORED_DOCUMENT, ATTEMPT. `number` is
    that of the document or session, of STORED_DOCUMENT its row, with its name as detail.
    """

    kind: str
    number: str
    detail: str = ""

    @property
    def damage(self) -> bool:
        """Return whether something is broken, not only to be explained."""
        return self.kind not in _EXPLAINABLE


@dataclass(frozen=True)
class CheckResult:
    """What a check found at `at` (UTC) in so many documents, letters and files: up to KEPT_FINDINGS findings.

    `count` is how many there were, `damaged` how many of them are damage. `kept` is false where the result
    could not be written down.
    """

    at: datetime
    who: str
    documents: int
    letters: int
    files: int
    findings: tuple[CheckFinding, ...] = ()
    count: int = 0
    damaged: int = 0
    kept: bool = True

    @property
    def sound(self) -> bool:
        """Return whether nothing is broken."""
        return not self.damaged


def check_books(desk: Desk, progress: Progress = silent, cancelled: Cancelled = never) -> CheckResult:
    """Check every document as `verify` does and every stored file as `check_desk` does, and keep the result.

    The full text of the search is no part of the books and is left alone. `progress` counts documents, then
    files. Raises JobCancelled, where the result before stays, and OutsideTrouble where the file cannot be
    read.
    """
    with desk.database.read() as connection:
        who = house_on(connection).supporter_name
        documents, letters = invoice_audit.count(connection), len(letter_audit.rows(connection))
        files = count_rows(connection)["document"]
    total = documents + files
    found = verify(desk, lambda done, _documents: progress(done, total), cancelled)
    health = check_desk(
        desk, lambda done, _files: progress(documents + done, total), cancelled, with_search=False
    )
    every = [*_as_kept(found), *_of_file(health, found)]
    # What is broken comes first, whatever is cut off behind.
    every.sort(key=lambda one: not one.damage)
    result = CheckResult(
        at=desk.clock.now(),
        who=who,
        documents=documents,
        letters=letters,
        files=files,
        findings=tuple(every[:KEPT_FINDINGS]),
        count=len(every),
        damaged=sum(one.damage for one in every),
    )
    return _kept(desk, result)


def last_check(desk: Desk) -> CheckResult | None:
    """Return the result that was kept last, None where nothing was ever checked."""
    with desk.database.read() as connection:
        saved = stored.read_section(connection, _SECTION)
    try:
        return _read(saved) if saved else None
    except (KeyError, TypeError, ValueError):
        return None  # A program of another time kept it in another way.


def _as_kept(found: tuple[Finding, ...]) -> Iterator[CheckFinding]:
    for one in found:
        yield CheckFinding(one.kind.value, one.number, one.detail)


def _of_file(health: Health, found: tuple[Finding, ...]) -> Iterator[CheckFinding]:
    """Yield what the check of the file adds: a document that has its finding already is not told twice."""
    told = {invoice_file_name(one.number, ending) for one in found for ending in (".pdf", ".xml")}
    for detail in health.damage:
        yield CheckFinding(DAMAGE, "", detail)
    for row, name in health.documents:
        if name not in told:
            yield CheckFinding(STORED_DOCUMENT, str(row), name)
    for number in health.attempts:
        yield CheckFinding(ATTEMPT, number)


def _kept(desk: Desk, result: CheckResult) -> CheckResult:
    values = {
        "at": result.at.astimezone(UTC).isoformat(),
        "who": result.who,
        "documents": result.documents,
        "letters": result.letters,
        "files": result.files,
        "findings": [[one.kind, one.number, one.detail] for one in result.findings],
        "count": result.count,
        "damaged": result.damaged,
    }
    try:
        with desk.database.write() as connection:
            stored.write_section(connection, _SECTION, values)
    except OutsideTrouble:
        # What was found is worth more than that it is found again: it is shown all the same.
        return replace(result, kept=False)
    return result


def _read(saved: dict[str, Any]) -> CheckResult:
    findings = tuple(CheckFinding(*one) for one in saved["findings"])
    if any(one.kind not in _KINDS for one in findings):
        raise ValueError(findings)
    return CheckResult(
        at=datetime.fromisoformat(saved["at"]),
        who=saved["who"],
        documents=saved["documents"],
        letters=saved["letters"],
        files=saved["files"],
        findings=findings,
        count=saved["count"],
        damaged=saved["damaged"],
    )

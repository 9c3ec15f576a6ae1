"""Check everything that was issued: chain, hashes, figures, XML against the rules, locks, ranges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.document_number import NumberKind, filled, format_of, range_year
from laverma_desk.domain.invoice import Invoice
from laverma_desk.domain.invoice_record import load
from laverma_desk.domain.invoice_sums import SumsDisagree, check_sums
from laverma_desk.domain.retention import Law, kept_until
from laverma_desk.file_names import invoice_file_name
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.findings import Finding, FindingKind
from laverma_desk.services.invoicing.papers import differences, misprints, rules_broken
from laverma_desk.services.invoicing.verifying_letters import letter_wrong
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.services.judging import Judge
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import invoice_audit as audit
from laverma_desk.storage import invoices as stored
from laverma_desk.storage import letter_audit
from laverma_desk.storage.database import Connection
from laverma_desk.storage.invoices import StoredInvoice
from laverma_desk.storage.replaced_numbers import replaced_numbers

_AT_ONCE = 25
_GAPS_SHOWN = 100
_NO_RECORD = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What comes of a record whose words are JSON, but not those of an invoice."""
_KEPT_AS_SAID = (
    "number", "kind", "supporter_name", "issued_on", "first", "last", "due_on", "format", "net_cents",
    "vat_cents", "gross_cents", "reason",
)  # fmt: skip


__all__ = ["Finding", "FindingKind", "verify"]


def verify(desk: Desk, progress: Progress = silent, cancelled: Cancelled = never) -> tuple[Finding, ...]:
    """Return what is not as it was issued; nothing is changed. A few documents are read at a time.

    One that was erased after the time the law sets keeps its place in the chain, its words are not asked
    for; erased before, it is damage. Raises JobCancelled where somebody wants it to stop.
    """
    findings: list[Finding] = []
    with desk.database.read() as connection:
        total = audit.count(connection)
    done, row, chain = 0, 0, ""
    progress(0, total)
    while True:
        with desk.database.read() as connection:
            some = audit.after(connection, row, _AT_ONCE)
            for link in some:
                go_on_unless(cancelled)
                findings += _of_link(connection, desk.judge, link, chain)
                row, chain, done = link.row, link.chain_sha256, done + 1
                progress(done, max(done, total))
        if not some:
            break
    with desk.database.read() as connection:
        letters = letter_audit.rows(connection)
    for letter, number in letters:
        go_on_unless(cancelled)
        with desk.database.read() as connection:
            findings += letter_wrong(connection, letter, number)
    with desk.database.read() as connection:
        findings += _of_sessions(connection)
        findings += _gaps(connection)
    return tuple(findings)


def _of_link(connection: Connection, judge: Judge, link: audit.Link, before: str) -> Iterator[Finding]:
    one = audit.document_of(connection, link.row)
    if one is None:
        yield Finding(FindingKind.ROW, link.number)
    else:
        yield from _of_document(connection, judge, one, before)


def _of_document(connection: Connection, judge: Judge, one: StoredInvoice, before: str) -> Iterator[Finding]:
    chain = stored.chained(before, one.number, one.record_sha256, one.pdf_sha256, one.xml_sha256)
    if chain != one.chain_sha256:
        yield Finding(FindingKind.CHAIN, one.number)
    if one.erased_at is not None:
        if local_day(one.erased_at) <= kept_until(one.issued_on, Law.BOOKING):
            yield Finding(FindingKind.RECORD, one.number)
        return
    pdf = audit.content(connection, one.pdf_id)
    xml = None if one.xml_id is None else audit.content(connection, one.xml_id)
    yield from _of_bytes(connection, one, pdf, FindingKind.PDF)
    if one.xml_id is not None:
        yield from _of_bytes(connection, one, xml, FindingKind.XML)
    intact = stored.sha256(one.record.encode()) == one.record_sha256
    try:
        record = load(Invoice, one.record)
        found = [*_of_figures(connection, one, record), *_of_papers(judge, one, record, pdf, xml)]
    except _NO_RECORD:
        yield Finding(FindingKind.RECORD, one.number)
        return
    if not intact:
        yield Finding(FindingKind.RECORD, one.number)
    yield from found


def _of_bytes(
    connection: Connection, one: StoredInvoice, content: bytes | None, kind: FindingKind
) -> Iterator[Finding]:
    if content is None:
        yield Finding(FindingKind.DOCUMENT_MISSING, one.number, kind.name)
        return
    row, sha256 = (one.pdf_id, one.pdf_sha256) if kind is FindingKind.PDF else (one.xml_id, one.xml_sha256)
    paper = audit.paper(connection, row)
    said = paper and (paper.kind, paper.name, paper.mime_type)
    name, mime_type = invoice_file_name(one.number, f".{kind}"), f"application/{kind}"
    if stored.sha256(content) != sha256 or said != (one.kind.value, name, mime_type):
        yield Finding(kind, one.number)


def _of_figures(connection: Connection, one: StoredInvoice, record: Invoice) -> Iterator[Finding]:
    said = {name: getattr(record, name) for name in _KEPT_AS_SAID} | {"customer_name": record.buyer.name}
    wrong = [name for name, value in said.items() if getattr(one, name) != value]
    if record.buyer.number not in audit.known_numbers(connection, one.customer_id):
        wrong.append("customer_id")
    if not audit.stored_when_issued(connection, one.id):
        wrong.append("issued_at")
    try:
        check_sums(record)
    except SumsDisagree:
        wrong.append("sums")
    if wrong:
        yield Finding(FindingKind.FIGURES, one.number, ", ".join(wrong))
    wanted = {line["position"]: line for line in stored.line_rows(one.id, record, {})}
    for line, listed in zip(wanted.values(), record.lines, strict=True):
        del line["session_id"]
        line["session_number"] = listed.session_number
    found = {line["position"]: line for line in audit.lines(connection, one.id)}
    positions = sorted(place for place in wanted | found if wanted.get(place) != found.get(place))
    if positions:
        yield Finding(FindingKind.LINES, one.number, ", ".join(map(str, positions)))


def _of_papers(
    judge: Judge, one: StoredInvoice, record: Invoice, pdf: bytes | None, xml: bytes | None
) -> Iterator[Finding]:
    try:
        if xml is not None:
            for said in rules_broken(xml, record, judge):
                yield Finding(FindingKind.XML_RULES, one.number, said)
            for said in differences(xml, record):
                yield Finding(FindingKind.XML_FIGURES, one.number, said)
    except ValueError as error:
        yield Finding(FindingKind.XML_FIGURES, one.number, str(error))
    try:
        if pdf is not None:
            for said in misprints(pdf, record, xml):
                yield Finding(FindingKind.PDF_FIGURES, one.number, said)
    except ValueError as error:
        yield Finding(FindingKind.PDF_FIGURES, one.number, str(error))


def _of_sessions(connection: Connection) -> Iterator[Finding]:
    for session, number in audit.strays(connection):
        yield Finding(FindingKind.SESSION_STRAY, number, session)
    for session, number in audit.unlocked(connection):
        yield Finding(FindingKind.SESSION_UNLOCKED, number, session)


def _gaps(connection: Connection) -> Iterator[Finding]:
    """Yield the numbers of ranges that no document has; first those whose documents a copy replaced.

    Documents whose number another format made fill their range too: gaps are looked for by count first.
    """
    settings = house_on(connection).invoice
    held: list[tuple[str, str, int]] = list(audit.numbers(connection))
    replaced = [
        one for one in replaced_numbers(connection) if not stored.number_exists(connection, one.number)
    ]
    for one in replaced:
        yield Finding(FindingKind.REPLACED, one.number, local_day(one.at).isoformat())
    held += [(one.number, one.kind, one.year) for one in replaced]
    known = {number for number, _kind, _year in held}
    for kind in (NumberKind.INVOICE, NumberKind.CANCELLATION):
        pattern = format_of(settings, kind)
        counted = dict(audit.ranges(connection, kind.value))
        for _number, whose, day in held:
            if whose == kind.value:
                counted.setdefault(range_year(pattern, date(max(day, 1), 1, 1)), 0)
        for year, last in sorted(counted.items()):
            yield from _behind(pattern, year, last, known)
            mine = sum(1 for _number, whose, day in held if whose == kind.value and year in (0, day))
            if mine >= last:
                continue
            given = (filled(pattern, year, count) for count in range(1, last + 1))
            missing = (number for number in given if number not in known)
            for number in islice(missing, min(last - mine, _GAPS_SHOWN)):
                yield Finding(FindingKind.GAP, number)


def _behind(pattern: str, year: int, last: int, known: set[str]) -> Iterator[Finding]:
    """Yield the newest document of a range whose number lies beyond what the range has counted."""
    beyond = (filled(pattern, year, count) for count in range(last + len(known) + 1, last, -1))
    number = next((one for one in beyond if one in known), None)
    if number is not None:
        yield Finding(FindingKind.BEHIND, number, str(last))

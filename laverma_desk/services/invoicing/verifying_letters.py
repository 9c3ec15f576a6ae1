"""Hold a payment reminder against its record, its paper, and the invoices that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from laverma_desk import text
from laverma_desk.domain.invoice_record import dump, load, seal_of
from laverma_desk.domain.reminder import Reminder, ReminderLine
from laverma_desk.file_names import invoice_file_name
from laverma_desk.services.invoicing.findings import Finding, FindingKind
from laverma_desk.storage import invoice_audit, letter_audit
from laverma_desk.storage.database import Connection
from laverma_desk.storage.invoice_audit import Paper
from laverma_desk.storage.invoices import sha256
from laverma_desk.storage.letter_audit import Named

_NO_RECORD = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_KEPT_AS_SAID = ("number", "level", "issued_on", "counted_until", "due_on", "open_cents", "interest_cents")
_LAST_LATIN, _TYPOGRAPHY = "\u017f", frozenset("„“”‚‘’–…€§")
_AMOUNT = re.compile(r"[\d.,]+")
_Phrase = tuple[str, ...]
"""Words that stand together; a page is read without the blanks between them."""


def letter_wrong(connection: Connection, row: int, number: str) -> Iterator[Finding]:
    """Yield what is not as it was issued. A letter whose words were erased is not asked for them."""
    kept = letter_audit.letter(connection, row)
    if kept is None:
        yield Finding(FindingKind.ROW, number)
    elif kept["record"] != "":
        yield from dict.fromkeys(_of_letter(connection, kept))
    elif letter_audit.speaks_of_kept_invoices(connection, row):
        yield Finding(FindingKind.RECORD, number)


def _of_letter(connection: Connection, kept: dict[str, Any]) -> Iterator[Finding]:
    number = str(kept["number"])
    try:
        record = load(Reminder, kept["record"])
        intact = dump(record) == kept["record"]
        figures = _wrong_figures(connection, kept, record)
        positions = _wrong_lines(record, letter_audit.named(connection, kept["id"]))
        phrases = list(_phrases(record))
    except _NO_RECORD:
        yield Finding(FindingKind.RECORD, number)
        return
    if not intact:
        yield Finding(FindingKind.RECORD, number)
    if figures:
        yield Finding(FindingKind.FIGURES, number, ", ".join(figures))
    if positions:
        yield Finding(FindingKind.LINES, number, ", ".join(map(str, positions)))
    yield from _of_paper(connection, kept, phrases)


def _wrong_figures(connection: Connection, kept: dict[str, Any], record: Reminder) -> list[str]:
    wrong = [name for name in _KEPT_AS_SAID if kept[name] != getattr(record, name)]
    if kept["fee_cents"] != record.fee_cents + record.lump_cents:
        wrong.append("fee_cents")
    if record.buyer.number not in invoice_audit.known_numbers(connection, kept["customer_id"]):
        wrong.append("customer_id")
    if (
        record.open_cents != sum(line.open_cents for line in record.lines)
        or record.interest_cents != sum(line.interest_cents for line in record.lines)
        or any(line.open_cents != line.gross_cents - line.paid_cents for line in record.lines)
    ):
        wrong.append("sums")
    return wrong


def _wrong_lines(record: Reminder, named: Sequence[Named] | None) -> list[int]:
    """Return the positions at which record, register and invoices do not say the same."""
    if named is None:
        return [line.position for line in record.lines]
    found = {one.number: one for one in named}
    wrong = [
        line.position
        for line in record.lines
        if found.get(line.number) != _as_named(line)
        or line.days_overdue != (record.issued_on - line.due_on).days
    ]
    missing = range(len(record.lines) + 1, len(named) + 1)
    return [*wrong, *missing]


def _as_named(line: ReminderLine) -> Named:
    return Named(line.number, line.issued_on, line.due_on, line.gross_cents, line.open_cents)


def _of_paper(connection: Connection, kept: dict[str, Any], phrases: Sequence[_Phrase]) -> Iterator[Finding]:
    """Yield what is wrong with a letter's PDF, on which all of the phrases must stand."""
    from laverma_desk.documents.reminder_reading import (  # noqa: PLC0415 (slow to import)
        UnreadableLetter,
        printed_letter,
    )

    number = str(kept["number"])
    paper = invoice_audit.paper(connection, kept["pdf_id"])
    pdf = invoice_audit.content(connection, kept["pdf_id"])
    if paper is None or pdf is None:
        yield Finding(FindingKind.DOCUMENT_MISSING, number, FindingKind.PDF.name)
        return
    if paper != Paper(
        "reminder",
        invoice_file_name(number, ".pdf"),
        "application/pdf",
        sha256(pdf),
        kept["created_at"],
    ):
        yield Finding(FindingKind.PDF, number)
    try:
        printed = printed_letter(pdf)
    except UnreadableLetter:
        yield Finding(FindingKind.PDF, number)
        return
    if printed.seal not in ("", seal_of(kept["record"])):
        yield Finding(FindingKind.RECORD, number)
    pages = printed.pages
    unsaid = [" ".join(one) for one in phrases if not _stands(one, "".join(pages), len(pages))]
    if unsaid:
        yield Finding(FindingKind.PDF_FIGURES, number, "; ".join(unsaid))


def _phrases(record: Reminder) -> Iterator[_Phrase]:
    """Yield what must stand on the paper."""
    from laverma_desk.documents.din_address import address_lines  # noqa: PLC0415 (see `_of_paper`)

    tongue, said = record.language, record.texts
    yield (record.number,)
    yield (_amount(record.total_cents, tongue),)
    for line in record.lines:
        yield tuple(line.number.split())
        yield (_amount(line.gross_cents, tongue),)
    sentences = [said.salutation, said.title, said.opening, said.request, said.closing, record.supporter_name]
    sentences += address_lines(record.buyer, tongue, record.company.country, attention=False)
    sentences.append(text.iban(record.company.iban))
    for sentence in sentences:
        for said_at_once in sentence.splitlines():
            words = tuple(said_at_once.split())
            if all(map(_is_plain, words)):
                yield words
            else:
                # A line with letters from right to left turns signs round.
                yield from ((word,) for word in words if word.isalnum() and _is_plain(word))


def _stands(phrase: _Phrase, printed: str, pieces: int) -> bool:
    """Return whether a phrase stands on pages, all of it together: only the end of a page parts it."""
    for cut in range(len(phrase), 0, -1):
        if "".join(phrase[:cut]) in printed:
            return cut == len(phrase) or (pieces > 1 and _stands(phrase[cut:], printed, pieces - 1))
    return not phrase


def _amount(cents: int, tongue: str) -> str:
    """Return the digits of an amount with their marks: where the sign of the currency stands may change."""
    found = _AMOUNT.search(text.money(cents, tongue))
    return found[0] if found else ""


def _is_plain(word: str) -> bool:
    """Return whether every font has a word's letters: of others a page may show something else."""
    return all(one.isascii() or one in _TYPOGRAPHY or (one.isalpha() and one <= _LAST_LATIN) for one in word)

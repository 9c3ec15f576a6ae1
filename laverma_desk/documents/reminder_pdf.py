"""The payment reminder on paper: what is open, what it comes to, how to pay it, however many invoices."""

from __future__ import annotations

from datetime import UTC, datetime, time
from itertools import accumulate

from laverma_desk import text
from laverma_desk.documents import din_letter as din
from laverma_desk.documents import reminder_words as words
from laverma_desk.documents.conformance import Metadata, finished, new_document
from laverma_desk.documents.din_address import address_lines
from laverma_desk.documents.din_letter import LEFT, RIGHT, TEXT, WIDTH, DinLetter
from laverma_desk.documents.din_payment import Below, Payment, Remark, below_height, set_below
from laverma_desk.documents.din_table import CELL, CELL_BOLD, Carry, Column, Line, Row, set_table
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.giro_code import Transfer
from laverma_desk.documents.paper import Mark, paint, start_fonts
from laverma_desk.documents.typesetting import one_line, prepared, wrap
from laverma_desk.domain.invoice_record import dump, seal_of
from laverma_desk.domain.reminder import Reminder, ReminderLine
from laverma_desk.i18n import gettext_in

_COLUMNS_X = (LEFT, 122.5, 212.5, 376.0, 502.0, 574.0, 646.0, RIGHT)
_FIRST_RIGHT = 4
_NUMBER_ROOM = 84.0
_SERVICE_ROOM = 156.0
_ABOVE_TABLE = 22.0
_PARAGRAPH = TEXT.line
_WIDE_GAPS = (24.5, 17.0, 26.0)
"""Above the closing, above the greeting, above the enclosures."""
_TIGHT_GAPS = (10.0, 8.0, 8.0)
_BESIDE_SUMS = 4
_REQUEST_ROOM = 340.0
_SMALL = din.SMALL.muted()


def render_reminder(reminder: Reminder, *, preview: bool = False) -> bytes:
    """Return the letter as PDF/A-3B; the same record gives the same bytes, and its hash stands in them.

    `preview` lays a word across the pages that says so. Raises OSError when a shipped font is missing.
    """
    about = Metadata(
        title=" ".join(part for part in (reminder.texts.title, reminder.number) if part),
        subject=reminder.buyer.name,
        author=reminder.company.name or reminder.supporter_name,
        language=reminder.language,
        created_at=datetime.combine(reminder.issued_on, time(12), UTC),
        seal="" if preview else seal_of(dump(reminder)),
    )
    pdf = new_document(about)
    start_fonts(pdf)
    for page in lay_out(reminder, preview=preview):
        paint(pdf, page)
    return finished(pdf, about)


def lay_out(reminder: Reminder, *, preview: bool = False) -> list[list[Mark]]:
    """Return the marks of every page in reading order."""
    letter = _letter(reminder, preview=preview)
    head, top = din.first_page(letter)
    flow = Flow(top, din.NEXT_TOP, din.text_bottom(letter))
    flow.add(head)
    flow.text(one_line(reminder.texts.title), din.TITLE, LEFT, WIDTH)
    flow.skip(din.BELOW_TITLE)
    flow.text(one_line(reminder.texts.salutation), TEXT, LEFT, WIDTH)
    _paragraphs(flow, reminder.texts.opening)
    flow.skip(_ABOVE_TABLE)
    below = _below(reminder)
    tail = below_height(below)
    _table(flow, reminder, tail)
    flow.keep(tail)
    set_below(flow, below)
    _explanation(flow, reminder)
    _end(flow, reminder)
    return din.dressed(letter, flow.pages)


def _letter(reminder: Reminder, *, preview: bool) -> DinLetter:
    company, buyer, tongue = reminder.company, reminder.buyer, reminder.language
    return DinLetter(
        company=company,
        language=tongue,
        address=address_lines(buyer, tongue, company.country, attention=False),
        facts=words.facts(reminder),
        running_title=" ".join(part for part in (reminder.texts.title, reminder.number) if part),
        watermark=gettext_in(tongue, "DRAFT") if preview else "",
        abroad=buyer.country != company.country,
    )


def _paragraphs(flow: Flow, said: str) -> None:
    for line in prepared(said).split("\n"):
        if line.strip():
            flow.text(line, TEXT, LEFT, WIDTH)
        else:
            flow.skip(_PARAGRAPH)


def _table(flow: Flow, reminder: Reminder, tail: float) -> None:
    columns = [
        Column(head, x, right=place >= _FIRST_RIGHT)
        for place, (head, x) in enumerate(zip(words.headings(reminder), _COLUMNS_X, strict=True))
    ]
    sums = accumulate(line.open_cents for line in reminder.lines)
    carry = Carry(words.carried(reminder), tuple(text.money(one, reminder.language) for one in sums))
    rows = [_row(reminder, line) for line in reminder.lines]
    set_table(flow, columns, rows, tail, carry)


def _row(reminder: Reminder, line: ReminderLine) -> Row:
    tongue = reminder.language
    number = [Line(one) for one in wrap(one_line(line.number), CELL, _NUMBER_ROOM)]
    service = one_line(line.service)
    return Row(
        (
            (Line(text.number(line.position, tongue)),),
            (*number, Line(words.invoice_date(reminder, line), CELL.muted())),
            tuple(Line(one, CELL, service) for one in wrap(service, CELL, _SERVICE_ROOM, at_most=3)),
            (Line(text.date(line.due_on, tongue)),),
            (Line(text.number(line.days_overdue, tongue)),),
            (Line(text.money(line.gross_cents, tongue)),),
            (Line(text.money(line.paid_cents, tongue)),),
            (Line(text.money(line.open_cents, tongue), CELL_BOLD),),
        )
    )


def _below(reminder: Reminder) -> Below:
    """Return sums, request and code. The first line of the request stands out, and so does the number."""
    said = words.interest(reminder)
    return Below(
        language=reminder.language,
        sums=words.sums(reminder),
        total=words.total(reminder),
        remarks=tuple(Remark(one, _SMALL) for one in said) if len(said) <= _BESIDE_SUMS else (),
        payment=_payment(reminder),
        closing=(),
    )


def _payment(reminder: Reminder) -> Payment:
    """Return what is to be paid and how; a draft has no code, so that nobody pays it."""
    company = reminder.company
    draft = gettext_in(reminder.language, "Draft")
    terms, *request = reminder.texts.request.split("\n")
    transfer = Transfer(
        holder=company.account_holder,
        iban=company.iban,
        bic=company.bic,
        cents=reminder.total_cents,
        purpose=reminder.number,
    )
    return Payment(
        terms=terms,
        request=" ".join(request),
        strong=reminder.number or draft,
        transfer=transfer if transfer.possible and reminder.number else None,
        stand_in=draft if transfer.possible and not reminder.number else "",
        room=_REQUEST_ROOM,
    )


def _explanation(flow: Flow, reminder: Reminder) -> None:
    """Set how the interest comes about below the payment, where it is too long to stand beside the sums."""
    said = words.interest(reminder)
    if len(said) <= _BESIDE_SUMS:
        return
    flow.skip(_PARAGRAPH)
    for paragraph in map(one_line, said):
        flow.text(paragraph, _SMALL, LEFT, WIDTH)


def _end(flow: Flow, reminder: Reminder) -> None:
    """Set closing, greeting and enclosures, in one piece; they move closer before they go to a new page."""
    closing = [
        line for one in prepared(reminder.texts.closing).split("\n") for line in wrap(one, TEXT, WIDTH)
    ]
    enclosures = wrap(one_line(words.enclosures(reminder)), TEXT, WIDTH)
    greeting = words.greeting(reminder)
    height = (len(closing) + len(greeting) + len(enclosures)) * TEXT.line
    flow.keep(height + sum(_TIGHT_GAPS))
    spare = min(1.0, (flow.room - height - sum(_TIGHT_GAPS)) / (sum(_WIDE_GAPS) - sum(_TIGHT_GAPS)))
    above, between, below = (
        tight + spare * (wide - tight) for tight, wide in zip(_TIGHT_GAPS, _WIDE_GAPS, strict=True)
    )
    flow.skip(above)
    _paragraphs(flow, reminder.texts.closing)
    flow.skip(between)
    for line in greeting:
        flow.text(one_line(line), TEXT, LEFT, WIDTH)
    flow.skip(below)
    for line in enclosures:
        flow.lines([line], TEXT, LEFT, line)

"""The session report on paper: page 1 as designed, and as many more as the notes need."""

from __future__ import annotations

from laverma_desk.documents import report_words as words
from laverma_desk.documents.conformance import Metadata
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.letter import Letter
from laverma_desk.documents.paper import (
    HAIRLINE,
    LEFT,
    RIGHT,
    ROW_LINE,
    WIDTH,
    Dot,
    Frame,
    Mark,
    Words,
    ending_at,
    hairline,
)
from laverma_desk.documents.titled_paper import BELOW_HEADING, HEADING, VALUE_X, drawn, opened, whole_pages
from laverma_desk.documents.typesetting import (
    BODY,
    BODY_BOLD,
    TEAL,
    Style,
    one_line,
    prepared,
    width,
    wrap,
)
from laverma_desk.domain.report import Report

_NOTE = Style(15, 24)
_SMALL_PRINT = Style(13, 20).muted()

_GAP = 40.0
_NOTE_X = 96.0
_ROW = 32.0
_BOX_PADDING = 11.0
_BOX_ROW = 28.0
_BOX_LEFT = LEFT + 17
_BOX_RIGHT = RIGHT - 17
_AMOUNT_ROOM = 130.0
_ABOVE_SMALL_PRINT = 20.75


def render_report(report: Report) -> bytes:
    """Return the report as PDF/A-3B; the same report gives the same bytes.

    Takes any text whatever its length and script. Raises OSError when a shipped font is missing.
    """
    about = Metadata(
        title=_letter(report).title,
        subject=words.subtitle(report),
        author=report.company.name or report.supporter_name,
        language=report.language,
        created_at=report.created_at,
    )
    return drawn(about, lay_out(report))


def lay_out(report: Report) -> list[list[Mark]]:
    """Return the marks of every page in reading order, running head and footer included."""
    letter = _letter(report)
    flow = opened(letter, words.title(report), one_line(words.subtitle(report)))
    flow.skip(32.5)
    for row in words.rows(report):
        _row(flow, row)
    _notes(flow, report)
    _billing(flow, report)
    return list(whole_pages(letter, flow.pages))


def _letter(report: Report) -> Letter:
    title = f"{words.title(report)} {report.number}"
    return Letter(report.company, report.language, title, words.reference(report))


def _row(flow: Flow, row: words.Row) -> None:
    style = BODY_BOLD if row.bold else BODY
    value = one_line(row.value)
    lines = wrap(value, style, RIGHT - VALUE_X)
    flow.keep(_ROW + (len(lines) - 1) * style.line)
    lead = (_ROW - style.line) / 2
    for place, line in enumerate(lines):
        first, last = place == 0, place == len(lines) - 1
        top = flow.take(style.line + (lead if first else 0) + (lead if last else 0)) + (lead if first else 0)
        baseline = top + style.baseline
        if first:
            flow.add([Words(LEFT, baseline, row.label, BODY.muted())])
        flow.add([Words(VALUE_X, baseline, line, style, value)])
        if last and row.remark:
            remark_x = VALUE_X + width(line, style) + 7
            flow.add([Words(remark_x, baseline, one_line(row.remark), BODY.muted())])
        if last:
            flow.add([hairline(flow.y - 1, ROW_LINE)])


def _notes(flow: Flow, report: Report) -> None:
    paragraphs = [(prepared(note.text).strip(), note.apart) for note in words.notes(report)]
    visible = [(paragraph, apart) for paragraph, apart in paragraphs if paragraph]
    if not visible:
        return
    flow.skip(_GAP)
    # A heading takes two lines of its text with it.
    flow.keep(HEADING.line + BELOW_HEADING + 2 * _NOTE.line)
    flow.text(words.notes_heading(report), HEADING, LEFT, WIDTH)
    flow.skip(BELOW_HEADING)
    for paragraph, apart in visible:
        lines = wrap(paragraph, _NOTE, RIGHT - _NOTE_X)
        if apart:
            flow.skip(_NOTE.line / 2)
        flow.keep(min(len(lines), 2) * _NOTE.line)
        flow.add([Dot(LEFT + 3, flow.y + 12, 3, TEAL)])
        flow.lines(lines, _NOTE, _NOTE_X, paragraph)


def _billing(flow: Flow, report: Report) -> None:
    """Set heading, box and small print; one page holds all three."""
    bill = words.billing(report)
    what = one_line(bill.net.what)
    net = wrap(what, BODY, _BOX_RIGHT - _BOX_LEFT - _AMOUNT_ROOM, at_most=6)
    box = 2 * _BOX_PADDING + 2 * _BOX_ROW + 5 + (len(net) - 1) * BODY.line + (_BOX_ROW if bill.vat else 0)
    small_print = [(one, wrap(one, _SMALL_PRINT, WIDTH)) for one in map(one_line, words.small_print(report))]
    below = _ABOVE_SMALL_PRINT + sum(len(lines) for _one, lines in small_print) * _SMALL_PRINT.line
    flow.skip(_GAP)
    flow.keep(HEADING.line + BELOW_HEADING + box + below)
    flow.text(words.billing_heading(report), HEADING, LEFT, WIDTH)
    flow.skip(BELOW_HEADING)

    top = flow.take(box)
    flow.add([Frame(LEFT, top, WIDTH, box, 8, HAIRLINE)])
    baseline = top + _BOX_PADDING + (_BOX_ROW - BODY.line) / 2 + BODY.baseline
    amount = ending_at(_BOX_RIGHT, baseline, bill.net.how_much, BODY)
    for line in net:
        flow.add([Words(_BOX_LEFT, baseline, line, BODY, what)])
        baseline += BODY.line
    flow.add([amount])
    baseline += _BOX_ROW - BODY.line
    if bill.vat:
        _amount(flow, baseline, bill.vat, BODY.muted())
        baseline += _BOX_ROW
    flow.add([hairline(top + box - _BOX_PADDING - _BOX_ROW - 3, left=_BOX_LEFT, right=_BOX_RIGHT)])
    _amount(flow, baseline + 5, bill.total, BODY_BOLD)

    flow.skip(_ABOVE_SMALL_PRINT)
    for paragraph, lines in small_print:
        flow.lines(lines, _SMALL_PRINT, LEFT, paragraph)


def _amount(flow: Flow, baseline: float, line: words.BillingLine, style: Style) -> None:
    flow.add(
        [
            Words(_BOX_LEFT, baseline, line.what, style),
            ending_at(_BOX_RIGHT, baseline, line.how_much, style),
        ]
    )

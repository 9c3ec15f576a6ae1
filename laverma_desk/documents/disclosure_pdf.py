"""The answer to a request for access on paper: every record in words, section after section."""

from __future__ import annotations

from collections.abc import Callable

from laverma_desk.documents.conformance import Metadata, finished, new_document
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.letter import (
    BELOW_RUNNING_HEAD,
    BOTTOM,
    Letter,
    footer,
    letterhead,
    running_head,
)
from laverma_desk.documents.paper import (
    LEFT,
    RIGHT,
    ROW_LINE,
    WIDTH,
    Mark,
    Words,
    hairline,
    paint,
    start_fonts,
)
from laverma_desk.documents.typesetting import Style, one_line, prepared, shortened, wrap
from laverma_desk.domain.disclosure import Disclosure, Entry, Section

Step = Callable[[float], None]
"""Told the share that is done, 0 to 1. What it raises ends the work, and no bytes come of it."""

_TITLE = Style(28, 32, Face.SEMI_BOLD)
_SUBTITLE = Style(16, 24).muted()
_HEADING = Style(16, 24, Face.SEMI_BOLD)
_ENTRY = Style(14, 20, Face.SEMI_BOLD)
_VALUE = Style(13, 19)
_SENTENCE = Style(13, 20).muted()

_BELOW_LETTERHEAD = 39.25
_GAP = 32.0
_BELOW_HEADING = 8.0
_BETWEEN = 14.0
_ABOVE_TITLE = 8.0
_VALUE_X = 240.0
_LABEL_ROOM = _VALUE_X - LEFT - 12
_TALLEST_WHOLE = 20
"""An entry of so many lines is never parted between two pages."""

_LAID_OUT = 0.4
"""The share of the work that is done once everything has its place."""


def render_disclosure(disclosure: Disclosure, step: Step) -> bytes:
    """Return the answer as PDF/A-3B; the same answer gives the same bytes.

    Takes any text whatever its length and script. Raises OSError when a shipped font is missing, and
    whatever `step` raises.
    """
    about = Metadata(
        title=f"{disclosure.title}, {disclosure.subtitle}",
        subject=disclosure.subtitle,
        author=disclosure.company.name,
        language=disclosure.language,
        created_at=disclosure.made_at,
    )
    letter = Letter(disclosure.company, disclosure.language, about.title, disclosure.reference)
    pages = _lay_out(disclosure, letter, step)
    pdf = new_document(about)
    start_fonts(pdf)
    count = len(pages)
    for number, page in enumerate(pages, start=1):
        step(_LAID_OUT + (1 - _LAID_OUT) * number / count)
        head = running_head(letter) if number > 1 else []
        paint(pdf, [*head, *page, *footer(letter, number, count)])
        page.clear()
    return finished(pdf, about)


def _lay_out(disclosure: Disclosure, letter: Letter, step: Step) -> list[list[Mark]]:
    head, below = letterhead(letter)
    flow = Flow(below + _BELOW_LETTERHEAD if head else below, BELOW_RUNNING_HEAD, BOTTOM)
    flow.add(head)
    flow.text(one_line(disclosure.title), _TITLE, LEFT, WIDTH)
    flow.skip(6.25)
    flow.text(one_line(disclosure.subtitle), _SUBTITLE, LEFT, WIDTH)
    total = sum(len(one.entries) for one in disclosure.sections) or 1
    done = 0
    for section in disclosure.sections:
        _heading(flow, section)
        for entry in section.entries:
            _entry(flow, entry)
            done += 1
            step(_LAID_OUT * done / total)
    return flow.pages


def _heading(flow: Flow, section: Section) -> None:
    """Set a heading; it takes the first lines of its section with it."""
    flow.skip(_GAP)
    flow.keep(_HEADING.line + _BELOW_HEADING + 4 * _VALUE.line)
    flow.text(one_line(section.heading), _HEADING, LEFT, WIDTH)
    flow.skip(_BELOW_HEADING)
    for paragraph in prepared(section.sentence).split("\n"):
        if paragraph.strip():
            flow.text(paragraph, _SENTENCE, LEFT, WIDTH)


def _entry(flow: Flow, entry: Entry) -> None:
    if entry.title:
        flow.skip(_BETWEEN)
        flow.keep(_ABOVE_TITLE + _ENTRY.line + _height(entry))
        if not flow.at_top:
            flow.add([hairline(flow.y - 1, ROW_LINE)])
            flow.y += _ABOVE_TITLE
        flow.text(one_line(entry.title), _ENTRY, LEFT, WIDTH)
    for label, value in entry.rows:
        _row(flow, one_line(label), prepared(value))


def _height(entry: Entry) -> float:
    """Return how much of an entry stays together: all of it, or of a long one its first lines."""
    lines = sum(
        len(wrap(paragraph, _VALUE, RIGHT - _VALUE_X)) or 1
        for _label, value in entry.rows
        for paragraph in prepared(value).split("\n")
    )
    return _VALUE.line * (lines if lines <= _TALLEST_WHOLE else 3)


def _row(flow: Flow, label: str, value: str) -> None:
    """Set a label and its value beside it; a value of several lines goes on below, over pages if need be."""
    first = True
    for paragraph in value.split("\n"):
        for line in wrap(paragraph, _VALUE, RIGHT - _VALUE_X) or [""]:
            baseline = flow.take(_VALUE.line) + _VALUE.baseline
            if first:
                style = _VALUE.muted()
                flow.add([Words(LEFT, baseline, shortened(label, style, _LABEL_ROOM), style)])
                first = False
            flow.add([Words(_VALUE_X, baseline, line, _VALUE, paragraph)])

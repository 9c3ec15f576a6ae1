"""The answer to a request for access on paper: every record in words, section after section."""

from __future__ import annotations

from laverma_desk.documents.conformance import Metadata
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.letter import Letter
from laverma_desk.documents.paper import (
    LEFT,
    RIGHT,
    ROW_LINE,
    WIDTH,
    Mark,
    Words,
    hairline,
)
from laverma_desk.documents.titled_paper import (
    BELOW_HEADING,
    HEADING,
    LAID_OUT,
    VALUE_X,
    Step,
    drawn_in_steps,
    opened,
)
from laverma_desk.documents.typesetting import Style, one_line, prepared, shortened, wrap
from laverma_desk.domain.disclosure import Disclosure, Entry, Section

_ENTRY = Style(14, 20, Face.SEMI_BOLD)
_VALUE = Style(13, 19)
_SENTENCE = Style(13, 20).muted()

_GAP = 32.0
_BETWEEN = 14.0
_ABOVE_TITLE = 8.0
_LABEL_ROOM = VALUE_X - LEFT - 12
_TALLEST_WHOLE = 20
"""An entry of so many lines is never parted between two pages."""


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
    return drawn_in_steps(about, letter, _lay_out(disclosure, letter, step), step)


def _lay_out(disclosure: Disclosure, letter: Letter, step: Step) -> list[list[Mark]]:
    flow = opened(letter, one_line(disclosure.title), one_line(disclosure.subtitle))
    total = sum(len(one.entries) for one in disclosure.sections) or 1
    done = 0
    for section in disclosure.sections:
        _heading(flow, section)
        for entry in section.entries:
            _entry(flow, entry)
            done += 1
            step(LAID_OUT * done / total)
    return flow.pages


def _heading(flow: Flow, section: Section) -> None:
    """Set a heading; its sentence and the first entry go with it, on a new page if need be."""
    sentence = [one for one in prepared(section.sentence).split("\n") if one.strip()]
    flow.skip(_GAP)
    flow.keep(
        HEADING.line
        + BELOW_HEADING
        + sum(len(wrap(one, _SENTENCE, WIDTH)) for one in sentence) * _SENTENCE.line
        + sum(_BETWEEN + _together(one) for one in section.entries[:1])
    )
    flow.text(one_line(section.heading), HEADING, LEFT, WIDTH)
    flow.skip(BELOW_HEADING)
    for paragraph in sentence:
        flow.text(paragraph, _SENTENCE, LEFT, WIDTH)


def _entry(flow: Flow, entry: Entry) -> None:
    if entry.title:
        flow.skip(_BETWEEN)
        flow.keep(_together(entry))
        if not flow.at_top:
            flow.add([hairline(flow.y - 1, ROW_LINE)])
            flow.y += _ABOVE_TITLE
        flow.text(one_line(entry.title), _ENTRY, LEFT, WIDTH)
    for label, value in entry.rows:
        _row(flow, one_line(label), prepared(value))


def _together(entry: Entry) -> float:
    """Return the height of an entry that stays in one piece: all of it, or of a long one its first lines."""
    lines = sum(
        len(wrap(paragraph, _VALUE, RIGHT - VALUE_X)) or 1
        for _label, value in entry.rows
        for paragraph in prepared(value).split("\n")
    )
    title = _ABOVE_TITLE + _ENTRY.line if entry.title else 0
    return title + _VALUE.line * (lines if lines <= _TALLEST_WHOLE else 3)


def _row(flow: Flow, label: str, value: str) -> None:
    """Set a label and its value beside it; a value of several lines goes on below, over pages if need be."""
    first = True
    for paragraph in value.split("\n"):
        for line in wrap(paragraph, _VALUE, RIGHT - VALUE_X) or [""]:
            baseline = flow.take(_VALUE.line) + _VALUE.baseline
            if first:
                style = _VALUE.muted()
                flow.add([Words(LEFT, baseline, shortened(label, style, _LABEL_ROOM), style)])
                first = False
            flow.add([Words(VALUE_X, baseline, line, _VALUE, paragraph)])

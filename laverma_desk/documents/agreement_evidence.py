"""The extract of the desk's records on paper: agreements first, then session after session, however many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from laverma_desk.documents import agreement_evidence_words as words
from laverma_desk.documents.agreement_evidence_words import Fact
from laverma_desk.documents.conformance import Metadata
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.letter import Letter
from laverma_desk.documents.paper import (
    LEFT,
    RIGHT,
    ROW_LINE,
    WIDTH,
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
from laverma_desk.documents.typesetting import Style, one_line, width, wrap
from laverma_desk.domain.evidence import Evidence, SessionRecord

_ITEM = Style(14, 20, Face.SEMI_BOLD)
_VALUE = Style(13, 19)
_LABEL = _VALUE.muted()
_TIGHT = Style(12, 19)
"""For a word that would not fit on a line: a SHA-256 that is broken cannot be compared."""
_SMALL_PRINT = Style(13, 20).muted()

_GAP = 32.0
_BELOW_LINE = 8.0
_BELOW_TITLE = 4.0
_ABOVE_ITEM = 14.0
_TALLEST_WHOLE = 480.0
"""An item up to this height is never parted between two pages."""


def render_evidence(evidence: Evidence, sessions: Iterable[SessionRecord], step: Step) -> bytes:
    """Return the extract as PDF/A-3B; the same records give the same bytes.

    `sessions` are taken one by one, in the order in which they come. Raises OSError when a shipped font is
    missing, and whatever `step` raises.
    """
    letter = Letter(evidence.company, evidence.language, _running_title(evidence), words.reference(evidence))
    about = Metadata(
        title=words.title(evidence),
        subject=words.subtitle(evidence),
        author=evidence.company.name or evidence.made_by,
        language=evidence.language,
        created_at=evidence.created_at,
    )
    return drawn_in_steps(about, letter, _lay_out(evidence, sessions, letter, step).pages, step)


def _running_title(evidence: Evidence) -> str:
    return f"{words.title(evidence)}, {words.subtitle(evidence)}"


def _lay_out(evidence: Evidence, sessions: Iterable[SessionRecord], letter: Letter, step: Step) -> Flow:
    flow = opened(letter, words.title(evidence), one_line(words.subtitle(evidence)))
    flow.skip(24)
    _set(flow, _rows(words.facts(evidence)))
    flow.skip(12)
    flow.text(one_line(words.purpose(evidence)), _SMALL_PRINT, LEFT, WIDTH)
    _agreements(flow, evidence)
    _sessions(flow, evidence, sessions, step)
    return flow


def _agreements(flow: Flow, evidence: Evidence) -> None:
    items = [
        _Item(
            words.agreement_title(one, evidence.language),
            _rows(words.agreement_facts(one, evidence.language)),
        )
        for one in evidence.agreements
    ]
    _heading(flow, words.agreements_heading(evidence), items[0].height if items else _VALUE.line)
    if not items:
        flow.text(words.no_agreement(evidence), _VALUE, LEFT, WIDTH)
    for item in items:
        _item(flow, item)


def _sessions(flow: Flow, evidence: Evidence, sessions: Iterable[SessionRecord], step: Step) -> None:
    tongue, place = evidence.language, 0
    for place, record in enumerate(sessions, start=1):
        item = _Item(words.session_title(record, tongue), _rows(words.session_facts(record, tongue)))
        if place == 1:
            _heading(flow, words.sessions_heading(evidence), item.height)
        _item(flow, item)
        step(LAID_OUT * min(1.0, place / max(evidence.sessions, 1)))
    if not place:
        _heading(flow, words.sessions_heading(evidence), _VALUE.line)
        flow.text(words.no_session(evidence), _VALUE, LEFT, WIDTH)


def _heading(flow: Flow, heading: str, first_item: float) -> None:
    """Set a heading on the page on which its first item begins."""
    flow.skip(_GAP)
    flow.keep(HEADING.line + BELOW_HEADING + _ABOVE_ITEM + first_item)
    flow.text(heading, HEADING, LEFT, WIDTH)
    flow.skip(BELOW_HEADING)


def _item(flow: Flow, item: _Item) -> None:
    flow.skip(_ABOVE_ITEM)
    flow.keep(item.height)
    if not flow.at_top:
        flow.add([hairline(flow.y - 1, ROW_LINE)])
        flow.y += _BELOW_LINE
    flow.text(one_line(item.title), _ITEM, LEFT, WIDTH)
    flow.skip(_BELOW_TITLE)
    _set(flow, item.rows)


@dataclass(frozen=True)
class _Row:
    """A line of a value, the first of a fact with its label."""

    label: str
    line: str
    paragraph: str
    style: Style


@dataclass(frozen=True)
class _Item:
    """An agreement or a session: its title and its lines."""

    title: str
    rows: list[_Row]

    @property
    def height(self) -> float:
        """Return how much of it stays on one page: all of it, or its beginning where it is very long."""
        whole = _BELOW_LINE + _ITEM.line + _BELOW_TITLE + len(self.rows) * _VALUE.line
        return whole if whole <= _TALLEST_WHOLE else whole - (len(self.rows) - 3) * _VALUE.line


def _rows(facts: Iterable[Fact]) -> list[_Row]:
    rows: list[_Row] = []
    for fact in facts:
        label = one_line(fact.label)
        for paragraph in map(one_line, fact.lines):
            one_word = " " not in paragraph and width(paragraph, _VALUE) > RIGHT - VALUE_X
            style = _TIGHT if one_word else _VALUE
            for line in wrap(paragraph, style, RIGHT - VALUE_X):
                rows.append(_Row(label, line, paragraph, style))
                label = ""
    return rows


def _set(flow: Flow, rows: Iterable[_Row]) -> None:
    for row in rows:
        baseline = flow.take(_VALUE.line) + _VALUE.baseline
        if row.label:
            flow.add([Words(LEFT, baseline, row.label, _LABEL)])
        flow.add([Words(VALUE_X, baseline, row.line, row.style, row.paragraph)])

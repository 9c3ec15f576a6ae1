"""The draft of the Verfahrensdokumentation on paper: German, with places to be filled in by hand."""

from __future__ import annotations

from itertools import groupby

from laverma_desk import text
from laverma_desk.documents.conformance import Metadata
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.letter import Letter
from laverma_desk.documents.paper import (
    HAIRLINE,
    LEFT,
    RIGHT,
    WIDTH,
    Frame,
    Mark,
    Stamp,
    Words,
    ending_at,
    hairline,
)
from laverma_desk.documents.procedures_general import LANGUAGE, general
from laverma_desk.documents.procedures_operation import operation, own_part
from laverma_desk.documents.procedures_parts import Blank, Block, Chapter, Fact, Paragraph, Section, Task
from laverma_desk.documents.procedures_system import system
from laverma_desk.documents.procedures_use import use
from laverma_desk.documents.titled_paper import HEADING, drawn, opened, whole_pages
from laverma_desk.documents.typesetting import MUTED, Style, one_line, prepared, wrap
from laverma_desk.domain.procedures import Procedures

TITLE = "Verfahrensdokumentation"
DRAFT = "Entwurf"

_SECTION = Style(14, 20, Face.SEMI_BOLD)
_TEXT = Style(13, 19)
_LABEL = Style(13, 19, colour=MUTED)
_STAMP = Style(150, 150, Face.SEMI_BOLD, "#EDF0F2")
_MIDDLE_X, _MIDDLE_Y = 397.0, 605.0
_DEGREES = 55

_VALUE_X = 300.0
_LABEL_ROOM = _VALUE_X - LEFT - 16
_VALUE_ROOM = RIGHT - _VALUE_X
_BLANK_LINE = 30.0
_BOX, _BOX_ROOM = 12.0, 26.0
_ABOVE_CHAPTER, _BELOW_CHAPTER = 36.0, 4.0
_ABOVE_SECTION, _BELOW_SECTION = 18.0, 4.0
_BETWEEN = 6.0
_TALLEST_RUN = 320.0
"""So much of a list stays in one piece."""

_ABOUT = (
    "Dieser Entwurf nach den GoBD (Rz 151 bis 153) ist aus der Einrichtung des Programms entstanden, wie "
    "sie am Tag seiner Erstellung war. Er beschreibt, was das Programm tut und wie es eingestellt ist. "
    "Was es nicht wissen kann, ist als leere Zeile zum Ausfüllen von Hand da; was nur das Haus regeln "
    "kann, steht im letzten Kapitel. Der Entwurf ersetzt keine Beratung und ist keine Bescheinigung: "
    "ordnungsmäßig wird eine Buchführung durch das, was das Haus tut."
)


def render_procedures(facts: Procedures) -> bytes:
    """Return the draft as PDF/A-3B; the same facts give the same bytes. Raises OSError without fonts."""
    day = text.date_time(facts.made_at, LANGUAGE)
    about = Metadata(
        title=f"{TITLE}, {DRAFT}",
        subject=f"{DRAFT} vom {day}",
        author=facts.company.name,
        language=LANGUAGE,
        created_at=facts.made_at,
    )
    letter = Letter(facts.company, LANGUAGE, f"{TITLE}, {DRAFT} vom {day}", f"{TITLE}, {DRAFT}")
    pages = _lay_out(facts, letter, f"{DRAFT} vom {day}, Laverma Desk {facts.version}")
    return drawn(about, ([_stamp(), *page] for page in whole_pages(letter, pages)))


def _stamp() -> Mark:
    """Return the word across the page, so light that it hides nothing."""
    return Stamp(_MIDDLE_X, _MIDDLE_Y, _DEGREES, DRAFT, _STAMP)


def _lay_out(facts: Procedures, letter: Letter, subtitle: str) -> list[list[Mark]]:
    chapters = (general(facts), use(facts), system(facts), operation(facts), own_part())
    flow = opened(letter, TITLE, one_line(subtitle))
    flow.skip(_ABOVE_SECTION)
    flow.text(prepared(_ABOUT), _TEXT, LEFT, WIDTH)
    flow.skip(_ABOVE_SECTION)
    listed = [_listed(flow, number, chapter.title) for number, chapter in enumerate(chapters, 1)]
    found = [_chapter(flow, number, chapter) for number, chapter in enumerate(chapters, 1)]
    # From the last on, each behind the title that it belongs to: the order of marks is that of reading.
    for (place, baseline), page in reversed(list(zip(listed, found, strict=True))):
        flow.pages[0].insert(place, ending_at(RIGHT, baseline, f"Seite {page}", _LABEL))
    return flow.pages


def _listed(flow: Flow, number: int, title: str) -> tuple[int, float]:
    """Set a line of the contents; return where its page belongs among the marks, and its baseline."""
    baseline = flow.take(_TEXT.line) + _TEXT.baseline
    flow.add([Words(LEFT, baseline, one_line(f"{number}  {title}"), _TEXT)])
    return len(flow.pages[0]), baseline


def _chapter(flow: Flow, number: int, chapter: Chapter) -> int:
    """Set a chapter and return the page on which it begins."""
    flow.skip(_ABOVE_CHAPTER)
    flow.keep(HEADING.line + _BELOW_CHAPTER + _BETWEEN + _begin(chapter.sections[0]))
    page = len(flow.pages)
    flow.text(one_line(f"{number}  {chapter.title}"), HEADING, LEFT, WIDTH)
    flow.skip(_BELOW_CHAPTER)
    for place, section in enumerate(chapter.sections, 1):
        _section(flow, f"{number}.{place}", section, first=place == 1)
    return page


def _section(flow: Flow, number: str, section: Section, *, first: bool) -> None:
    flow.skip(_BETWEEN if first else _ABOVE_SECTION)
    flow.keep(_begin(section))
    flow.text(one_line(f"{number}  {section.title}"), _SECTION, LEFT, WIDTH)
    flow.skip(_BELOW_SECTION)
    for kind, blocks in _runs(section):
        if not kind:
            flow.skip(_BETWEEN)
            flow.keep(_kept(blocks))
        for block in blocks:
            if kind:
                flow.skip(_BETWEEN)
                flow.keep(_height(block))
            _block(flow, block)


def _runs(section: Section) -> list[tuple[bool, list[Block]]]:
    """Return what follows each other of one kind; True: paragraphs."""
    return [
        (kind, list(run)) for kind, run in groupby(section.blocks, lambda one: isinstance(one, Paragraph))
    ]


def _kept(blocks: list[Block]) -> float:
    """Return how much of a list stays in one piece."""
    return min(_TALLEST_RUN, sum(map(_height, blocks)))


def _begin(section: Section) -> float:
    """Return the room of a heading and of what has to stand on its page: else it would stand alone."""
    paragraphs, blocks = _runs(section)[0]
    first = _height(blocks[0]) if paragraphs else _kept(blocks)
    return _SECTION.line + _BELOW_SECTION + _BETWEEN + first


def _height(block: Block) -> float:
    """Return how much room a block takes."""
    match block:
        case Paragraph():
            return len(wrap(prepared(block.text), _TEXT, WIDTH)) * _TEXT.line
        case Fact(value=value) if value:
            labels = wrap(one_line(block.label), _LABEL, _LABEL_ROOM)
            return max(len(labels), len(wrap(one_line(value), _TEXT, _VALUE_ROOM))) * _TEXT.line
        case Task():
            return len(wrap(prepared(block.text), _TEXT, WIDTH - _BOX_ROOM)) * _TEXT.line + _BETWEEN
        case Blank(lines=lines):
            return max(lines * _BLANK_LINE, _label_height(block.label))
    return max(_BLANK_LINE, _label_height(block.label))


def _label_height(label: str) -> float:
    return len(wrap(one_line(label), _LABEL, _LABEL_ROOM)) * _LABEL.line + _BETWEEN


def _block(flow: Flow, block: Block) -> None:
    match block:
        case Paragraph():
            flow.text(prepared(block.text), _TEXT, LEFT, WIDTH)
        case Fact(value=value) if value:
            _fact(flow, block, _height(block))
        case Fact():
            _blank(flow, Blank(block.label))
        case Blank():
            _blank(flow, block)
        case Task():
            _task(flow, block)


def _fact(flow: Flow, fact: Fact, height: float) -> None:
    top = flow.take(height)
    for x, words, style, room in (
        (LEFT, fact.label, _LABEL, _LABEL_ROOM),
        (_VALUE_X, fact.value, _TEXT, _VALUE_ROOM),
    ):
        lines = wrap(one_line(words), style, room)
        flow.add(
            Words(x, top + place * style.line + style.baseline, line, style)
            for place, line in enumerate(lines)
        )


def _blank(flow: Flow, blank: Blank) -> None:
    """Set a label and as many lines beside it as a hand needs, or as the label itself takes."""
    top = flow.take(_height(blank))
    flow.add(
        Words(LEFT, top + _BETWEEN + place * _LABEL.line + _LABEL.baseline, line, _LABEL)
        for place, line in enumerate(wrap(one_line(blank.label), _LABEL, _LABEL_ROOM))
    )
    flow.add(
        hairline(top + (place + 1) * _BLANK_LINE - _BETWEEN, HAIRLINE, left=_VALUE_X)
        for place in range(blank.lines)
    )


def _task(flow: Flow, task: Task) -> None:
    lines = wrap(prepared(task.text), _TEXT, WIDTH - _BOX_ROOM)
    top = flow.take(_height(task))
    flow.add([Frame(LEFT, top + (_TEXT.line - _BOX) / 2, _BOX, _BOX, 2, MUTED)])
    flow.add(
        Words(LEFT + _BOX_ROOM, top + place * _TEXT.line + _TEXT.baseline, line, _TEXT)
        for place, line in enumerate(lines)
    )

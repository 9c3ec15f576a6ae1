"""What stands below a letter's table: the sums at the right, words at the left, payment and GiroCode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laverma_desk.documents.din_letter import LEFT, RIGHT, TEXT, TEXT_BOLD
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.giro_code import Transfer, code_marks
from laverma_desk.documents.paper import HAIRLINE, Bar, Frame, Mark, Words, centred, ending_at
from laverma_desk.documents.typesetting import INK, Style, one_line, width, wrap
from laverma_desk.i18n import gettext_in

SUMS_LEFT = 446.0
_ABOVE_SUMS = 8.0
_SUM = Style(12, 20)
_TOTAL = Style(14, 20, Face.SEMI_BOLD)
_ABOVE_TOTAL = 9.0
_WORDS_ROOM = SUMS_LEFT - LEFT - 24
_BETWEEN_WORDS = 4.0
_ABOVE_PAYMENT = 28.0
_PAYMENT_ROOM = 320.0
_ABOVE_CLOSING = 29.7
_CODE = 96.0
_CODE_WORDS_RIGHT = RIGHT - _CODE - 12
_CODE_WORD = Style(11, 17).muted()
_CODE_HEADING = Style(11, 17, Face.SEMI_BOLD)


@dataclass(frozen=True)
class Sum:
    """A line of the sums: what, and how much."""

    what: str
    how_much: str


@dataclass(frozen=True)
class Remark:
    """A paragraph beside the sums."""

    text: str
    style: Style


@dataclass(frozen=True)
class Payment:
    """When and how to pay: a bold sentence, one in which `strong` is bold, and the code if there is one.

    `stand_in` is a word set where the code will be: a draft must not be paid. `room` is how wide the words
    beside a code may be, in px.
    """

    terms: str
    request: str
    strong: str
    transfer: Transfer | None
    stand_in: str = ""
    room: float = _PAYMENT_ROOM

    @property
    def has_code(self) -> bool:
        """Return whether a code stands beside the words, or the word that stands for one."""
        return bool(self.transfer or self.stand_in)


@dataclass(frozen=True)
class Below:
    """Everything that must stand below the last row of a table, on one page with it.

    `closing` are the last words, line by line; an empty one is an empty line.
    """

    language: str
    sums: tuple[Sum, ...]
    total: Sum
    remarks: tuple[Remark, ...]
    payment: Payment | None
    closing: tuple[str, ...]


def below_height(below: Below) -> float:
    """Return how much height it takes."""
    flow = Flow(0, 0, float("inf"))
    set_below(flow, below)
    return flow.y


def set_below(flow: Flow, below: Below) -> None:
    """Set sums and remarks beside each other, then payment and code, then the last words."""
    flow.y += _ABOVE_SUMS
    top = flow.y
    # The sums come first in reading order, in one piece: whoever reads the text back finds them together.
    flow.add(_sums(below.sums, below.total, top))
    flow.add(_remarks(below.remarks, top))
    flow.y = max(_remarks_end(below.remarks, top), top + len(below.sums) * _SUM.line + _ABOVE_TOTAL + 20)
    top = flow.y + _ABOVE_PAYMENT
    words_end = code_end = flow.y
    if below.payment:
        marks, words_end = _payment(below.payment, top)
        flow.add(marks)
        if below.payment.has_code:
            code_end = top + _CODE
            flow.add(_code(below.payment, below.language, top))
    flow.y = words_end + _ABOVE_CLOSING
    beside = code_end > flow.y
    room = _PAYMENT_ROOM if beside else RIGHT - LEFT
    lines = [line for part in below.closing for line in wrap(one_line(part), TEXT, room) or [""]]
    for line in lines:
        if line:
            flow.add([Words(LEFT, flow.y + TEXT.baseline, line, TEXT)])
        flow.y += TEXT.line
    flow.y = max(flow.y if lines else words_end, code_end)


def _sums(sums: Sequence[Sum], total: Sum, top: float) -> list[Mark]:
    marks: list[Mark] = []
    for one in sums:
        baseline = top + _SUM.baseline
        marks.append(Words(SUMS_LEFT, baseline, one_line(one.what), _SUM))
        marks.append(ending_at(RIGHT, baseline, one.how_much, _SUM))
        top += _SUM.line
    marks.append(Bar(SUMS_LEFT, top + 4, RIGHT - SUMS_LEFT, 1, INK))
    baseline = top + _ABOVE_TOTAL + _TOTAL.baseline
    marks.append(Words(SUMS_LEFT, baseline, one_line(total.what), _TOTAL))
    marks.append(ending_at(RIGHT, baseline, total.how_much, _TOTAL))
    return marks


def _remarks(remarks: Sequence[Remark], top: float) -> list[Mark]:
    marks: list[Mark] = []
    for remark in remarks:
        words = one_line(remark.text)
        for line in wrap(words, remark.style, _WORDS_ROOM):
            marks.append(Words(LEFT, top + remark.style.baseline, line, remark.style, words))
            top += remark.style.line
        top += _BETWEEN_WORDS
    return marks


def _remarks_end(remarks: Sequence[Remark], top: float) -> float:
    heights = (len(wrap(one_line(one.text), one.style, _WORDS_ROOM)) * one.style.line for one in remarks)
    return top + sum(heights) + max(0, len(remarks) - 1) * _BETWEEN_WORDS


def _payment(payment: Payment, top: float) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    room = payment.room if payment.has_code else RIGHT - LEFT
    for line in wrap(one_line(payment.terms), TEXT_BOLD, room):
        marks.append(Words(LEFT, top + TEXT.baseline, line, TEXT_BOLD))
        top += TEXT.line
    for pieces in _emphasised(one_line(payment.request), one_line(payment.strong), room):
        x = LEFT
        for words, style in pieces:
            marks.append(Words(x, top + TEXT.baseline, words, style))
            x += width(words, style)
        top += TEXT.line
    return marks, top


def _emphasised(sentence: str, strong: str, room: float) -> list[list[tuple[str, Style]]]:
    """Break a sentence into lines of pieces; where it says `strong`, that is bold and in one piece."""
    start, found, after = sentence.partition(strong) if strong else (sentence, "", "")
    words = [(word, TEXT) for word in start.split(" ") if word]
    if found:
        tail, _blank, after = after.partition(" ")
        # What follows without a blank, such as a full stop, stays with the bold word.
        words.append((found, TEXT_BOLD))
        words += [(tail, TEXT)] if tail else []
    glued = len(words) - 1 if found and words[-1][1] is TEXT else -1
    words += [(word, TEXT) for word in after.split(" ") if word]
    lines: list[list[tuple[str, Style]]] = []
    used = room
    for place, (word, style) in enumerate(words):
        blank = "" if place == glued else " "
        wide = width(blank + word, style)
        if used + wide > room or not lines:
            lines.append([(word, style)])
            used = width(word, style)
            continue
        used += wide
        before, face = lines[-1][-1]
        if face is style:
            lines[-1][-1] = (before + blank + word, style)
        else:
            lines[-1].append((blank + word, style))
    return lines


def _code(payment: Payment, language: str, top: float) -> list[Mark]:
    words = (
        (gettext_in(language, "Pay by GiroCode"), _CODE_HEADING),
        (gettext_in(language, "Scan it in your banking app,"), _CODE_WORD),
        (gettext_in(language, "it holds all details."), _CODE_WORD),
    )
    marks: list[Mark] = [
        ending_at(_CODE_WORDS_RIGHT, top + place * style.line + style.baseline, one, style)
        for place, (one, style) in enumerate(words)
    ]
    if payment.transfer:
        return [*marks, *code_marks(payment.transfer, RIGHT - _CODE, top, _CODE)]
    middle, baseline = RIGHT - _CODE / 2, top + (_CODE - _CODE_WORD.line) / 2 + _CODE_WORD.baseline
    frame = Frame(RIGHT - _CODE, top, _CODE, _CODE, 4, HAIRLINE)
    return [*marks, frame, centred(middle, baseline, payment.stand_in, _CODE_WORD)]

"""What every letter of the house wears: letterhead, running head of later pages, footer."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk import text
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.paper import (
    LEFT,
    RIGHT,
    WIDTH,
    Bar,
    Mark,
    Words,
    centred,
    ending_at,
    hairline,
)
from laverma_desk.documents.typesetting import SMALL, TEAL, Style, one_line, shortened, width, wrap
from laverma_desk.domain.company import Company
from laverma_desk.i18n import gettext_in

TOP = 64.0
BELOW_RUNNING_HEAD = 112.0
BOTTOM = 1032.0

_BRAND = Style(28, 32, Face.SEMI_BOLD, TEAL)
_SLOGAN = Style(13, 22).muted()
_FOOTER = Style(12, 16).muted()
_RULE_Y = 136.0
_GAP = 18.0
_BRAND_ROOM = 390.0
_ADDRESS_ROOM = 220.0
_FOOTER_Y = 1048.0
_FOOTER_LEFT_ROOM = 280.0
_FOOTER_PHONE_ROOM = 200.0


@dataclass(frozen=True)
class Letter:
    """A kind of document from a house: its sender, its language and how running head and footer call it.

    `title` and `reference` are plain text, for example "Remote support report" and "report S-2022-0214".
    """

    company: Company
    language: str
    title: str
    reference: str


def letterhead(letter: Letter) -> tuple[list[Mark], float]:
    """Return the marks at the top of the first page, and the y below them.

    Details that the house has not entered leave no gap; without any the page starts at the top.
    """
    company = letter.company
    marks: list[Mark] = []
    left = TOP
    for words, style in ((company.name, _BRAND), (company.slogan, _SLOGAN)):
        lines = wrap(one_line(words), style, _BRAND_ROOM, at_most=2)
        marks += [
            Words(LEFT, left + number * style.line + style.baseline, line, style)
            for number, line in enumerate(lines)
        ]
        left += len(lines) * style.line
    right = TOP
    town = " ".join(part for part in (company.postcode, company.city) if part)
    for words in (company.street, town, phone_line(letter)):
        for line in wrap(one_line(words), SMALL, _ADDRESS_ROOM, at_most=2):
            marks.append(ending_at(RIGHT, right + SMALL.baseline, line, SMALL))
            right += SMALL.line
    if not marks:
        return [], TOP
    rule = max(_RULE_Y, max(left, right) + _GAP)
    return [*marks, Bar(LEFT, rule, WIDTH, 2, TEAL)], rule + 2


def running_head(letter: Letter) -> list[Mark]:
    """Return the small line at the top of every page but the first."""
    words = shortened(one_line(letter.title), SMALL, WIDTH)
    return [Words(LEFT, TOP + SMALL.baseline, words, SMALL), hairline(TOP + 24)]


def footer(letter: Letter, page: int, pages: int) -> list[Mark]:
    """Return the foot of a page: sender and reference, phone, "Page 1 of 1", and the register line."""
    top = _FOOTER_Y + 12
    baseline = top + _FOOTER.baseline
    number = gettext_in(letter.language, "Page %(page)s of %(pages)s") % {
        "page": text.number(page, letter.language),
        "pages": text.number(pages, letter.language),
    }
    sender = ", ".join(filter(None, (_sender(letter), one_line(letter.reference))))
    sender = shortened(sender, _FOOTER, _FOOTER_LEFT_ROOM)
    phone = shortened(one_line(phone_line(letter)), _FOOTER, _FOOTER_PHONE_ROOM)
    marks: list[Mark] = [
        hairline(_FOOTER_Y),
        Words(LEFT, baseline, sender, _FOOTER),
        *([centred(_middle(sender, number, phone), baseline, phone, _FOOTER)] if phone else []),
        ending_at(RIGHT, baseline, number, _FOOTER),
    ]
    # The particulars that § 35a GmbHG and § 125a HGB ask of business letters, as the house typed them.
    register = wrap(one_line(letter.company.register), _FOOTER, WIDTH, at_most=2)
    marks += [
        Words(LEFT, baseline + (place + 1) * _FOOTER.line, line, _FOOTER)
        for place, line in enumerate(register)
    ]
    return marks


def phone_line(letter: Letter) -> str:
    """Return "Phone …" in the document's language, or nothing where no number is known."""
    if not letter.company.phone:
        return ""
    return gettext_in(letter.language, "Phone %(number)s") % {"number": text.phone(letter.company.phone)}


def _sender(letter: Letter) -> str:
    """Return the house's name, shortened so that the reference behind it stays whole."""
    room = _FOOTER_LEFT_ROOM - width(", " + one_line(letter.reference), _FOOTER)
    name = one_line(letter.company.name)
    return shortened(name, _FOOTER, room) if name and room > 0 else ""


def _middle(left: str, right: str, phone: str) -> float:
    """Return the middle for the phone: the three parts stand with equal gaps between them."""
    free = WIDTH - sum(width(one, _FOOTER) for one in (left, right, phone))
    return LEFT + width(left, _FOOTER) + free / 2 + width(phone, _FOOTER) / 2

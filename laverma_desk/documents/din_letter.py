"""The letter of DIN 5008 form B: where the address, the facts, the text and the foot stand on the sheet."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk import text
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.paper import HAIRLINE, Bar, Mark, Stamp, Words, hairline
from laverma_desk.documents.typesetting import TEAL, Style, one_line, shortened, width, wrap
from laverma_desk.domain.company import Company
from laverma_desk.i18n import gettext_in

MM = 96 / 25.4
LEFT = 25 * MM
RIGHT = 190 * MM
WIDTH = RIGHT - LEFT
TITLE_TOP = 371.3
NEXT_TOP = 112.0
"""Where the text begins on later pages, below the running head."""

TITLE = Style(18, 24, Face.SEMI_BOLD)
TEXT = Style(12, 17)
TEXT_BOLD = Style(12, 17, Face.SEMI_BOLD)
SMALL = Style(11, 15)
BELOW_TITLE = 12.7

_BRAND = Style(27.5, 32, Face.SEMI_BOLD, TEAL)
_SLOGAN = Style(13, 22).muted()
_TOP = 60.0
_HEAD_ROOM = 590.0
_GREY = "#818D95"
_RETURN = Style(10, 14).muted()
_RETURN_TOP = 217.0
_ADDRESS_TOP = 238.0
_ADDRESS_BOTTOM = 340.0
_ADDRESS_ROOM = 80 * MM
_ADDRESS_SIZES = (Style(13, 17), Style(11.5, 14.5), Style(10, 12.7), Style(9, 11.3))
"""What does not fit in six lines is set smaller: no name is cut short on an invoice (§ 14 Abs. 4 UStG)."""
FACTS_LEFT = 125 * MM
_FACTS_VALUE = 592.4
_FACTS_RIGHT = 200 * MM
FACTS_TOP = 50 * MM
_FACT = Style(12, 18)
_FACT_BOLD = Style(12, 18, Face.SEMI_BOLD)
_FACT_GAP = 18.0
_FOOT = Style(10, 14).muted()
_FOOT_COLUMNS = ((LEFT, 198.0), (304.5, 227.0), (543.5, RIGHT - 543.5))
_ABOVE_FOOT = 12.0
_TEXT_ABOVE_FOOT = 18.0
_RUNNING_TOP = 64.0
_WATERMARK = "#EDF0F2"


@dataclass(frozen=True)
class Fact:
    """A line of the block at the right: a label, and its value."""

    label: str
    value: str
    bold: bool = False


@dataclass(frozen=True)
class DinLetter:
    """One letter: who sends it, who gets it, and what is said about it at the right.

    `address` has up to six lines, the name first; `running_title` is set at the top of later pages;
    `watermark` is a word that lies across every page, behind the text. `abroad` adds the house's country.
    """

    company: Company
    language: str
    address: tuple[str, ...]
    facts: tuple[Fact, ...]
    running_title: str
    watermark: str = ""
    abroad: bool = False


def first_page(letter: DinLetter) -> tuple[list[Mark], float]:
    """Return letterhead, address and facts, and the y of the title below them."""
    address, left = _address(letter)
    facts, right = _facts(letter)
    marks = [*_letterhead(letter.company), *address, *facts]
    return marks, max(TITLE_TOP, left + _FACT_GAP, right + _FACT_GAP)


def dressed(letter: DinLetter, pages: list[list[Mark]]) -> list[list[Mark]]:
    """Return the pages with what stands on each: watermark, fold and hole marks, running head, foot."""
    return [
        [
            *_watermark(letter),
            *_edge_marks(number),
            *(_running_head(letter) if number > 1 else []),
            *page,
            *_foot(letter, number, len(pages)),
        ]
        for number, page in enumerate(pages, start=1)
    ]


def text_bottom(letter: DinLetter) -> float:
    """Return the end of the text on each page, which a tall foot moves up."""
    return _rule_y(_foot_lines(letter, 1, 1)) - _TEXT_ABOVE_FOOT


def _letterhead(company: Company) -> list[Mark]:
    marks: list[Mark] = []
    y = _TOP
    for words, style in ((company.name, _BRAND), (company.slogan, _SLOGAN)):
        for line in wrap(one_line(words), style, _HEAD_ROOM, at_most=2):
            marks.append(Words(LEFT, y + style.baseline, line, style))
            y += style.line
    return marks


def _address(letter: DinLetter) -> tuple[list[Mark], float]:
    company = letter.company
    town = f"{company.postcode} {company.city}".strip()
    sender = one_line(" · ".join(part for part in (company.name, company.street, town) if part))
    sender = shortened(sender, _RETURN, _ADDRESS_ROOM)
    marks: list[Mark] = []
    if sender:
        marks.append(Words(LEFT, _RETURN_TOP + _RETURN.baseline, sender, _RETURN))
        marks.append(Bar(LEFT, _RETURN_TOP + _RETURN.line, width(sender, _RETURN), 1, _GREY))
    for style in _ADDRESS_SIZES:
        lines = [line for part in letter.address for line in wrap(one_line(part), style, _ADDRESS_ROOM)]
        if len(lines) * style.line <= _ADDRESS_BOTTOM - _ADDRESS_TOP:
            break
    y = _ADDRESS_TOP
    for line in lines:
        marks.append(Words(LEFT, y + style.baseline, line, style))
        y += style.line
    return marks, y


def _facts(letter: DinLetter) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    y = FACTS_TOP
    for fact in letter.facts:
        style = _FACT_BOLD if fact.bold else _FACT
        marks.append(Words(FACTS_LEFT, y + _FACT.baseline, one_line(fact.label), _FACT.muted()))
        for line in wrap(one_line(fact.value), style, _FACTS_RIGHT - _FACTS_VALUE, at_most=3):
            marks.append(Words(_FACTS_VALUE, y + style.baseline, line, style))
            y += style.line
    return marks, y


def _watermark(letter: DinLetter) -> list[Mark]:
    """Return the word across the page: so light that it hides nothing, without any transparency."""
    if not letter.watermark:
        return []
    return [Stamp(105 * MM, 160 * MM, 55, letter.watermark, Style(150, 150, Face.SEMI_BOLD, _WATERMARK))]


def _edge_marks(page: int) -> list[Mark]:
    """Return the marks for folding on the first page, and for punching on each."""
    folds: list[Mark] = [Bar(0, place * MM, 7 * MM, 1, _GREY) for place in (105, 210)] if page == 1 else []
    return [*folds, Bar(0, 148.5 * MM, 10 * MM, 1, _GREY)]


def _running_head(letter: DinLetter) -> list[Mark]:
    style = SMALL.muted()
    words = shortened(one_line(letter.running_title), style, WIDTH)
    rule = hairline(_RUNNING_TOP + 24, left=LEFT, right=RIGHT)
    return [Words(LEFT, _RUNNING_TOP + style.baseline, words, style), rule]


def _foot(letter: DinLetter, page: int, pages: int) -> list[Mark]:
    columns, register = _foot_lines(letter, page, pages)
    rule = _rule_y((columns, register))
    marks: list[Mark] = [Bar(LEFT, rule, WIDTH, 1, HAIRLINE)]
    top = rule + 1 + _ABOVE_FOOT - (_FOOT.line - _FOOT.px) / 2 - 1
    for (x, _room), lines in zip(_FOOT_COLUMNS, columns, strict=True):
        marks += [
            Words(x, top + place * _FOOT.line + _FOOT.baseline, line, _FOOT)
            for place, line in enumerate(lines)
        ]
    top += max(map(len, columns)) * _FOOT.line
    for place, line in enumerate(register):
        marks.append(Words(LEFT, top + place * _FOOT.line + _FOOT.baseline, line, _FOOT))
    return marks


def _tax_office(name: str, language: str) -> str:
    """Return the tax office with the word before its town, unless the house typed it already."""
    if not name or "amt" in name.lower():
        return name
    return gettext_in(language, "Tax office %(name)s") % {"name": name}


def _rule_y(foot: tuple[list[list[str]], list[str]]) -> float:
    columns, register = foot
    count = max(4, *map(len, columns)) + len(register)
    return 1034 - (count - 4) * _FOOT.line


def _foot_lines(letter: DinLetter, page: int, pages: int) -> tuple[list[list[str]], list[str]]:
    """Return the columns (house, bank, tax and page) and the register's line, wrapped."""
    company, tongue = letter.company, letter.language

    def said(words: str, value: str) -> str:
        return words % {"number": value, "name": value} if value else ""

    country = text.country(company.country, tongue) if letter.abroad else ""
    town = f"{company.postcode} {company.city}".strip()
    phone = text.phone(company.phone) if company.phone else ""
    columns = (
        (
            company.name,
            ", ".join(part for part in (company.street, town, country) if part),
            said(gettext_in(tongue, "Phone %(number)s"), phone),
            company.email,
        ),
        (
            company.bank,
            said(gettext_in(tongue, "IBAN %(number)s"), text.iban(company.iban)),
            said(gettext_in(tongue, "BIC %(number)s"), company.bic),
            said(gettext_in(tongue, "Account holder %(name)s"), company.account_holder),
        ),
        (
            said(gettext_in(tongue, "VAT ID %(number)s"), company.vat_id),
            said(gettext_in(tongue, "Tax number %(number)s"), company.tax_number),
            _tax_office(company.tax_office, tongue),
            gettext_in(tongue, "Page %(page)s of %(pages)s")
            % {"page": text.number(page, tongue), "pages": text.number(pages, tongue)},
        ),
    )
    wrapped = [
        [line for part in column if part for line in wrap(one_line(part), _FOOT, room, at_most=3)]
        for column, (_x, room) in zip(columns, _FOOT_COLUMNS, strict=True)
    ]
    # The particulars that § 35a GmbHG and § 125a HGB ask of business letters, as the house typed them.
    return wrapped, wrap(one_line(company.register), _FOOT, WIDTH, at_most=2)

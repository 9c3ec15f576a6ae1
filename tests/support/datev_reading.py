"""Reads files in DATEV's format by the published description of it, and believes nothing.

Written from the description alone: the header's fields, the columns by number with the expression that each
has to match, and the rules between them. A file that breaks one of them is refused with row and column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_DAY = r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])20\d\d"
_ISO = r"20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"


def text(longest, characters="."):
    """Return the expression of a text: always in quotation marks, at most so many characters."""
    return rf'"{characters}{{0,{longest}}}"'


HEADER = (
    ("Kennzeichen", '"EXTF"'),
    ("Versionsnummer", "700"),
    ("Formatkategorie", "16|21"),
    ("Formatname", '"Buchungsstapel"|"Debitoren/Kreditoren"'),
    ("Formatversion", "5|9|13"),
    ("Erzeugt am", rf"{_ISO}([01]\d|2[0-3])([0-5]\d){{2}}\d{{3}}"),
    ("Importiert", ""),
    ("Herkunft", text(2, r"\w")),
    ("Exportiert von", text(25, r"[\w ]")),
    ("Importiert von", '""'),
    ("Beraternummer", r"\d{4,7}"),
    ("Mandantennummer", r"\d{1,5}"),
    ("WJ-Beginn", _ISO),
    ("Sachkontenlänge", "[4-8]"),
    ("Datum von", f"({_ISO})?"),
    ("Datum bis", f"({_ISO})?"),
    ("Bezeichnung", text(30, r"[\w./ -]")),
    ("Diktatkürzel", '"([A-Z]{2}){0,2}"'),
    ("Buchungstyp", "[12]?"),
    ("Rechnungslegungszweck", "(0|30|40|50|64)?"),
    ("Festschreibung", "[01]?"),
    ("WKZ", '"([A-Z]{3})?"'),
    ("Reserviert 23", ""),
    ("Derivatskennzeichen", '""'),
    ("Reserviert 25", ""),
    ("Reserviert 26", ""),
    ("Sachkontenrahmen", r'"(\d{2}){0,2}"'),
    ("ID der Branchenlösung", r"\d{0,4}"),
    ("Reserviert 29", ""),
    ("Reserviert 30", '""'),
    ("Anwendungsinformation", text(16)),
)

_ACCOUNT = r"(?!0+$)\d{1,9}"
_AMOUNT = r"(?!0+,00$)\d{1,10},\d{2}"
_SIGN = "[A-Za-z0-9$&%*+/-]"
_NUMBER = r"\d*"
_INFO = [text(20), text(210)]

# The expression of each of the 125 columns. Required is what its expression does not let be empty.
POSTING = [
    _AMOUNT, '"[SH]"', '"([A-Z]{3})?"', r"([1-9]\d{0,3},\d{2,6})?", f"({_AMOUNT})?", '"([A-Z]{3})?"',
    _ACCOUNT, _ACCOUNT, r'"(\d{1,4})?"', r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])", text(36, _SIGN),
    text(12, _SIGN), r"([1-9]\d{0,7},\d{2})?", text(60), "[01]?", text(9, r"\w"), r"(\d{3})?", r"(\d{2})?",
    "[01]?", text(210), *_INFO * 8, text(36, r"[\w ]"), text(36, r"[\w ]"), r"(\d{12},\d{4})?", text(15),
    r"(\d{2},\d{2})?", '"[IKPS]?"', r"\d{0,3}", _NUMBER, _NUMBER, _NUMBER, _NUMBER, *_INFO * 20, _NUMBER,
    r"(\d{1,8},\d{2})?", _NUMBER, text(10, r"\w"), r"(20\d\d)?", f"({_DAY})?", _NUMBER, text(30),
    '"([A-Z]{2})?"', _NUMBER, '"([A-Z]{2})?"', _NUMBER, r"(\d{1,2},\d{2})?", _NUMBER, '"([A-Z]{2})?"',
    text(36), f"({_DAY})?", text(35), "[01]?", text(76), r"(\d{4})?", text(11), text(20), f"({_DAY})?",
    text(30), _NUMBER, "[01]?", f"({_DAY})?", f"({_DAY})?", f"({_DAY})?", '"[01G]?"', r"(\d{1,2},\d{2})?",
    '"([A-Z]{2})?"', text(50), "[1-5]?", text(15), r"(\d{2},\d{2})?", f"({_ACCOUNT})?",
]  # fmt: skip

_MONEY = r"[\d.]*(,\d{2})?"
_BANK = [
    text(8), text(30), text(10), text(2), text(34), text(1), text(11), text(70), "[01]?", f"({_DAY})?",
    f"({_DAY})?",
]  # fmt: skip
_ADDRESS = [text(3), text(36), text(10), text(10, r"\d"), text(30), '"([A-Z]{2})?"', text(50), text(36)]
# The expression of each of the 254 columns of a debtor.
DEBTOR = [
    _ACCOUNT, text(50), text(50), text(30), text(30), text(50), '"[012]?"', text(15), '"([A-Z]{2})?"',
    text(13, "[A-Za-z0-9+*]"), text(30), text(25), text(15), text(14), *_ADDRESS, text(30), text(50),
    text(36), "[01]?", f"({_DAY})?", f"({_DAY})?", *[text(60), text(40)] * 6, *_BANK * 5,
    _NUMBER, text(100), text(50), text(15), text(20), _NUMBER, text(40), text(40), text(40),
    *[_NUMBER] * 3, *[_MONEY] * 13, *[_NUMBER] * 6, *[_MONEY] * 2, _NUMBER, *[_MONEY] * 3,
    text(1), text(1), _NUMBER, text(1), *[text(40)] * 15, text(30), *_ADDRESS, text(50), text(36),
    f"({_DAY})?", f"({_DAY})?", *_BANK * 5, text(15), "[01]?", *[text(35)] * 10,
    _NUMBER, *[f"({_DAY})?"] * 3, _NUMBER, *[_MONEY] * 3, _NUMBER, *[_MONEY] * 3, text(255), _NUMBER,
    _NUMBER, text(255), _NUMBER, text(255), *[_NUMBER] * 5,
]  # fmt: skip


class Refused(AssertionError):
    """A file that DATEV would not take."""


@dataclass(frozen=True)
class Read:
    """What a file says: the header's values by name, and each row's cells by the number of the column."""

    header: dict[str, str]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def day(self, name):
        """Return a day of the header."""
        return date.fromisoformat(self.header[name])


@dataclass(frozen=True)
class PostingRead:
    """A posting as a bookkeeper would take it: signed cents on `account`, the year from the header."""

    cents: int
    account: int
    contra: int
    key: str
    day: date
    field_1: str
    field_2: str
    text: str
    vat_id: str
    service_day: date | None
    tax_period: date | None
    due: date | None
    committed: bool


def read(content):
    """Return what stands in the bytes of a file. Raises Refused."""
    try:
        words = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Refused(error) from error
    lines = words.split("\r\n")
    _must(lines.pop() == "", "the last line has no end")
    _must(not any("\n" in line or "\r" in line for line in lines), "a line ends otherwise")
    _must(len(lines) >= 3, "there is no row")
    header = _checked(_cells(lines[0], 1), [rule for _name, rule in HEADER], 1)
    named = dict(zip((name for name, _rule in HEADER), header, strict=True))
    columns = _columns(named)
    headings = tuple(lines[1].split(";"))
    _must(len(headings) == len(columns) and all(headings), "headings")
    rows = tuple(
        tuple(_checked(_cells(line, place), columns, place)) for place, line in enumerate(lines[2:], 3)
    )
    _must(len(rows) <= 99_999, "more rows than a file may have")
    return Read(named, headings, rows)


def postings(content):
    """Return the postings of a file. Raises Refused, also where rows and header do not fit together."""
    found = read(content)
    _must(found.header["Formatkategorie"] == "21", "these are no postings")
    begin, first, last = (found.day(name) for name in ("WJ-Beginn", "Datum von", "Datum bis"))
    following = date(begin.year + 1, begin.month, begin.day)
    _must(begin <= first <= last < following, "the days lie in no fiscal year")
    _must(first.year == last.year, "the days lie in two calendar years")
    digits = int(found.header["Sachkontenlänge"])
    return [_posting(row, place, (first, last), digits) for place, row in enumerate(found.rows, 3)]


def debtors(content):
    """Return the cells of each debtor by number of the column, 1 to 254. Raises Refused."""
    found = read(content)
    _must(found.header["Formatkategorie"] == "16", "these are no debtors")
    digits = int(found.header["Sachkontenlänge"])
    accounts = [row[0] for row in found.rows]
    _must(len(set(accounts)) == len(accounts), "an account stands there twice")
    _must(all(len(one) == digits + 1 and one[0] in "123456" for one in accounts), "no debtor's account")
    return [dict(enumerate(row, 1)) for row in found.rows]


def _posting(row, place, days, digits):
    cell = dict(enumerate(row, 1))
    first, last = days
    try:
        day = date(first.year, int(cell[10][2:]), int(cell[10][:2]))
    except ValueError as error:
        raise Refused(place, 10, cell[10]) from error
    _must(first <= day <= last, (place, "the day lies outside of the file's"))
    sides = sorted(len(cell[one]) for one in (7, 8))
    _must(sides == [digits, digits + 1], (place, "one account is general, the other personal"))
    personal = cell[7] if len(cell[7]) > digits else cell[8]
    _must(personal[0] in "123456", (place, "no debtor's account"))
    _must(bool(cell[11]), (place, "without a number nothing is settled"))
    _must(bool(cell[115]) == bool(cell[116]), (place, "a day of service without a tax period"))
    cents = int(Decimal(cell[1].replace(",", ".")) * 100)
    return PostingRead(
        cents=cents if cell[2] == "S" else -cents,
        account=int(cell[7]),
        contra=int(cell[8]),
        key=cell[9],
        day=day,
        field_1=cell[11],
        field_2=cell[12],
        text=cell[14],
        vat_id=cell[40],
        service_day=_day_of(cell[115]),
        tax_period=_day_of(cell[116]),
        due=_day_of(cell[117]),
        committed=cell[114] == "1",
    )


def _day_of(cell):
    return date(int(cell[4:]), int(cell[2:4]), int(cell[:2])) if cell else None


def _columns(header):
    category, version = header["Formatkategorie"], header["Formatversion"]
    name = header["Formatname"]
    if category == "16":
        _must((name, version) == ("Debitoren/Kreditoren", "5"), "no version of debtors")
        return DEBTOR
    _must(name == "Buchungsstapel" and version in ("9", "13"), "no version of postings")
    _must(1001 <= int(header["Beraternummer"]) <= 9_999_999, "no adviser")
    _must(1 <= int(header["Mandantennummer"]) <= 99_999, "no client")
    return POSTING if version == "13" else POSTING[:120]


def _cells(line, place):
    """Return the fields of a line as they stand there, quotation marks and all."""
    cells = re.findall(r'(?:^|;)("(?:[^"]|"")*"|[^";]*)(?=;|$)', line)
    _must(";".join(cells) == line, (place, "quotation marks in the middle of a field"))
    return cells


def _checked(cells, rules, place):
    _must(len(cells) == len(rules), (place, f"{len(cells)} fields instead of {len(rules)}"))
    values = []
    for column, (cell, rule) in enumerate(zip(cells, rules, strict=True), 1):
        is_text = cell.startswith('"')
        _must(is_text == rule.startswith('"'), (place, column, "text or not", cell))
        value = cell[1:-1].replace('""', '"') if is_text else cell
        compared = f'"{value}"' if is_text else value
        _must(re.fullmatch(rule, compared) is not None, (place, column, cell))
        _must(all(ord(one) >= 32 for one in value), (place, column, "a sign that controls"))
        values.append(value)
    return values


def _must(holds, what):
    if not holds:
        raise Refused(what)

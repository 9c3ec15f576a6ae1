"""Address books as vCards (2.1, 3.0, 4.0): read card by card, each a row like that of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.services.importing.delimited import Row, encoding_of
from laverma_desk.services.importing.vcard_values import LEFT_OUT, card_row
from laverma_desk.services.problems import Problems

_LONGEST_CARD = 200_000
_PICTURES = re.compile(r"^([A-Za-z0-9-]+\.)?(PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_QUOTED = re.compile(r"QUOTED-PRINTABLE", re.IGNORECASE)
_WITHOUT_CHARSET = re.compile(r"^([^:\n]*QUOTED-PRINTABLE[^:\n]*):", re.IGNORECASE | re.MULTILINE)


@dataclass
class VcardFile:
    """A file of cards. Several cards of one organisation at one place are people of one customer."""

    file: Path
    encoding: str
    lines: int
    numbered: bool = False
    _ignored: dict[str, None] = field(default_factory=dict)

    @property
    def ignored(self) -> tuple[str, ...]:
        """Return the properties left out so far, such as NOTE: a customer has no place for them."""
        return tuple(self._ignored)

    def rows(self, problems: Problems) -> Iterator[Row]:
        """Yield a row for each card. Raises FILE_WITHOUT_CARDS, OutsideTrouble FILE_UNREADABLE."""
        empty = True
        for line, lines in _cards(self.file, self.encoding):
            empty = False
            card = None
            with problems.at("", line):
                card = _parsed(lines)
            if card is None:
                continue
            self._ignored |= dict.fromkeys(sorted(LEFT_OUT & {one.upper() for one in card.contents}))
            row = card_row(card, line)
            if row is not None:
                yield row
        if empty:
            raise RuleBroken(Rule.FILE_WITHOUT_CARDS, file=str(self.file))


def open_cards(file: Path) -> VcardFile:
    """Look at a file of cards. Raises RuleBroken FILE_NOT_TEXT, OutsideTrouble FILE_UNREADABLE."""
    encoding, lines = encoding_of(file)
    return VcardFile(file, encoding, lines)


def is_card_file(file: Path) -> bool:
    """Return whether a file is called like one of cards."""
    return file.suffix.casefold() in {".vcf", ".vcard"}


def _cards(file: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of each card, pictures left out, and where it begins."""
    begin, size, skipping = 0, 0, False
    card: list[str] = []
    try:
        with file.open(encoding=encoding) as reader:
            for number, raw in enumerate(reader, 1):
                line = raw.rstrip("\n")
                plain = line.strip().upper()
                if plain == "BEGIN:VCARD":
                    begin, size, skipping, card = number, 0, False, [line]
                    continue
                if not begin:
                    continue
                # A picture goes on in lines that are indented, or, in old cards, without any colon.
                skipping = bool(_PICTURES.match(line)) or (
                    skipping and (line[:1] in " \t" or ":" not in line)
                )
                size += 0 if skipping else len(line)
                if not skipping and size <= _LONGEST_CARD:
                    card.append(line)
                if plain == "END:VCARD":
                    yield begin, card
                    begin = 0
    except OSError as error:
        raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file)) from error
    if begin:
        yield begin, []


def _parsed(lines: list[str]) -> Any:
    """Return a card as vobject knows it. Raises ROW_UNREADABLE."""
    words = "\n".join(lines) + "\n"
    if not lines or lines[-1].strip().upper() != "END:VCARD":
        raise RuleBroken(Rule.ROW_UNREADABLE)
    try:
        return _read(words)
    except UnicodeError:
        words = _WITHOUT_CHARSET.sub(_with_charset, words)
    try:
        return _read(words)
    except UnicodeError as error:
        raise RuleBroken(Rule.ROW_UNREADABLE) from error


def _with_charset(found: re.Match[str]) -> str:
    named = "CHARSET" in found[1].upper()
    return found[0] if named else f"{found[1]};CHARSET=windows-1252:"


def _read(words: str) -> Any:
    import vobject  # noqa: PLC0415 (43 ms that no start should pay)
    from vobject.base import VObjectError  # noqa: PLC0415

    try:
        return vobject.readOne(words, allowQP=_QUOTED.search(words) is not None)
    except UnicodeError:
        raise
    except (VObjectError, ValueError, LookupError, AttributeError, TypeError, StopIteration) as error:
        raise RuleBroken(Rule.ROW_UNREADABLE) from error

"""The list of records in a JSON file, each with its line, as far as the file is whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from laverma_desk.remote.logs.decoding import Line, text_of

_LONGEST_RECORD = 16_384
_LIST = re.compile(r'"(records|list|data)"\s*:\s*\[')
_NEXT = re.compile(r"\}\s*,\s*(?=\{)")
_BLANK = re.compile(r"[\s,]*")


@dataclass(frozen=True)
class Record:
    """One record: its source with the line on which it begins; `fields` None where nobody can read it."""

    line: Line
    fields: dict[str, Any] | None


@dataclass(frozen=True)
class Records:
    """A list of records: `name` of the field in which it stands, "" for a bare list."""

    name: str
    records: tuple[Record, ...]


def is_json(content: bytes) -> bool:
    """Return whether a file begins as JSON does."""
    return text_of(content[:4096]).lstrip()[:1] in ("{", "[")


def records_of(content: bytes) -> Records:
    """Return the records of an answer of a Web API, or of several that were put into one file."""
    text = text_of(content)
    start = text.lstrip()
    if start.startswith("["):
        return Records("", tuple(record for record, _end in _records(text, text.index("[") + 1)))
    first = _LIST.search(text)
    if first is None:
        return Records("", ())
    records: list[Record] = []
    found: re.Match[str] | None = first
    while found is not None:
        # A list inside of a record is none of its own: the next one is looked for behind its end.
        place = found.end()
        for record, end in _records(text, place):
            records.append(record)
            place = end
        found = _LIST.search(text, place)
        while found is not None and found[1] != first[1]:
            found = _LIST.search(text, found.end())
    return Records(first[1], tuple(records))


def _records(text: str, place: int) -> Iterator[tuple[Record, int]]:
    """Yield what stands in a list, and where it ends."""
    decoder = json.JSONDecoder()
    number, counted = 1 + text.count("\n", 0, place), place
    while True:
        blank = _BLANK.match(text, place)
        place = blank.end() if blank else place
        if place >= len(text) or text[place] == "]":
            return
        number, counted = number + text.count("\n", counted, place), place
        try:
            # A piece of its own: an error counts the lines of all that it was given.
            value, length = decoder.raw_decode(text[place : place + _LONGEST_RECORD])
            end = place + length
        except (ValueError, RecursionError):
            following = _NEXT.search(text, place)
            end = following.start() + 1 if following else len(text)
            yield Record(Line(number, text[place:end].strip(), following is not None), None), end
        else:
            fields = value if isinstance(value, dict) else None
            yield Record(Line(number, text[place:end], whole=True), fields), end
        place = end

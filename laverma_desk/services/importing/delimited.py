"""Tables as text, the way spreadsheets write them: any usual encoding and delimiter, read as a stream."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.services.problems import Problems

DELIMITERS = (";", ",", "\t")
_CHUNK = 1 << 20
_LONGEST_FIELD = 1_000_000
_NAMED_COLUMNS = 20


@dataclass(frozen=True)
class Row:
    """One row with the line of the file in which it begins; each known column has a value, maybe "".

    What it says of `weak` columns only fills what nothing else has said.
    """

    line: int
    values: dict[str, str]
    weak: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """A file whose header line has been understood.

    `ignored` are the columns that nobody asked for, `lines` how many lines it has: at least one for each row.
    """

    file: Path
    encoding: str
    delimiter: str
    columns: tuple[str | None, ...]
    ignored: tuple[str, ...]
    lines: int

    def rows(self, problems: Problems) -> Iterator[Row]:
        """Yield the rows below the header, blank ones left out.

        A row that cannot be read is a problem of its line. Raises FILE_EMPTY where none is left,
        OutsideTrouble FILE_UNREADABLE.
        """
        empty = dict.fromkeys((name for name in self.columns if name is not None), "")
        records = read_records(self.file, self.encoding, self.delimiter, problems)
        next(records, None)  # the header
        blank = True
        for line, fields in records:
            blank = False
            if any(field.strip() for field in fields[len(self.columns) :]):
                problems.add(RuleBroken(Rule.ROW_TOO_LONG), "", line)
                continue
            stated = zip(self.columns, fields, strict=False)
            yield Row(line, empty | {name: field for name, field in stated if name is not None})
        if blank and not problems.count:
            raise RuleBroken(Rule.FILE_EMPTY, file=str(self.file))


def open_table(file: Path, known: Sequence[str], required: Iterable[str]) -> Table:
    """Look at a file's encoding, delimiter and header line.

    Names of columns are compared without regard to case. Raises RuleBroken FILE_EMPTY,
    FILE_NOT_TEXT (with `line`, where a NUL byte stands), FILE_COLUMN_MISSING, FILE_COLUMN_TWICE;
    OutsideTrouble FILE_UNREADABLE.
    """
    encoding, lines = encoding_of(file)
    header = first_line(file, encoding)
    names = {_plain(name): name for name in known}
    delimiter, fields = max(
        ((one, split_line(header, one)) for one in DELIMITERS),
        key=lambda pair: (sum(_plain(field) in names for field in pair[1]), len(pair[1])),
    )
    columns = tuple(names.get(_plain(field)) for field in fields)
    for name in known:
        if columns.count(name) > 1:
            raise RuleBroken(Rule.FILE_COLUMN_TWICE, column=name)
    for name in required:
        if name not in columns:
            found = ", ".join(" ".join(field.split()) for field in fields[:_NAMED_COLUMNS])
            raise RuleBroken(Rule.FILE_COLUMN_MISSING, column=name, found=found)
    ignored = [field for field, name in zip(fields, columns, strict=True) if name is None and field.strip()]
    return Table(
        file, encoding, delimiter, columns, tuple(" ".join(field.split()) for field in ignored), lines
    )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def split_line(line: str, delimiter: str) -> list[str]:
    """Return the fields of a line; one that nobody can part is one field."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return [line]


def encoding_of(file: Path) -> tuple[str, int]:
    """Return the encoding of a file and its number of lines.

    Raises RuleBroken FILE_NOT_TEXT, OutsideTrouble FILE_UNREADABLE.
    """
    try:
        if not file.is_file():
            raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file))
        return _tried_encoding(file)
    except OSError as error:
        raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file)) from error


def _tried_encoding(file: Path) -> tuple[str, int]:
    with file.open("rb") as reader:
        head = reader.read(4)
    if head.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8", "cp1252"]
    for candidate in candidates:
        try:
            return candidate, _scan(file, candidate)
        except UnicodeError:
            continue
    raise RuleBroken(Rule.FILE_NOT_TEXT, file=str(file))


def _scan(file: Path, encoding: str) -> int:
    """Read the whole file once and return its number of lines.

    Raises UnicodeError, RuleBroken FILE_NOT_TEXT at a NUL byte.
    """
    line = 1
    with file.open(encoding=encoding, newline="") as reader:
        while chunk := reader.read(_CHUNK):
            nul = chunk.find("\0")
            if nul >= 0:
                before = chunk.count("\n", 0, nul)
                raise RuleBroken(Rule.FILE_NOT_TEXT, file=str(file), line=line + before)
            line += chunk.count("\n")
    return line


def first_line(file: Path, encoding: str) -> str:
    """Return the first line that is not blank. Raises FILE_EMPTY, OutsideTrouble FILE_UNREADABLE."""
    try:
        with file.open(encoding=encoding, newline="") as reader:
            for line in reader:
                if line.strip():
                    return line
    except OSError as error:
        raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file)) from error
    raise RuleBroken(Rule.FILE_EMPTY, file=str(file))


def read_records(
    file: Path, encoding: str, delimiter: str, problems: Problems
) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank, the header too, with the line in which it begins."""
    csv.field_size_limit(_LONGEST_FIELD)
    line = 1
    try:
        with file.open(encoding=encoding, newline="") as reader:
            records = csv.reader(reader, delimiter=delimiter, strict=True)
            for fields in records:
                if any(field.strip() for field in fields):
                    yield line, fields
                line = records.line_num + 1
    except csv.Error:
        # Where a quotation mark is not closed nobody can tell any more where a row begins.
        problems.add(RuleBroken(Rule.ROW_UNREADABLE), "", line)
    except OSError as error:
        raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file)) from error

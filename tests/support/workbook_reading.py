"""Read what stands in an Excel file, without any library that would be lenient."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets_of(file: Path, *, shared: bool = False) -> dict[str, list[dict[str, str | float]]]:
    """Return for each sheet its rows: what stands under each letter, texts as text, numbers as numbers.

    A formula or a link would raise; a shared string too, unless the file is `shared`: one that was not
    streamed.
    """
    found = {}
    with zipfile.ZipFile(file) as book:
        assert book.testzip() is None
        strings = _shared(book) if shared else []
        names = [one.get("name", "") for one in _xml(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")]
        for place, name in enumerate(names, start=1):
            sheet = _xml(book.read(f"xl/worksheets/sheet{place}.xml"))
            assert not list(sheet.iter(f"{_MAIN}f"))
            assert not list(sheet.iter(f"{_MAIN}hyperlink"))
            found[name] = [_row(row, strings) for row in sheet.iter(f"{_MAIN}row")]
    return found


def frozen_rows(file: Path) -> int:
    """Return how many rows stay at the top of the first sheet."""
    with zipfile.ZipFile(file) as book:
        pane = next(_xml(book.read("xl/worksheets/sheet1.xml")).iter(f"{_MAIN}pane"))
    assert pane.get("state") == "frozen"
    return int(pane.get("ySplit", 0))


def number_formats(file: Path) -> set[str]:
    """Return how numbers are shown in a workbook."""
    with zipfile.ZipFile(file) as book:
        styles = _xml(book.read("xl/styles.xml"))
    return {one.get("formatCode", "") for one in styles.iter(f"{_MAIN}numFmt")}


def _xml(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 (a file that the test has made)


def _shared(book: zipfile.ZipFile) -> list[str]:
    items = _xml(book.read("xl/sharedStrings.xml")).iter(f"{_MAIN}si")
    return ["".join(one.text or "" for one in item.iter(f"{_MAIN}t")) for item in items]


def _row(row: ET.Element, strings: list[str]) -> dict[str, str | float]:
    cells: dict[str, str | float] = {}
    for cell in row.iter(f"{_MAIN}c"):
        letters = re.sub(r"\d", "", cell.get("r", ""))
        if cell.get("t") == "inlineStr":
            said = "".join(one.text or "" for one in cell.iter(f"{_MAIN}t"))
            cells[letters] = re.sub(r"_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), said)
        elif strings and cell.get("t") == "s":
            cells[letters] = strings[int(next(cell.iter(f"{_MAIN}v")).text or "")]
        else:
            assert cell.get("t") is None
            cells[letters] = float(next(cell.iter(f"{_MAIN}v")).text or "")
    return cells

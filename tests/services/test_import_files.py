"""Tables as spreadsheets write them: encodings, delimiters, quotes, and what is no table at all."""

from __future__ import annotations

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.services.importing.delimited import open_table
from laverma_desk.services.problems import SHOWN, FileRefused, Problems

KNOWN = ("Nummer", "Straße", "Notizen")
REQUIRED = ("Nummer",)


def _read(file):
    problems = Problems()
    rows = list(open_table(file, KNOWN, REQUIRED).rows(problems))
    problems.refuse_if_any()
    return rows


def _write(tmp_path, content, encoding="utf-8"):
    file = tmp_path / "tabelle.csv"
    file.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le-bom"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_usual_encoding_and_delimiter_is_recognised(tmp_path, encoding, delimiter):
    content = f"Nummer{delimiter}Straße\r\n7{delimiter}Grüne Gasse\r\n"
    if encoding == "utf-16-le-bom":
        file = _write(tmp_path, b"\xff\xfe" + content.encode("utf-16-le"))
    else:
        file = _write(tmp_path, content, encoding)
    (row,) = _read(file)
    assert row.values == {"Nummer": "7", "Straße": "Grüne Gasse"}
    assert row.line == 2


def test_the_header_decides_about_the_delimiter_even_with_commas_in_the_values(tmp_path):
    file = _write(tmp_path, 'STRASSE;  nummer ;Farbe,Form\n"Ring, 5; hinten";8;a,b,c\n')
    table = open_table(file, KNOWN, REQUIRED)
    (row,) = table.rows(Problems())
    assert row.values == {"Straße": "Ring, 5; hinten", "Nummer": "8"}
    assert table.ignored == ("Farbe,Form",)


def test_quotes_line_breaks_and_blank_rows_keep_the_line_numbers_of_the_file(tmp_path):
    file = _write(tmp_path, '\nNummer;Notizen\n1;"eins\nzwei ""drei"""\n;;\n\n2;vier;\n3\n')
    rows = _read(file)
    assert [(row.line, row.values["Notizen"]) for row in rows] == [
        (3, 'eins\nzwei "drei"'),
        (7, "vier"),
        (8, ""),
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_counts_as_one(tmp_path, ending):
    file = _write(tmp_path, ending.join(["Nummer", "1", "2"]))
    assert [row.line for row in _read(file)] == [2, 3]


@pytest.mark.parametrize(
    ("content", "rule", "expected"),
    [
        (b"", Rule.FILE_EMPTY, {}),
        (b" \n \n", Rule.FILE_EMPTY, {}),
        (b"Nummer\n\n", Rule.FILE_EMPTY, {}),
        (b"Name;Ort\n1;2\n", Rule.FILE_COLUMN_MISSING, {"column": "Nummer", "found": "Name, Ort"}),
        (b"Nummer;NUMMER\n1;2\n", Rule.FILE_COLUMN_TWICE, {"column": "Nummer"}),
        (b"Nummer\n1\n2\x00\n", Rule.FILE_NOT_TEXT, {"line": 3}),
        (b"PK\x03\x04\x14\x00\x06\x00\x08", Rule.FILE_NOT_TEXT, {"line": 1}),
        (b"Nummer\n\x81\x8d\n", Rule.FILE_NOT_TEXT, {}),
        ("Nummer\n1\n".encode("utf-16-le"), Rule.FILE_NOT_TEXT, {"line": 1}),
    ],
)
def test_what_is_no_such_table_is_refused_with_its_reason(tmp_path, content, rule, expected):
    with pytest.raises(RuleBroken) as caught:
        _read(_write(tmp_path, content))
    assert caught.value.code is rule
    assert expected.items() <= caught.value.parameters.items()


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        ("Nummer;Notizen\n1;a\n2;b;c\n", Rule.ROW_TOO_LONG, 3),
        ('Nummer;Notizen\n1;a\n2;"offen\n3;b\n', Rule.ROW_UNREADABLE, 3),
        ('Nummer;Notizen\n1;"a"b\n2;c\n', Rule.ROW_UNREADABLE, 2),
        (f'Nummer;Notizen\n1;"{"x" * 1_000_001}"\n', Rule.ROW_UNREADABLE, 2),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path, content, rule, line):
    with pytest.raises(FileRefused) as caught:
        _read(_write(tmp_path, content))
    (problem,) = caught.value.problems
    assert (problem.error.code, problem.line) == (rule, line)


def test_a_missing_file_and_a_folder_are_said_to_be_unreadable(tmp_path):
    for place in (tmp_path / "fehlt.csv", tmp_path):
        with pytest.raises(OutsideTrouble) as caught:
            open_table(place, KNOWN, REQUIRED)
        assert caught.value.code is Trouble.FILE_UNREADABLE


def test_a_hundred_problems_are_named_and_the_rest_is_counted(tmp_path):
    file = _write(tmp_path, "Nummer\n" + "1;zu viel\n" * 250)
    with pytest.raises(FileRefused) as caught:
        _read(file)
    assert len(caught.value.problems) == SHOWN
    assert caught.value.parameters["count"] == 250

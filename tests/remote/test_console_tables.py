"""Tables of consoles: delimiters, headings in two languages, times in several forms, own mappings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.connection import LineProblem, LogKind
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.log_table import TableField
from laverma_desk.remote.logs import instants, read_log, table_preview
from laverma_desk.remote.logs.collecting import LineUnreadable
from tests.remote.log_samples import ANYDESK_CSV, CONSOLE

WHEN = datetime(2024, 2, 20, 13, 10, 33, tzinfo=UTC)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_delimiter_and_encoding(delimiter, encoding):
    table = CONSOLE.replace("Drucker, ", "Drucker ").replace(";", delimiter)
    read = read_log(table.encode(encoding))
    assert read.kind is LogKind.TEAMVIEWER_CONSOLE
    assert [(one.partner_id, one.partner_name, one.note) for one in read.connections] == [
        ("1234567890", "PC Rezeption", 'Drucker "HP"'),
        ("1556208431", "Server", "Zwei Zeilen"),
    ]
    assert [(one.line_number, one.problem) for one in read.unreadable] == [(7, LineProblem.END_BEFORE_BEGIN)]


def test_the_preview_shows_headings_rows_and_the_guess():
    seen = table_preview(CONSOLE.encode())
    assert seen.headings == ("Benutzer", "Gerät", "TeamViewer ID", "Start", "Ende", "Dauer", "Notizen")
    assert seen.rows[0][:3] == ("Klaus Klassen", "PC Rezeption", "1 234 567 890")
    assert seen.mapping == {
        "Benutzer": "user",
        "Gerät": "partner_name",
        "TeamViewer ID": "partner_id",
        "Start": "begin",
        "Ende": "end",
        "Dauer": "duration",
        "Notizen": "note",
    }
    assert seen.missing == ()


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            "User;Computer;ID;Start (UTC);End (UTC);Duration (min);Notes",
            "user partner_name partner_id begin end duration note",
        ),
        (
            "Username;Device name;Device ID;Session start;Session end;Comment;Session ID",
            "user partner_name partner_id begin end note key",
        ),
        (
            "Techniker;Computername;Partner-ID;Von;Bis;Dauer;Bemerkung",
            "user partner_name partner_id begin end duration note",
        ),
        ("Name;ID;Begin;Duration in seconds", "partner_name partner_id begin duration"),
    ],
)
def test_headings_of_two_languages_are_known(headings, fields):
    names = headings.split(";")
    assert table_preview(f"{headings}\n{';' * (len(names) - 1)}x\n".encode()).mapping == dict(
        zip(names, fields.split(), strict=True)
    )


def test_anydesks_own_export_is_known_and_keeps_its_keys():
    read = read_log(ANYDESK_CSV.encode())
    (found,) = read.connections
    assert (read.kind, found.tool, found.key) == (LogKind.ANYDESK_CONSOLE, Tool.ANYDESK, "4711")
    assert (found.partner_id, found.local_user) == ("221436813", "klaus@ad")
    assert found.end - found.begin == timedelta(seconds=1328)


def test_a_foreign_table_is_read_by_what_the_user_assigns():
    table = "Kunde;Nummer;Anfang der Arbeit;Stunden\nA;1 234 567 890;20.02.2024 13:10:33;0:31\n"
    with pytest.raises(RuleBroken) as caught:
        read_log(table.encode(), LogKind.TEAMVIEWER_CONSOLE)
    assert caught.value.code is Rule.LOG_COLUMN_OPEN
    assert caught.value.parameters["missing"] == "partner_id, begin, end"
    mapping = {"nummer": "partner_id", "ANFANG der Arbeit": "begin", "Stunden": "duration"}
    (found,) = read_log(table.encode(), None, mapping).connections
    assert (found.begin, found.end) == (WHEN, WHEN + timedelta(minutes=31))


@pytest.mark.parametrize(
    "mapping",
    [{"Nix": "partner_id"}, {"TeamViewer ID": "number"}, {"TeamViewer ID": "begin", "Start": "begin"}],
)
def test_a_mapping_that_cannot_be(mapping):
    with pytest.raises(RuleBroken) as caught:
        read_log(CONSOLE.encode(), None, mapping)
    assert caught.value.code is Rule.MAPPING_INVALID


def test_what_only_looks_like_an_id_is_proposed_and_never_read_unseen():
    table = "Kunde;Nummer;Wann;Bis\nA;030 23125014;20.02.2024 13:10;20.02.2024 13:41\nB;;bald;\n"
    seen = table_preview(table.encode())
    assert seen.mapping == {"Nummer": "partner_id", "Wann": "begin", "Bis": "end"}
    with pytest.raises(RuleBroken) as caught:
        read_log(table.encode())
    assert caught.value.code is Rule.LOG_COLUMN_OPEN
    assert caught.value.parameters == {"missing": "partner_id, begin", "found": "Kunde, Nummer, Wann, Bis"}
    assert len(read_log(table.encode(), None, seen.mapping).connections) == 1


def test_nameless_and_equal_headings_can_be_told_apart():
    seen = table_preview(b"ID;Start;Ende;;Name;Name\n1;2;3;4;5;6\n")
    assert seen.headings == ("ID", "Start", "Ende", "#4", "Name", "Name (2)")
    assert len(set(seen.mapping.values())) == len(seen.mapping)


def test_a_quotation_mark_that_nobody_closes_spoils_its_own_line_alone():
    head, body = "ID;Start;Ende;Notiz", "1234567890;20.02.2024 13:10;20.02.2024 13:41;"
    lines = [head, body + '"offen', *(body.replace("13:10", f"13:{minute}") for minute in range(11, 31))]
    read = read_log("\n".join([*lines, ""]).encode())
    assert len(read.connections) == 20
    assert [(one.line_number, one.problem) for one in read.unreadable] == [(2, LineProblem.NOT_A_CONNECTION)]


def test_a_half_last_row_is_incomplete():
    table = CONSOLE[: CONSOLE.index(" 09:31:00")]
    read = read_log(table.encode())
    assert [(one.line_number, one.problem) for one in read.unreadable] == [(5, LineProblem.INCOMPLETE)]
    assert len(read.connections) == 1


def test_a_row_without_an_end_goes_on():
    table = "ID;Start;Ende\n1234567890;20.02.2024 13:10:33;\n"
    assert read_log(table.encode()).connections[0].end is None


def test_strokes_are_read_as_the_whole_column_has_them():
    table = "ID,Start,End\n1234567890,02/03/2024 1:10 PM,02/03/2024 1:20 PM\n"
    assert read_log(table.encode()).connections[0].begin == datetime(2024, 2, 3, 13, 10, tzinfo=UTC)
    table = "ID,Start,End\n1234567890,02/03/2024 13:10,02/03/2024 13:20\n"
    assert read_log(table.encode()).connections[0].begin == datetime(2024, 3, 2, 13, 10, tzinfo=UTC)


def test_a_heading_that_says_local_is_believed():
    table = "ID;Start (local);Ende (Ortszeit)\n1234567890;20.07.2024 15:10:33;20.07.2024 15:20:33\n"
    assert read_log(table.encode()).connections[0].begin.hour == 13


def test_a_list_of_words_is_no_table():
    with pytest.raises(RuleBroken) as caught:
        table_preview(b"one\ntwo\nthree\n")
    assert caught.value.code is Rule.LOG_UNKNOWN
    with pytest.raises(RuleBroken) as caught:
        table_preview(b"\n\n")
    assert caught.value.code is Rule.LOG_EMPTY


@pytest.mark.parametrize(
    "written",
    [
        "2024-02-20T13:10:33Z",
        "2024-02-20 13:10:33",
        "2024-02-20T14:10:33.123+01:00",
        "2024/02/20 13:10:33 UTC",
        "20.02.2024 13:10:33",
        "20.2.24, 13:10:33",
        "20-02-2024 13:10:33",
        "20/02/2024 1:10:33 PM",
        "20.02.2024 14:10:33 MEZ",
        "20.02.2024 14:10:33 Uhr +0100",
        "20. Februar 2024 13:10:33",
        "Dienstag, 20. Februar 2024 um 13:10:33 Uhr",
        "Feb 20, 2024 1:10:33 pm",
        "Tue, 20 Feb 2024 13:10:33 GMT",
        "1708434633",
        "1708434633000",
    ],
)
def test_a_time_in_the_forms_that_consoles_use(written):
    assert instants.from_cell(written) == WHEN


@pytest.mark.parametrize(
    "written",
    [
        "",
        "13:10",
        "20.02.2024",
        "30.02.2024 13:10",
        "20.02.2024 24:10",
        "20.02.2024 13:10 PM",
        "20.Xyz 2024 13:10",
        "20.02.2024 13:10 XYZ",
        "٢٠.02.2024 13:61",
        "0001-01-01 00:00 +23:59",
        "9999-12-31 23:59 -23:59",
        "x" * 500,
    ],
)
def test_what_is_no_time(written):
    with pytest.raises(LineUnreadable):
        instants.from_cell(written)


def test_the_hour_that_summer_time_leaves_out_is_none():
    with pytest.raises(LineUnreadable):
        instants.from_cell("31.03.2024 02:30", local=True)


@pytest.mark.parametrize(
    ("written", "unit", "seconds"),
    [
        ("0:12:22", None, 742),
        ("1.02:00:00", None, 93600),
        ("0:31", None, 1860),
        ("742", 1, 742),
        ("12,5", 60, 750),
        ("12 min 22 s", None, 742),
        ("1h 5m", None, 3900),
        ("2 Stunden 1 Minute", None, 7260),
    ],
)
def test_a_duration(written, unit, seconds):
    assert instants.duration(written, unit) == timedelta(seconds=seconds)


@pytest.mark.parametrize("written", ["742", "0:75", "bald", "", "-3 min", "9" * 90, "1e9"])
def test_what_is_no_duration(written):
    with pytest.raises(LineUnreadable):
        instants.duration(written, None)


@given(st.integers(631_238_400, 7_258_032_000))
def test_every_instant_comes_back_from_each_form(seconds):
    moment = datetime.fromtimestamp(seconds, UTC)
    for form in ("%Y-%m-%dT%H:%M:%SZ", "%d.%m.%Y %H:%M:%S", "%d-%m-%Y %H:%M:%S", "%d %b %Y %I:%M:%S %p"):
        assert instants.from_cell(moment.strftime(form)) == moment


@given(st.text(max_size=60))
def test_no_text_makes_a_cell_fail(written):
    for read in (instants.from_cell, lambda one: instants.duration(one, 60)):
        try:
            read(written)
        except LineUnreadable:
            continue


def test_each_field_can_be_told_by_some_word():
    assert {one.value for one in TableField} <= {
        field for table in (CONSOLE, ANYDESK_CSV) for field in table_preview(table.encode()).mapping.values()
    }


def test_a_mapping_says_that_it_is_a_table_whatever_its_rows_look_like():
    row = ["987654321", "A", "20-02-2024 13:10:33", "20-02-2024 13:20:33", "x", "y", "{z}"]
    table = "Nr\tOrt\tAnfang\tSchluss\ta\tb\tc\n" + "\t".join(row) + "\n"
    assert read_log(table.encode()).kind is LogKind.TEAMVIEWER_INCOMING
    read = read_log(table.encode(), None, {"Nr": "partner_id", "Anfang": "begin", "Schluss": "end"})
    assert read.kind is LogKind.TEAMVIEWER_CONSOLE
    assert [one.partner_id for one in read.connections] == ["987654321"]

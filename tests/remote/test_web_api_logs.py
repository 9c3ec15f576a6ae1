"""Saved answers of the Web APIs, whole, cut off and put together."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from laverma_desk.domain.connection import LineProblem, LogKind
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.remote.logs import read_log
from tests.remote.log_samples import ANYDESK_JSON, RUSTDESK_JSON, TEAMVIEWER_JSON


def test_teamviewers_report_with_fields_missing():
    read = read_log(TEAMVIEWER_JSON.encode())
    first, second = read.connections
    assert (first.key, first.partner_id, first.partner_name, first.local_user, first.line_number) == (
        "0755a8dd-df19-4ea7-af47-cabb6b2a97e4",
        "d111",
        "PC Rezeption",
        "Klaus",
        3,
    )
    assert second.begin == datetime(2024, 2, 4, 13, 10, 50, tzinfo=UTC)
    assert (second.partner_id, second.end, second.note) == ("s123-456-789", None, "Drucker")
    assert [(one.line_number, one.problem) for one in read.unreadable] == [(7, LineProblem.ID_MISSING)]
    assert read.lines == 3


def test_anydesks_sessions_name_the_side_that_was_reached():
    read = read_log(ANYDESK_JSON.encode("utf-8-sig"))
    assert read.kind is LogKind.ANYDESK_API
    assert [(one.key, one.partner_id, one.partner_name, one.local_user) for one in read.connections] == [
        ("4711", "221436813", "", "klaus@ad"),
        ("4712", "988319357", "praxis@ad", "111222333"),
    ]
    assert read.connections[0].end == datetime(2024, 2, 16, 20, 51, 12, tzinfo=UTC)
    assert read.connections[1].end is None


def test_rustdesks_audit_as_the_server_and_as_its_script_write_it():
    read = read_log(RUSTDESK_JSON.encode())
    assert [(one.tool, one.partner_id, one.purpose) for one in read.connections] == [
        (Tool.RUSTDESK, "365112998", "Remote Desktop"),
        (Tool.RUSTDESK, "365112998", "File Transfer"),
    ]
    # The script writes local time: the same instant as the seconds of the first.
    assert read.connections[0].begin == read.connections[1].begin


@pytest.mark.parametrize("cut", [20, 60, 120, 200])
def test_a_cut_off_answer_gives_what_is_whole(cut):
    read = read_log(TEAMVIEWER_JSON.encode()[:-cut])
    assert read.connections
    assert all(one.problem in LineProblem for one in read.unreadable)
    assert len(read.connections) + len(read.unreadable) == read.lines


def test_a_record_cut_in_two_is_incomplete():
    place = TEAMVIEWER_JSON.index('"notes"')
    read = read_log(TEAMVIEWER_JSON[:place].encode())
    assert [(one.line_number, one.problem) for one in read.unreadable] == [(5, LineProblem.INCOMPLETE)]


def test_a_broken_record_spoils_no_other():
    read = read_log(TEAMVIEWER_JSON.replace('"Klaus"', "Klaus").encode())
    assert [one.partner_id for one in read.connections] == ["s123-456-789"]
    assert [(one.line_number, one.problem) for one in read.unreadable] == [
        (3, LineProblem.NOT_A_CONNECTION),
        (7, LineProblem.ID_MISSING),
    ]


def test_several_answers_in_one_file_and_a_bare_list():
    other = TEAMVIEWER_JSON.replace("755a8dd", "855a8dd").replace("755A8DD", "855A8DD")
    assert len(read_log(f"{TEAMVIEWER_JSON}\n{other}".encode()).connections) == 4
    bare = TEAMVIEWER_JSON[TEAMVIEWER_JSON.index("[") : TEAMVIEWER_JSON.index("]") + 1]
    assert len(read_log(bare.encode()).connections) == 2


@pytest.mark.parametrize(
    "content",
    [
        '{"records": []}',
        '{"a": 1}',
        "{",
        "[" * 100_000,
        '{"records":' * 50_000,
        "[1, 2, 3]",
        '{"records": {}}',
    ],
)
def test_json_of_something_else_is_no_log(content):
    with pytest.raises(RuleBroken) as caught:
        read_log(content.encode())
    assert caught.value.code is Rule.LOG_UNKNOWN


@pytest.mark.parametrize("value", ["true", "NaN", "-Infinity", "1e999", "[]", '"gestern"', "9" * 400, "-5"])
def test_a_time_that_is_none(value):
    read = read_log(ANYDESK_JSON.replace("1708115344", value).encode())
    assert [(one.line_number, one.problem) for one in read.unreadable] == [(2, LineProblem.TIME_INVALID)]


def test_half_a_character_from_an_escape_never_reaches_the_store():
    read = read_log(TEAMVIEWER_JSON.replace("PC Rezeption", "PC\\ud800\\u0007").encode())
    assert read.connections[0].partner_name == "PC"

"""TeamViewer's own lists: what leaves this machine, and what comes to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from laverma_desk.domain.connection import LineProblem, LogKind
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.remote.logs import read_log
from tests.remote.log_samples import INCOMING, TEAMVIEWER_LOGFILE, outgoing, outgoing_line


def problems(read):
    return [(one.line_number, one.problem) for one in read.unreadable]


def test_a_line_is_a_connection_in_utc():
    (found,) = read_log(("\n" + outgoing_line() + "\n").encode()).connections
    assert found.key == "b35110b2-7dc5-4bb9-8d54-ca80953f65f8"
    assert found.partner_id == "1660360496"
    assert found.begin == datetime(2024, 2, 20, 13, 10, 33, tzinfo=UTC)
    assert found.end == datetime(2024, 2, 20, 13, 11, 52, tzinfo=UTC)
    assert (found.local_user, found.purpose, found.line_number) == ("Klaus Klassen", "RemoteControl", 2)
    assert found.raw == outgoing_line()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_encoding_and_end_of_line(encoding, end):
    written = outgoing_line(user="Jürgen Groß") + end + outgoing_line(user="Zoë", guid="{A}") + end
    read = read_log((end + written).encode(encoding))
    assert [one.local_user for one in read.connections] == ["Jürgen Groß", "Zoë"]
    assert [one.line_number for one in read.connections] == [2, 3]
    assert (read.kind, read.lines, read.unreadable) == (LogKind.TEAMVIEWER_OUTGOING, 2, ())


def test_one_line_of_another_encoding_spoils_no_other():
    content = outgoing_line(user="Müller", guid="{A}").encode() + b"\n"
    content += outgoing_line(user="Größe", guid="{B}").encode("cp1252") + b"\n"
    assert [one.local_user for one in read_log(content).connections] == ["Müller", "Größe"]


def test_a_hole_of_zero_bytes_is_left_out():
    content = outgoing(1).encode() + bytes(700) + outgoing_line(guid="{B}").encode() + b"\n"
    assert [one.key for one in read_log(content).connections][1:] == ["b"]


@pytest.mark.parametrize("length", range(1, len(outgoing_line())))
def test_a_half_last_line_is_incomplete_wherever_it_breaks(length):
    content = outgoing(2) + outgoing_line()[:length]
    read = read_log(content.encode())
    assert len(read.connections) == 2
    assert problems(read) == [(4, LineProblem.INCOMPLETE)]


def test_a_whole_last_line_without_its_end_is_read():
    assert len(read_log((outgoing(2) + outgoing_line()).encode()).connections) == 3


def test_half_a_character_at_the_end_is_no_other_encoding():
    content = (outgoing(1) + outgoing_line(user="Jürgen", guid="{A}") + "\n" + "123 ü").encode()[:-1]
    assert [one.local_user for one in read_log(content).connections][-1] == "Jürgen"


def test_an_old_version_names_no_connection():
    line = outgoing_line(guid="").rstrip()
    (found,) = read_log((line + "\n").encode()).connections
    assert found.key == "1660360496|2024-02-20T13:10:33+00:00|2024-02-20T13:11:52+00:00"
    assert found.purpose == "RemoteControl"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (outgoing_line(end="20-02-2024 13:10:32"), LineProblem.END_BEFORE_BEGIN),
        (outgoing_line(begin="31-02-2024 13:10:32"), LineProblem.TIME_INVALID),
        (outgoing_line(begin="20-02-2024 25:10:32"), LineProblem.TIME_INVALID),
        (outgoing_line(begin="20-02-0001 10:10:32"), LineProblem.TIME_INVALID),
        (outgoing_line(begin="20.02.2024"), LineProblem.TIME_INVALID),
        (outgoing_line(number=" "), LineProblem.ID_MISSING),
        (outgoing_line(number="-"), LineProblem.ID_MISSING),
        ("Lizenz abgelaufen", LineProblem.NOT_A_CONNECTION),
        ("x" * 100_000, LineProblem.NOT_A_CONNECTION),
    ],
)
def test_a_bad_line_is_said_with_its_number_and_stops_nothing(line, problem):
    read = read_log((outgoing(2) + line + "\n" + outgoing_line() + "\n").encode())
    assert len(read.connections) == 3
    assert problems(read) == [(4, problem)]
    assert read.unreadable[0].raw.startswith(line[:40])
    assert len(read.unreadable[0].raw) < 5000


def test_overlapping_and_unsorted_lines_stay_in_their_order():
    lines = [
        outgoing_line(begin="20-02-2024 10:00:00", end="20-02-2024 12:00:00", guid="{A}"),
        outgoing_line(begin="20-02-2024 09:30:00", end="20-02-2024 10:30:00", guid="{B}"),
    ]
    assert [one.key for one in read_log("\n".join(lines).encode()).connections] == ["a", "b"]


def test_a_line_that_stands_twice_is_one_connection():
    read = read_log((outgoing(2) * 2).encode())
    assert (len(read.connections), read.lines) == (2, 4)


def test_one_foreign_line_at_the_top_does_not_say_what_a_file_is():
    read = read_log((INCOMING.strip().splitlines()[0] + "\n" + outgoing(3)).encode())
    assert (read.kind, len(read.connections)) == (LogKind.TEAMVIEWER_OUTGOING, 3)


def test_incoming_has_names_and_may_end_with_a_tab():
    read = read_log(INCOMING.encode())
    assert read.kind is LogKind.TEAMVIEWER_INCOMING
    assert [(one.partner_id, one.partner_name, one.purpose) for one in read.connections] == [
        ("1660360496", "Praxis am Markt", "RemoteControl"),
        ("1556208431", "Server", "FileTransfer"),
    ]


@pytest.mark.parametrize("cut", [3, 10, 40, 60])
def test_a_half_incoming_line_is_incomplete(cut):
    read = read_log(INCOMING.encode()[:-cut])
    assert len(read.connections) == 1
    assert problems(read) == [(3, LineProblem.INCOMPLETE)]


def test_the_program_log_is_refused_with_the_file_to_take():
    with pytest.raises(RuleBroken) as caught:
        read_log(TEAMVIEWER_LOGFILE.encode())
    assert caught.value.code is Rule.LOG_CARRIES_NOTHING
    assert caught.value.parameters == {"reason": "teamviewer-log"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Rule.LOG_EMPTY),
        (b"\n\r\n  \n", Rule.LOG_EMPTY),
        (bytes(500), Rule.LOG_EMPTY),
        (b"Dear diary,\ntoday nobody called.\n", Rule.LOG_UNKNOWN),
        (bytes(range(256)) * 40, Rule.LOG_UNKNOWN),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(200)), Rule.LOG_UNKNOWN),
    ],
)
def test_what_is_no_log_is_said_to_be_none(content, code):
    with pytest.raises(RuleBroken) as caught:
        read_log(content)
    assert caught.value.code is code


def test_a_blank_file_of_a_known_kind_holds_nothing():
    read = read_log(b"\n", LogKind.TEAMVIEWER_OUTGOING)
    assert (read.connections, read.unreadable, read.lines) == ((), (), 0)


def test_another_kind_than_said_is_refused():
    with pytest.raises(RuleBroken) as caught:
        read_log(outgoing(2).encode(), LogKind.ANYDESK_INCOMING)
    assert caught.value.code is Rule.LOG_UNKNOWN

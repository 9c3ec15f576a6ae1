"""AnyDesk's trace of who came, and what its program log tells of who was visited."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from laverma_desk.domain.connection import LineProblem, LogKind
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.remote.logs import read_log
from tests.remote.log_samples import PROGRAM, RUSTDESK_LOG, TRACE, program_line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_the_trace_knows_who_came_and_no_end(encoding):
    read = read_log(TRACE.encode(encoding))
    assert read.kind is LogKind.ANYDESK_INCOMING
    assert [(one.partner_id, one.partner_name, one.purpose, one.end) for one in read.connections] == [
        ("988319357", "Ada Arias", "Incoming", None),
        ("221436813", "", "Incoming", None),
        ("1108841617", "praxis@ad", "Incoming REJECTED", None),
    ]
    assert read.connections[1].begin == datetime(2024, 2, 16, 20, 29, tzinfo=UTC)
    assert len({one.key for one in read.connections}) == 3


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Incoming    2024-02-30, 20:29    User    221436813    221436813", LineProblem.TIME_INVALID),
        ("Incoming    2024-02-16, 20:29    User", LineProblem.ID_MISSING),
        ("Incoming    2024-02-16, 20:29    User    praxis@ad", LineProblem.ID_MISSING),
        ("Incoming", LineProblem.NOT_A_CONNECTION),
    ],
)
def test_a_bad_line_of_the_trace(line, problem):
    read = read_log((TRACE + line + "\r\n").encode("utf-16"))
    assert [(one.line_number, one.problem) for one in read.unreadable] == [(4, problem)]


def test_an_odd_byte_at_the_end_is_a_half_line():
    content = TRACE.encode("utf-16")[:-21]
    read = read_log(content)
    assert len(read.connections) == 2
    assert [one.problem for one in read.unreadable] == [LineProblem.INCOMPLETE]


def test_the_program_log_tells_of_established_connections_only():
    read = read_log(PROGRAM.encode())
    assert read.kind is LogKind.ANYDESK_PROGRAM
    (found,) = read.connections
    assert found.partner_id == "221436813"
    assert found.begin == datetime(2024, 2, 16, 20, 29, 9, tzinfo=UTC)
    assert found.end == datetime(2024, 2, 16, 20, 51, 12, tzinfo=UTC)
    assert found.note


def test_a_connection_that_goes_on_keeps_its_key_when_its_end_is_written():
    running = read_log(PROGRAM[: PROGRAM.rindex("   info")].encode()).connections[0]
    ended = read_log(PROGRAM.encode()).connections[0]
    assert running.end is None
    assert running.key == ended.key


def test_a_version_without_the_word_for_established_gives_its_attempts():
    log = program_line("20:29:04", 'app.session - 1: Connecting to "221436813".')
    log += program_line("20:29:05", 'app.session - 1: Connecting to "988319357".', process=5000)
    log += program_line("20:30:00", "app.session - 1: Session stopped.")
    found = read_log(log.encode()).connections
    assert [(one.partner_id, one.end is None) for one in found] == [("221436813", False), ("988319357", True)]


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        (program_line("20:20:00", "anynet.any_socket - Logged in."), "anydesk-log"),
        (
            program_line("20:29:04", "app.backend_session - Incoming session request: A (221436813)"),
            "anydesk-log",
        ),
        (RUSTDESK_LOG, "rustdesk-log"),
    ],
)
def test_a_log_without_outgoing_connections_is_refused_with_its_reason(log, reason):
    with pytest.raises(RuleBroken) as caught:
        read_log(log.encode())
    assert caught.value.code is Rule.LOG_CARRIES_NOTHING
    assert caught.value.parameters == {"reason": reason}


def test_rustdesks_program_log_is_refused_as_such_too():
    with pytest.raises(RuleBroken) as caught:
        read_log(b"anything", LogKind.RUSTDESK_PROGRAM)
    assert caught.value.code is Rule.LOG_CARRIES_NOTHING

"""Logs of remote tools are kept once, held against the sessions, and nothing is made of them by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from laverma_desk.domain.connection import LineProblem, LogKind
from laverma_desk.domain.customer import FormerPartnerId
from laverma_desk.domain.errors import OutsideTrouble, Rule, Trouble
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.reconciling.deciding import ignore
from laverma_desk.services.reconciling.matching import match_again
from laverma_desk.services.reconciling.overview import matched_rows, open_count, overview
from laverma_desk.services.reconciling.reading import read_log_bytes, read_log_file
from laverma_desk.storage import customers, sessions
from laverma_desk.storage.former_ids import add_former_id
from tests.support.connection_logs import RECEPTION, at, line, log, read
from tests.support.past_sessions import past_session
from tests.support.session_steps import broken

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ended(desk, bohrer):
    """A session of ZAP Dr. Bohrer's reception from 09:00 to 09:20 UTC on 28 February 2022."""
    with desk.database.write() as connection:
        place = customers.find_workstation(connection, bohrer.reception)
        return past_session(connection, place, at("09:00"), 1200)


def test_a_connection_within_a_session_is_matched_and_everything_else_is_open(desk, ended):
    lines = (
        line(at("09:02"), 15 * MINUTE),
        line(at("15:00"), 5 * MINUTE),
        line(at("09:02"), MINUTE, "987654321"),
    )
    said = read_log_bytes(desk, "Connections.txt", log(*lines))
    assert said.changed == {Topic.CONNECTIONS}
    assert replace(said.value, read_at=desk.clock.now()) == said.value
    result = said.value
    assert (result.kind, result.lines, result.unreadable) == (LogKind.TEAMVIEWER_OUTGOING, 3, 0)
    assert (result.connections, result.new, result.matched, result.open) == (3, 3, 1, 2)
    (group,) = matched_rows(desk)
    assert (group.session.session_id, group.joined, group.by_hand) == (ended, 1, False)
    shown = overview(desk)
    assert [one.begin for one in shown.open] == [at("15:00"), at("09:02")]
    assert shown.open[0].place.workstation_name == "PC Rezeption"
    assert shown.open[1].place is None
    assert open_count(desk) == 2
    with desk.database.read() as connection:
        assert sessions.count(connection) == 1


def test_a_file_that_is_read_again_adds_nothing(desk, ended):
    lines = [line(at("09:02"), 15 * MINUTE), line(at("15:00"), 5 * MINUTE)]
    first = read(desk, *lines)
    again = read(desk, *lines)
    assert (first.new, again.new, again.updated, again.matched, again.open) == (2, 0, 0, 0, 1)
    grown = read(desk, *lines, line(at("16:00"), MINUTE))
    assert (grown.new, grown.open, grown.lines) == (1, 2, 3)
    assert overview(desk).matched.connections == 1


def test_the_same_connection_from_another_file_is_the_same(desk, ended):
    read(desk, line(at("09:02"), MINUTE))
    assert read(desk, line(at("09:02"), MINUTE), name="Connections (1).txt").new == 0
    assert overview(desk).reading.file_name == "Connections (1).txt"


def test_a_line_that_went_on_is_brought_up_to_date_unless_somebody_decided(desk, bohrer):
    begin = at("15:00")
    read(desk, line(begin, MINUTE, guid="a"), line(begin + 60 * MINUTE, MINUTE, guid="b"))
    _later, earlier = overview(desk).open
    ignore(desk, earlier.ids, "Test")
    again = read(desk, line(begin, 9 * MINUTE, guid="a"), line(begin + 60 * MINUTE, 9 * MINUTE, guid="b"))
    assert (again.new, again.updated) == (0, 1)
    shown = overview(desk)
    assert [one.seconds for one in shown.open] == [540]
    assert [one.seconds for one in shown.ignored] == [60]


def test_what_cannot_be_read_stands_with_its_number_until_it_can(desk, bohrer):
    half = line(at("15:00"), MINUTE)[:70]
    content = log(line(at("10:00"), MINUTE)) + half.encode()
    result = read_log_bytes(desk, "Connections.txt", content).value
    assert (result.lines, result.unreadable, result.new) == (2, 1, 1)
    (unreadable,) = overview(desk).unreadable
    assert (unreadable.line_number, unreadable.raw, unreadable.problem) == (3, half, LineProblem.INCOMPLETE)
    read(desk, line(at("10:00"), MINUTE), line(at("15:00"), MINUTE))
    assert overview(desk).unreadable == ()
    assert open_count(desk) == 2


def test_nothing_of_a_path_is_kept_and_a_missing_file_is_said(desk, bohrer, tmp_path):
    file = tmp_path / "Praxis Müller" / "Connections.txt"
    file.parent.mkdir()
    file.write_bytes(log(line(at("10:00"), MINUTE)))
    assert read_log_file(desk, file).value.file_name == "Connections.txt"
    with pytest.raises(OutsideTrouble) as found:
        read_log_file(desk, tmp_path / "nowhere.txt")
    assert found.value.code is Trouble.FILE_UNREADABLE
    broken(
        Rule.LOG_UNKNOWN, lambda one: read_log_bytes(one, "brief.txt", b"Sehr geehrte Frau Lorenz\n"), desk
    )


def test_a_job_that_is_called_off_leaves_nothing(desk, bohrer):
    calls = []

    def after_some() -> bool:
        calls.append(1)
        return len(calls) > 2

    lines = [line(at("01:00") + at_ * 2 * MINUTE, MINUTE) for at_ in range(600)]
    steps = []
    with pytest.raises(JobCancelled):
        read_log_bytes(desk, "Connections.txt", log(*lines), cancelled=after_some)
    assert overview(desk).reading is None
    assert open_count(desk) == 0
    read_log_bytes(desk, "Connections.txt", log(*lines), progress=lambda *step: steps.append(step))
    assert steps == [(500, 600), (600, 600)]
    assert open_count(desk) == 1  # pauses of one minute: all of it is one piece of work


def test_a_running_session_takes_its_connection_too(desk, bohrer, clock):
    session_id = timekeeping.start_session(desk, bohrer.reception).value.id
    clock.advance(minutes=10)
    begin = desk.clock.now() - 9 * MINUTE
    assert read(desk, line(begin, 5 * MINUTE)).matched == 1
    assert matched_rows(desk)[0].session.session_id == session_id


def test_a_session_that_is_recorded_later_finds_the_connection_that_waits(desk, bohrer):
    read(desk, line(at("09:02"), 15 * MINUTE))
    assert match_again(desk).value == 0
    assert match_again(desk).changed == frozenset()
    with desk.database.write() as connection:
        past_session(connection, customers.find_workstation(connection, bohrer.reception), at("09:00"), 1200)
    found = match_again(desk)
    assert (found.value, found.changed) == (1, {Topic.CONNECTIONS})
    assert open_count(desk) == 0


def test_the_id_on_the_session_counts_and_so_does_one_of_before(desk, bohrer):
    with desk.database.write() as connection:
        server = customers.find_workstation(connection, bohrer.server)
        typed = past_session(connection, server, at("09:00"), 600, tool="teamviewer", partner_id="555666777")
        past_session(connection, server, at("12:00"), 600, tool="anydesk", partner_id="555666777")
        add_former_id(connection, FormerPartnerId(server.id, server.tool, "444333222", at("08:00", 1)))
        former = past_session(connection, server, at("14:00"), 600)
    result = read(
        desk,
        line(at("09:01"), MINUTE, "555666777"),
        line(at("12:01"), MINUTE, "555666777"),
        line(at("14:01"), MINUTE, "444333222"),
        line(at("14:01"), MINUTE, RECEPTION),
    )
    assert result.matched == 2
    assert {one.session.session_id for one in matched_rows(desk)} == {typed, former}


def test_a_connection_late_in_a_long_session_is_matched(desk, bohrer):
    with desk.database.write() as connection:
        place = customers.find_workstation(connection, bohrer.reception)
        past_session(connection, place, at("07:00"), 3 * 3600)
    assert read(desk, line(at("09:50"), 5 * MINUTE)).matched == 1

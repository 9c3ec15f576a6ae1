"""Assigned, open and skipped are together the lines of the file, whatever else was read or decided."""

from __future__ import annotations

from sqlalchemy import func, select

from laverma_desk.services.reconciling.deciding import ignore, join_session, make_session, separate, take_back
from laverma_desk.services.reconciling.overview import overview
from laverma_desk.services.reconciling.reading import read_log_bytes
from laverma_desk.storage.tables import log_reading
from tests.remote.log_samples import INCOMING
from tests.support import desks
from tests.support.connection_logs import at, line, log, read
from tests.support.reconciling_page import LINES, MINUTE, UNKNOWN, tell_scene

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk


def sums(desk):
    """Return assigned, open and skipped, after having looked whether they are the lines of the file."""
    found = overview(desk)
    readable = found.reading.lines - found.reading.unreadable
    assert readable == found.sums.matched + found.sums.open + found.sums.ignored
    return found.sums.matched, found.sums.open, found.sums.ignored


def files(desk):
    with desk.database.read() as connection:
        return connection.execute(select(func.count()).select_from(log_reading)).scalar()


def test_they_follow_every_decision(desk, bohrer):
    scene = tell_scene(desk, bohrer)
    read(desk, *LINES)
    assert sums(desk) == (3, 3, 0)
    evening, after, unknown = overview(desk).open
    ignore(desk, unknown.ids, "Test")
    make_session(desk, evening.ids)
    join_session(desk, after.ids, scene.talk)
    assert sums(desk) == (5, 0, 1)
    separate(desk, overview(desk).matched.joined[0].ids)
    assert sums(desk) == (4, 1, 1)
    take_back(desk, unknown.ids)
    assert sums(desk) == (4, 2, 0)


def test_what_stands_in_other_files_is_not_counted(desk, bohrer, clock):
    tell_scene(desk, bohrer)
    read(desk, *LINES)
    read_log_bytes(desk, "Connections_incoming.txt", INCOMING.encode())
    assert sums(desk) == (0, 2, 0)
    clock.advance(hours=1)
    read(desk, *LINES)
    assert sums(desk) == (3, 3, 0)
    assert len(overview(desk).open) == 5


def test_a_file_that_was_begun_anew_does_not_count_what_it_held(desk, bohrer, clock):
    read(desk, *LINES)
    assert sums(desk) == (0, 6, 0)
    clock.advance(hours=1)
    read(desk, line(at("18:30"), MINUTE), "1234567890   28-02-2022 19:0")
    assert sums(desk) == (0, 1, 0)
    assert overview(desk).unreadable[0].line_number == 3
    assert sum(len(one.ids) for one in overview(desk).open) == 7


def test_files_of_one_name_from_two_machines_are_told_apart_and_leave_nothing_behind(desk, bohrer):
    mine, others = LINES[:4], (*LINES[3:], line(at("18:00"), MINUTE, UNKNOWN))
    for _again in range(3):
        read(desk, *mine)
        assert sums(desk) == (0, 4, 0)
        read(desk, *others)
        assert sums(desk) == (0, 4, 0)
    assert sum(len(one.ids) for one in overview(desk).open) == 7
    assert files(desk) == 2


def test_a_line_in_two_files_counts_in_the_one_that_was_read_last(desk, bohrer):
    read(desk, *LINES)
    read_log_bytes(desk, "Kopie.txt", log(*LINES[:2]))
    assert sums(desk) == (0, 2, 0)

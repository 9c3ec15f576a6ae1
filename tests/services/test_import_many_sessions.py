"""Large session files: the way is told, it can be called off with nothing written, and it fits any memory."""

from __future__ import annotations

import tracemalloc
from datetime import datetime, timedelta

import pytest

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import Rule
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.importing.session_rows import COLUMNS
from laverma_desk.services.importing.sessions import import_sessions
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.privacy.erasure import erase
from laverma_desk.services.problems import FileRefused
from laverma_desk.storage import billing, sessions
from tests.support.desks import add_customer
from tests.support.ended_sessions import ended_sessions

ROWS = 1_300


def _file(folder, count, name="viele.csv"):
    begin = datetime(2021, 1, 1, 8)  # noqa: DTZ001 (the time on the wall, as a file says it)
    lines = [";".join(COLUMNS)]
    for number in range(count):
        at = begin + timedelta(minutes=20 * (number % 27), days=number // 27)
        lines.append(f"10017;Server;{at:%d.%m.%Y %H:%M};00:12:22;Klaus Klassen;;Notiz {number};ja;")
    file = folder / name
    file.write_text("\n".join(lines), "utf-8")
    return file


def _count(desk):
    with desk.database.read() as connection:
        return sessions.count(connection)


def test_the_progress_goes_from_the_first_line_to_the_last(desk, bohrer, tmp_path):
    told = []
    import_sessions(desk, _file(tmp_path, ROWS), lambda done, total: told.append((done, total)))
    shares = [done for done, _total in told]
    assert shares == sorted(shares)
    assert len(shares) >= 5
    assert {total for _done, total in told} == {2 * (ROWS + 1)}
    assert shares[-1] == 2 * (ROWS + 1)
    assert _count(desk) == ROWS


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 4, 5])
def test_called_off_at_any_step_it_leaves_nothing(desk, bohrer, tmp_path, steps):
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) > steps

    with pytest.raises(JobCancelled):
        import_sessions(desk, _file(tmp_path, ROWS), cancelled=cancelled)
    assert _count(desk) == 0
    assert import_sessions(desk, _file(tmp_path, 2, "zwei.csv")).value.tally.added == 2
    with desk.database.read() as connection:
        assert [one.number for one in ended_sessions(connection)] == ["S-2021-0001", "S-2021-0002"]


def test_each_session_has_the_houses_day_and_is_found_by_its_words(desk, bohrer, tmp_path):
    file = tmp_path / "nachts.csv"
    file.write_text(
        ";".join(COLUMNS) + "\n10017;Server;01.01.2022 00:10;00:12:22;Klaus Klassen;;Silvesternacht;ja;",
        "utf-8",
    )
    import_sessions(desk, file)
    with desk.database.read() as connection:
        (one,) = ended_sessions(connection)
        stored = connection.exec_driver_sql("SELECT day FROM session").scalar_one()
        line = connection.exec_driver_sql("SELECT line FROM session_text").scalar_one()
    assert str(stored) == local_day(one.begin).isoformat() == "2022-01-01"
    assert "silvesternacht" in line


def test_twice_as_many_rows_take_hardly_more_memory(desk, bohrer, tmp_path):
    small, large = _file(tmp_path, 1_000, "klein.csv"), _file(tmp_path, 4_000, "gross.csv")
    import_sessions(desk, small)  # what is loaded once does not count
    peaks = []
    for file in (small, large):
        tracemalloc.start()
        try:
            import_sessions(desk, file)
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 3_000_000, "4 MB of staged rows may lie in memory, not more"


def test_a_file_of_before_a_merge_still_knows_its_sessions(desk, bohrer, tmp_path):
    other = add_customer(desk, "10030", "Praxis Bohrer", "Server", "Röntgen")
    rows = [
        f"10030;{place};28.02.2022 10:22;00:12:22;Klaus Klassen;;Notiz;ja;" for place in ("Server", "Röntgen")
    ]
    file = tmp_path / "alt.csv"
    file.write_text("\n".join([";".join(COLUMNS), *rows]), "utf-8")
    import_sessions(desk, file)
    merge(desk, bohrer.customer_id, other, {}, "Doppelt")
    assert import_sessions(desk, file).value.tally.unchanged == 2
    assert _count(desk) == 2


def test_nothing_is_brought_in_for_a_locked_customer(desk, bohrer, tmp_path):
    erase(desk, bohrer.customer_id, "10017", "Verlangen")
    with pytest.raises(FileRefused) as refused:
        import_sessions(desk, _file(tmp_path, 1))
    assert [one.error.code for one in refused.value.problems] == [Rule.CUSTOMER_RESTRICTED]


def test_a_billed_session_stays_as_it_is(desk, bohrer, tmp_path):
    file = _file(tmp_path, 1)
    import_sessions(desk, file)
    with desk.database.write() as connection:
        billing.bill(connection, [1], "RE-1")
    file.write_text(file.read_text("utf-8").replace("00:12:22", "00:15:00"), "utf-8")
    assert import_sessions(desk, file).value.tally.settled == 1

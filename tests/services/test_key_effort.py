"""A key press asks the desk for what it needs and no more: counted in statements and rows."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby

import pytest
from sqlalchemy import event

from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.customers import callers
from laverma_desk.services.customers.narrowing import Narrowing
from laverma_desk.services.customers.search import load_finder
from laverma_desk.services.setup import house
from laverma_desk.storage import agreements, customers, starting
from laverma_desk.storage import house as stored_house
from tests.support.counted_calls import calls_of
from tests.support.desks import add_customer, bohrer, clock, desk  # noqa: F401


@contextmanager
def _asked(desk):  # noqa: F811
    """Note each statement that SQLite is given, whoever gives it."""
    statements = []

    def listen(raw, *_rest):
        raw.set_trace_callback(statements.append)

    event.listen(desk.database.engine, "checkout", listen)
    try:
        yield statements
    finally:
        event.remove(desk.database.engine, "checkout", listen)


def _kinds(statements):
    """Return their first words; one that sets off triggers is told again for each, in a row."""
    told = [one for one in statements if not one.startswith("--")]
    return " ".join(one.partition(" ")[0] for one, _again in groupby(told))


ALONE = pytest.mark.files("SQLite tells what it was given")
PLAN = pytest.mark.files("it is how SQLite goes about it")


@ALONE
def test_the_start_asks_whom_it_concerns_at_once_and_writes_what_begins(desk, bohrer):  # noqa: F811
    timekeeping.start_session(desk, bohrer.server)
    with _asked(desk) as statements:
        timekeeping.start_session(desk, bohrer.reception)
    assert _kinds(statements) == "BEGIN SELECT UPDATE SELECT UPDATE INSERT INSERT COMMIT"
    assert statements[0] == "BEGIN IMMEDIATE"
    assert not [one for one in statements if "FROM snippet" in one or "FROM tariff" in one]


@ALONE
def test_the_autosave_of_notes_reads_no_more_than_the_notes_and_the_last_beat(desk, bohrer):  # noqa: F811
    session = timekeeping.start_session(desk, bohrer.reception).value
    call_sheet.save_notes(desk, session.id, "Dru", "")  # The first one lets SQLite open the full text.
    with _asked(desk) as statements:
        call_sheet.save_notes(desk, session.id, "Drucker", "")
    assert _kinds(statements) == "BEGIN SELECT UPDATE UPDATE COMMIT"
    assert statements[0] == "BEGIN IMMEDIATE"


@pytest.mark.files("a server's desk also keeps aside what runs, with statements of its own")
def test_what_a_pressed_key_waits_for_goes_straight_to_the_driver(desk, bohrer):  # noqa: F811
    session = timekeeping.start_session(desk, bohrer.server).value
    call_sheet.save_notes(desk, session.id, "Drucker", "")

    def again():
        timekeeping.start_session(desk, bohrer.reception)
        call_sheet.save_notes(desk, session.id, "Drucker am Empfang", "")

    calls = calls_of(again)
    assert calls["prepared._ask"] == 9
    assert not [name for name in calls if name.startswith(("compiler.", "default.DefaultExecutionContext"))]


def test_a_started_session_is_the_one_that_is_read(desk, bohrer):  # noqa: F811
    started = timekeeping.start_session(desk, bohrer.reception).value
    assert timekeeping.read_session(desk, started.id) == started
    bare = add_customer(desk, "30001", "Ohne Vertrag", "PC", has_agreement=False)
    with desk.database.read() as connection:
        (place,) = customers.workstations_of(connection, bare)
    excused = timekeeping.start_session(
        desk, place.id, exception_reason="Notfall", exception_by="Klaus", requested_by="Frau Ay"
    ).value
    assert excused.exception is not None
    assert timekeeping.read_session(desk, excused.id) == excused


def test_a_start_finds_who_sits_at_the_desk_as_the_house_does(desk, bohrer):  # noqa: F811
    def same():
        wanted = house.read_house(desk).supporter
        with desk.database.read() as connection:
            found = starting.concerned(connection, bohrer.reception)
        assert found is not None
        assert found.supporter_id == (wanted.id if wanted else None)
        assert found.supporter_name == (wanted.name if wanted else "")
        return found.supporter_name

    first = same()
    with desk.database.write() as connection:
        stored_house.write_section(connection, "desk", {})
        early = stored_house.put_supporter(connection, "Aaron", "")
        late = stored_house.put_supporter(connection, "Zoe", "")
    assert same() == "Aaron" != first
    with desk.database.write() as connection:
        stored_house.write_section(connection, "desk", {"supporter_id": late})
    assert same() == "Zoe"
    with desk.database.write() as connection:
        stored_house.archive_supporter(connection, late)
    assert same() == "Aaron"
    with desk.database.write() as connection:
        for one in stored_house.supporters(connection):
            stored_house.archive_supporter(connection, one.id)
        assert early
    assert same() == ""


@PLAN
@pytest.mark.parametrize("statement", [starting._CONCERNED, agreements._OF_FAMILY])
def test_what_a_start_reads_is_found_by_keys(desk, bohrer, statement):  # noqa: F811
    with desk.database.read() as connection:
        plan = statement.prepare(connection.dialect)
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {plan.sql}", (1,) * len(plan.binds)).all()
    small = ("SCAN heartbeat", "SCAN supporter")  # One row, and the few who work here.
    scans = [row[3] for row in rows if row[3].startswith("SCAN") and not row[3].startswith(small)]
    assert not scans, rows


@ALONE
def test_the_card_of_a_caller_is_asked_for_in_sixteen_statements(desk, bohrer):  # noqa: F811
    with _asked(desk) as statements:
        callers.customer_card(desk, bohrer.customer_id)
    assert len(statements) <= 16


def test_a_statement_of_a_key_press_is_put_together_once(desk, bohrer):  # noqa: F811
    callers.customer_card(desk, bohrer.customer_id)
    cache = desk.database.engine._compiled_cache
    known = len(cache)
    for _turn in range(3):
        callers.customer_card(desk, bohrer.customer_id)
    assert len(cache) == known


@PLAN
def test_a_family_is_found_by_its_keys_and_not_by_reading_all_practices(desk, bohrer):  # noqa: F811
    with desk.database.read() as connection:
        sql = str(customers.FAMILY.compile(connection.engine))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (1,) * sql.count("?")).all()
    assert not [row for row in plan if row[3].startswith("SCAN")], plan


class _Counted(list):
    looks = 0

    def __getitem__(self, place):
        self.looks += 1
        return super().__getitem__(place)


def test_typing_on_and_taking_a_letter_back_look_only_at_what_fitted_before():
    lines = _Counted([" anna", " amt", " berta", " bert amt"])
    narrowing = Narrowing(lines)
    assert list(narrowing.fitting(("b",))) == [2, 3]
    lines.looks = 0
    assert list(narrowing.fitting(("be",))) == [2, 3]
    assert lines.looks == 2
    assert list(narrowing.fitting(("b",))) == [2, 3]
    assert lines.looks == 2
    assert list(narrowing.fitting(("be", "am"))) == [3]
    assert lines.looks == 4


def test_of_many_that_fit_the_best_come_first_as_if_all_were_put_in_order(desk, bohrer):  # noqa: F811
    names = ["Anders am Ring", "Ring Anders", "Dr. Sanders Ring", "Dr. Sanders Kering", "Kering Anders"]
    for place, name in enumerate(names):
        add_customer(desk, str(30_000 + place), name, "PC")
    found = load_finder(desk).search("ander ring")
    assert found.total == len(names)
    assert [hit.customer.name for hit in found.hits] == [
        "Anders am Ring", "Ring Anders", "Dr. Sanders Ring", "Kering Anders", "Dr. Sanders Kering",
    ]  # fmt: skip
    assert [hit.customer.name for hit in load_finder(desk).search("ander ring", 2).hits] == names[:2]

"""A key press asks the desk for what it needs and no more: counted in statements and rows."""

from __future__ import annotations

from contextlib import contextmanager

from sqlalchemy import event

from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.customers import callers
from laverma_desk.services.customers.narrowing import Narrowing
from laverma_desk.services.customers.search import load_finder
from laverma_desk.storage import customers
from tests.support.desks import add_customer, bohrer, clock, desk  # noqa: F401


@contextmanager
def _asked(desk):  # noqa: F811
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(desk.database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", note)


def test_the_start_reads_who_is_concerned_and_not_the_whole_house(desk, bohrer):  # noqa: F811
    timekeeping.start_session(desk, bohrer.server)
    with _asked(desk) as statements:
        timekeeping.start_session(desk, bohrer.reception)
    assert len(statements) <= 17
    assert not [one for one in statements if "FROM snippet" in one or "FROM tariff" in one]
    assert not [one for one in statements if one.startswith("DELETE")]


def test_the_autosave_of_notes_reads_no_more_than_the_notes(desk, bohrer):  # noqa: F811
    session = timekeeping.start_session(desk, bohrer.reception).value
    with _asked(desk) as statements:
        call_sheet.save_notes(desk, session.id, "Drucker", "")
    assert len(statements) <= 5
    assert not [one for one in statements if "FROM segment" in one]


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


def test_a_family_is_found_by_its_keys_and_not_by_reading_all_practices(desk, bohrer):  # noqa: F811
    with desk.database.read() as connection:
        sql = str(customers._FAMILY.compile(connection.engine))
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

"""The full-text index says what ended sessions say, whoever wrote them; what is typed is never its syntax."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select, text

from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.searching import words_of
from laverma_desk.storage import bulk_sessions, customers, house, search_index, sessions
from laverma_desk.storage.asking import Asked
from laverma_desk.storage.session_stage import SessionStage
from laverma_desk.storage.spelling import SERVER
from laverma_desk.storage.tables import session
from tests.storage.conftest import NOON
from tests.support.past_sessions import past_session

PLACE = Workstation(1, 1, "Server")


@pytest.fixture
def connection(database):
    with database.write() as opened:
        customers.insert_customer(opened, Customer(0, "1", "ZAP Dr. Bohrer"), NOON)
        customers.put_workstation(opened, Workstation(0, 1, "Server"))
        house.put_supporter(opened, "Klaus Klassen", "")
        yield opened


def found(connection, typed: str) -> list[int]:
    """Return the sessions found, the same by way of the index and by looking at each."""
    ways = []
    for few in (True, False):
        where = search_index.found(words_of(typed), among_few=few)
        asked = Asked(select(session.c.id).where(*where.conditions), where.values)
        ways.append(list(asked.by(connection).scalars()))
    assert sorted(ways[0]) == sorted(ways[1])
    return sorted(ways[0])


def whole(connection) -> bool:
    return search_index.search_problems(connection) == [] and search_index.index_is_sound(connection)


def test_every_written_field_is_found(connection):
    row = past_session(
        connection, PLACE, number="S-2022-0815", notes="Druckertreiber geprüft", internal_note="Kennwort da",
        requested_by="Sabine Lorenz", customer_name="Praxis Dr. Weiß", workstation_name="PC Röntgen",
    )  # fmt: skip
    past_session(connection, PLACE, notes="Router")
    for typed in ("treiber", "kennwort", "lorenz", "WEISS", "roentgen", "S-2022-0815", "sabine treiber"):
        assert found(connection, typed) == [row], typed
    assert found(connection, "sabine router") == []
    assert whole(connection)


@pytest.mark.parametrize(
    "typed",
    [
        "pc-0117", "192.168", '"', '""', "*", "NEAR", "NEAR(a b)", "AND", "OR NOT", "line:", "^treiber", "a*",
        "-treiber", "+treiber", "(", ")", "{}", "'", "''", ";--", "👍", "👩‍⚕️", "%", "_", "\\", "éé", "\ufffd",
        "treiber OR router", '"treiber" AND "router"', "treiber*", "x" * 300,
    ],
)  # fmt: skip
def test_what_is_typed_is_never_syntax(connection, typed):
    past_session(connection, PLACE, notes="Druckertreiber")
    past_session(connection, PLACE, notes="Router")
    row = past_session(connection, PLACE, notes=f"vorher {typed} nachher")
    assert found(connection, typed) == [row]


def test_many_words_are_all_asked_for(connection):
    said = " ".join(f"wort{number:03}" for number in range(60))
    row = past_session(connection, PLACE, notes=said)
    past_session(connection, PLACE, notes=said.replace("wort059", "wort999"))
    assert found(connection, said) == [row]


def test_a_session_is_found_when_it_has_ended_and_by_what_it_says_then(connection):
    row = past_session(connection, PLACE, notes="Terminalserver")
    sessions.update_session(connection, row, state="running")
    assert found(connection, "terminal") == []
    sessions.update_session(connection, row, notes="Druckertreiber")
    assert found(connection, "treiber") == []
    sessions.update_session(connection, row, state="ended")
    assert found(connection, "treiber") == [row]
    sessions.update_session(connection, row, notes="Röntgen", requested_by="Dr. Marten")
    assert (found(connection, "treiber"), found(connection, "rontgen marten")) == ([], [row])
    assert whole(connection)


def test_imported_sessions_are_found_and_follow_a_correction(connection):
    columns = {"import_key": "a", "notes": "Terminalserver"}
    row = past_session(connection, PLACE, **columns)
    stored = connection.execute(select(session).where(session.c.id == row)).one()._asdict()
    new = stored | {"id": 77, "number": "S-2022-0077", "import_key": "b", "notes": "Kartenterminal"}
    with SessionStage() as stage:
        named = {name: value for name, value in new.items() if name not in ("id", "number", "day")}
        stage.add([(2022, named, new["begin"], new["begin"])])
        rows = stage.move(connection, "X-{}-{:04}".format, lambda _place: None)
    search_index.put(connection, rows)
    new = {"id": rows[0]}
    assert found(connection, "terminal") == [row, new["id"]]
    bulk_sessions.update_sessions(connection, [{"id": row, "notes": "Router"}, new | {"notes": "Switch"}])
    assert (found(connection, "terminal"), found(connection, "router"), found(connection, "switch")) == (
        [], [row], [new["id"]],
    )  # fmt: skip
    assert whole(connection)


def test_a_writer_that_knows_nothing_of_the_index_leaves_nothing_false_in_it(connection):
    row = past_session(connection, PLACE, notes="Patient Mustermann")
    connection.execute(text("UPDATE session SET notes = 'gelöscht', billable = false"))
    assert found(connection, "mustermann") == []
    assert search_index.search_problems(connection) == [row]
    assert search_index.rebuild(connection) == 1
    assert found(connection, "gelöscht") == [row]
    assert whole(connection)


def test_a_write_that_changes_no_word_leaves_the_index_alone(connection):
    row = past_session(connection, PLACE, notes="Server")
    if connection.dialect.name == SERVER:
        # Where the line lies, and who wrote it there: a line that is written anew lies elsewhere.
        asked, more = text("SELECT ctid::text FROM session_text"), ""
    else:
        asked, more = text("SELECT total_changes()"), 1
    before = connection.execute(asked).scalar_one()
    sessions.update_session(connection, row, notes="Server", recipient="a@b.example")
    assert connection.execute(asked).scalar_one() == before + more


def test_lines_and_index_are_mended_where_they_say_something_else(database, connection):
    first = past_session(connection, PLACE, notes="Server")
    second = past_session(connection, PLACE, notes="Router")
    connection.execute(text("UPDATE session_text SET line = ' falsch' WHERE session_id = :id"), {"id": first})
    connection.execute(text("DELETE FROM session_text WHERE session_id = :id"), {"id": second})
    assert search_index.search_problems(connection) == [first, second]
    if connection.dialect.name != SERVER:
        connection.execute(text("INSERT INTO session_words (session_words) VALUES ('delete-all')"))
        assert not search_index.index_is_sound(connection)
    assert search_index.rebuild(connection) == 2
    assert (found(connection, "server"), found(connection, "router")) == ([first, second], [second])
    assert whole(connection)


@pytest.mark.files("a server has its pages to itself")
def test_what_was_erased_is_gone_from_the_pages_of_the_index(database):
    with database.write() as connection:
        customers.insert_customer(connection, Customer(0, "1", "ZAP"), NOON)
        customers.put_workstation(connection, Workstation(0, 1, "Server"))
        house.put_supporter(connection, "Klaus", "")
        row = past_session(connection, PLACE, notes="Xylofonqueen")
        sessions.update_session(connection, row, notes="")
        search_index.forget_deleted_words(connection)
    database.close()
    with closing(sqlite3.connect(database.file)) as raw:
        blocks = b"".join(row[0] for row in raw.execute("SELECT block FROM session_words_data"))
    assert b"xyl" not in blocks


def test_the_index_is_asked_and_not_every_line(connection):
    where = search_index.found(words_of("terminalserver"), among_few=False)
    asked = Asked(select(session.c.id).where(*where.conditions), where.values)
    sql = str(asked.written_out().compile(connection, compile_kwargs={"literal_binds": True}))
    if connection.dialect.name == SERVER:
        # Of a handful of lines a server reads each: it is asked whether it could go about it otherwise.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = " | ".join(str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {sql}"))
        assert "Index Scan on ix_session_text_letters" in plan
        assert "Seq Scan on session_text" not in plan
        return
    plan = " | ".join(str(row[-1]) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}")))
    assert "VIRTUAL TABLE INDEX" in plan
    assert "session_text USING INTEGER PRIMARY KEY" in plan
    assert "SCAN session_text" not in plan

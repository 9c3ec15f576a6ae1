"""Two engines, one desk: for the same queries the same hits in the same order, whatever was written."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Text, bindparam, delete, func, select, text

from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.searching import words_of
from laverma_desk.storage import customers, house, numbers, search_index, sessions
from laverma_desk.storage.asking import Asked, Where
from laverma_desk.storage.database import Database
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.postgresql.streaming import take_keys
from laverma_desk.storage.postgresql.upgrading import bring_up_to_date
from laverma_desk.storage.spelling import Speaks
from laverma_desk.storage.tables import customer, session
from laverma_desk.storage.tables.search import session_text
from tests.storage.conftest import NOON
from tests.support.kept_desks import blank_database
from tests.support.past_sessions import BEGIN, past_session
from tests.support.servers import shared_server

PLACE = Workstation(1, 1, "Server")
PIECES = (
    "server", "Terminalserver", "Druckertreiber", "treiber", "Röntgen", "roentgen", "Weiß", "WEISS", "Straße",
    "strasse", "Einstellung", "Videoeinstellung", "éé", "İstanbul", "ς", "Ω", "æther", "№ 4", "ﬁlm", "pc",
    "PC-0117", "192.168.0.1", "%", "%%", "100 %", "_", "a_b", "\\", "\\\\", "\\%", "C:\\Temp\\x", "'", "''",
    '"', '"OR"', "*", "NEAR(", "^", "~", "?", ":name", "%(name)s", "$1", "👍", "👩‍⚕️", "🦷", "مرحبا", "日本語",
    "日本", "é", "e\u0301", "\ufffd", "\u200b", "\u00ad", "\u00a0", "\t", "\n", "x" * 60, "ab",
    "a", "ß", "ä", "12",
)  # fmt: skip
_piece = st.sampled_from(PIECES)
_letters = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0", max_codepoint=0x1F9FF), max_size=6
)
_written = st.lists(_piece | _letters, max_size=5).map(" ".join) | st.lists(_piece, max_size=4).map("".join)


@pytest.fixture(scope="module")
def both(tmp_path_factory, blank_desk):
    """A desk of each engine, with one customer."""
    file = tmp_path_factory.mktemp("both") / "desk.sqlite3"
    file.write_bytes(blank_desk)
    server = shared_server()
    name = server.create(blank_database())
    stores = (Database(file), Server(server.address(name), lambda: None))
    for store in stores:
        with store.write() as connection:
            customers.insert_customer(connection, Customer(0, "1", "Z"), NOON)
            customers.put_workstation(connection, Workstation(0, 1, "Server"))
            house.put_supporter(connection, "Klaus", "")
    yield stores
    for store in stores:
        store.close()
    server.drop(name)


class Undo(Exception):
    pass


@contextmanager
def undone(store):
    """Let a block write what nobody ever sees."""
    with suppress(Undo), store.write() as connection:
        yield connection
        raise Undo


def write(connection, notes: list[str]) -> int:
    """Write sessions with these notes, and return the row before the first."""
    rows = [
        past_session(
            connection, PLACE, BEGIN + timedelta(minutes=place), number=f"N-{place}", notes=one,
            workstation_name="", customer_name="", supporter_name="",
        )
        for place, one in enumerate(notes)
    ]  # fmt: skip
    return rows[0] - 1


def hits(connection, typed: str, before: int) -> dict[str, list[int]]:
    """Return what each way to ask finds: the places of the notes."""
    words = words_of(typed)
    if not words:
        return {}
    count = sessions.count(connection)
    found: dict[str, list[int]] = {}
    rows = (before + 2, before + count - 1)
    for name, where in {
        "few": search_index.found(words, among_few=True),
        "index": search_index.found(words, among_few=False),
        "close": search_index.found(words, among_few=False, rows=rows),
    }.items():
        if name == "close" and "match" not in where.values:
            continue  # Too short for the index: nobody asks it between rows then.
        asked = Asked(select(session.c.id).where(*where.conditions).order_by(session.c.id), where.values)
        found[name] = list(asked.by(connection).scalars())
    for name, between, most in (("newest", None, 3), ("newest between", rows, 50)):
        newest = search_index.newest(words, Where(), between, most)
        if newest is not None:
            found[name] = list(newest.by(connection).scalars())
    return {name: [row - before for row in some] for name, some in found.items()}


@given(st.lists(_written, min_size=1, max_size=6), _written | _letters)
def test_the_same_hits_for_the_same_query(both, notes, typed):
    notes = [*notes, f"vor{typed}nach", typed]
    said = []
    for store in both:
        with undone(store) as connection:
            before = write(connection, notes)
            assert search_index.search_problems(connection) == []
            said.append(hits(connection, typed, before))
    assert said[0] == said[1]
    if words_of(typed):
        assert len(notes) in said[1]["index"], "what was typed is found where it stands"
        assert said[0]["few"] == said[0]["index"]


@pytest.mark.parametrize("piece", PIECES)
def test_each_piece_is_found_by_itself_alike(both, piece):
    said = []
    for store in both:
        with undone(store) as connection:
            before = write(connection, [*PIECES, f"x{piece}y", f"Wort {piece} Wort"])
            said.append(hits(connection, piece, before))
    assert said[0] == said[1]


@given(st.lists(_written, min_size=2, max_size=8, unique=True))
def test_texts_come_in_the_same_order(both, names):
    orders = []
    for store in both:
        with undone(store) as connection:
            for place, name in enumerate(names):
                customers.insert_customer(connection, Customer(0, f"N-{place}", name), NOON)
            orders.append([one.name for one in customers.every_customer(connection)])
    assert orders[0] == orders[1]


@given(_written, _written)
def test_a_line_goes_with_what_it_said_and_comes_with_what_is_said_now(both, first, second):
    said = []
    for store in both:
        with undone(store) as connection:
            row = write(connection, [first]) + 1
            sessions.update_session(connection, row, notes=second)
            asked = select(session_text.c.line).where(session_text.c.session_id == row)
            said.append(connection.execute(asked).scalar_one())
            connection.execute(text("UPDATE session SET notes = :notes"), {"notes": second + "x"})
            said.append(connection.execute(asked).scalar())
            connection.execute(delete(session_text))
    assert said[0] == said[2]
    assert said[1] is said[3] is None


_case = st.text(st.sampled_from("aAbBzZäÄöÖßẞéÉİıſK%_/\\ 1"), max_size=5)


@given(_case, _case)
def test_small_and_capital_letters_are_alike_on_both(both, said, asked):
    found = []
    for store in both:
        with undone(store) as connection:
            customers.insert_customer(connection, Customer(0, "N-1", f"x{said}y"), NOON)
            pattern = "%" + re.sub("[/%_]", r"/\g<0>", asked) + "%"
            fits = select(customer.c.number).where(Speaks(customer.c.name, bindparam(None, pattern, Text())))
            found.append(connection.execute(fits.order_by(customer.c.id)).scalars().all())
    assert found[0] == found[1]
    if asked in said:
        assert "N-1" in found[1]


def test_two_desks_that_begin_a_year_at_once_share_its_numbers(both):
    server, taken, inside = both[1], [], threading.Event()

    def second() -> None:
        inside.wait(10)
        # Not in turn, as whoever writes only its own rows: the row itself is waited for.
        with server.write(own_rows=True) as connection:
            taken.append(numbers.take(connection, "begun", 2031))

    thread = threading.Thread(target=second)
    thread.start()
    with server.write(own_rows=True) as connection:
        taken.append(numbers.take(connection, "begun", 2031))
        inside.set()
        thread.join(0.3)
        assert taken == [1], "the second one waits"
    thread.join(10)
    assert taken == [1, 2]


def test_keys_that_are_taken_are_nobody_elses(both):
    with undone(both[1]) as connection:
        first = take_keys(connection, "session", 5)
        row = write(connection, ["a"]) + 1
        second = take_keys(connection, "session", 3)
    assert (len(first), row, second[0]) == (5, first[-1] + 1, row + 1)


def test_whoever_stops_reading_halfway_leaves_nothing_open(both):
    """Neither in the transaction nor, by Python's clearing up, in a later one of somebody else."""
    many = text("SELECT * FROM generate_series(1, 50000)").execution_options(yield_per=100)
    with both[1].read() as connection:
        rows = iter(connection.execute(many))
        assert next(rows)[0] == 1
    with both[1].write() as connection:
        del rows
        assert connection.execute(text("SELECT count(*) FROM pg_cursors")).scalar_one() == 0


def test_a_server_that_knows_more_letters_goes_by_those_of_a_file():
    server = shared_server()
    if server.major < 17:
        pytest.skip("this server has no locale of its own that knows letters")
    knowing = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST' LOCALE 'C.UTF-8'"
    server.say(f"CREATE DATABASE knowing TEMPLATE template0 {knowing}")
    store = Server(server.address("knowing"), lambda: None)
    bring_up_to_date(store)
    names = ["Zahn", "zahn", "Ähre", "Aehre", "a-b", "ab", "a b", "A", "_", "ß", "ss", "10", "9", ""]
    with store.write() as connection:
        assert connection.execute(text("SELECT 'ähre' ILIKE 'ÄHRE'")).scalar_one(), "it does know them"
        for place, name in enumerate(names):
            customers.insert_customer(connection, Customer(0, f"N-{place}", name), NOON)
        found = [one.name for one in customers.every_customer(connection)]
        fits = select(func.count()).where(Speaks(customer.c.name, bindparam(None, "%äHRE%", Text())))
        other_case = connection.execute(fits.select_from(customer)).scalar_one()
    store.close()
    server.drop("knowing")
    assert found == sorted(names)
    assert other_case == 0, "of other letters than those of ASCII the one that is written"

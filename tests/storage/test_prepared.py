"""A statement handed straight to the driver says and gives the same as SQLAlchemy would."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from psycopg import IntegrityError as Refused
from sqlalchemy import bindparam, insert, select, update

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.database import Database
from laverma_desk.storage.prepared import Prepared
from laverma_desk.storage.tables import customer

AT = datetime(2022, 3, 1, 13, 30, tzinfo=timezone(timedelta(hours=1)))
_ADD = Prepared(
    insert(customer).returning(customer.c.id),
    gives=(customer.c.id,),
    sets=("number", "name", "created_at", "since", "archived"),
)
_ALL = select(customer).order_by(customer.c.id)
_READ = Prepared(_ALL, gives=_ALL.selected_columns)


def _add(connection, number, *, archived=False, at=AT):
    values = {"number": number, "name": "ZAP", "created_at": at, "since": date(2020, 2, 29)}
    return _ADD.rows(connection, {**values, "archived": archived})


def test_values_go_and_come_as_their_columns_say(database):
    with database.write() as connection:
        assert [_add(connection, "1"), _add(connection, "2", archived=True)] == [[(1,)], [(2,)]]
        found = _READ.rows(connection, {})
        assert found == [tuple(row) for row in connection.execute(_ALL)]
        by_name = dict(zip(customer.c.keys(), found[1], strict=True))
    assert by_name["created_at"] == AT
    assert by_name["created_at"].tzinfo is UTC
    assert (by_name["since"], by_name["archived"], by_name["country"]) == (date(2020, 2, 29), True, "DE")


def test_a_value_that_its_column_cannot_keep_is_refused(database):
    with database.write() as connection, pytest.raises(ValueError, match="2022"):
        _add(connection, "1", at=AT.replace(tzinfo=None))


def test_a_value_that_was_forgotten_is_no_empty_one(database):
    with database.write() as connection, pytest.raises(KeyError, match="name"):
        _ADD.rows(connection, {"number": "1"})


def test_what_was_written_is_counted_and_undone_with_its_transaction(database):
    rename = Prepared(update(customer).where(customer.c.number == bindparam("known")), sets=("known", "name"))
    with database.write() as connection:
        _add(connection, "1")
        assert rename.run(connection, {"known": "1", "name": "Neu"}) == 1
        assert rename.run(connection, {"known": "9", "name": "Neu"}) == 0

    def fail():
        with database.write() as connection:
            rename.run(connection, {"known": "1", "name": "Anders"})
            _add(connection, "1")

    with pytest.raises((sqlite3.IntegrityError, Refused)):
        fail()
    with database.read() as connection:
        assert [row[2] for row in _READ.rows(connection, {})] == ["Neu"]


def test_the_same_statement_serves_another_desk(database, tmp_path, blank_desk):
    """Also one that the other engine keeps."""
    (tmp_path / "other.sqlite3").write_bytes(blank_desk)
    other = Database(tmp_path / "other.sqlite3")
    for place, one in enumerate((database, other, database)):
        with one.write() as connection:
            _add(connection, str(place))
    counts = []
    for one in (database, other):
        with one.read() as connection:
            counts.append(len(_READ.rows(connection, {})))
    other.close()
    assert counts == [2, 1]


def test_what_the_world_refuses_is_said_as_ever(database, file):
    with database.read() as connection:
        _READ.rows(connection, {})
        connection.connection.driver_connection.execute("PRAGMA query_only = ON")
    with pytest.raises(OutsideTrouble) as trouble, database.write() as connection:
        _add(connection, "1")
    assert trouble.value.code is Trouble.FILE_UNWRITABLE
    assert trouble.value.parameters["file"] == file.name


def test_what_is_compiled_beforehand_is_not_compiled_again(database, monkeypatch):
    fresh = Prepared(
        select(customer.c.name).where(customer.c.number == bindparam("number")), (customer.c.name,)
    )
    database.prepare()
    monkeypatch.setattr(Prepared, "_compiled", None)  # Who compiles now fails.
    with database.read() as connection:
        assert fresh.rows(connection, {"number": "1"}) == []
        assert _READ.rows(connection, {}) == []

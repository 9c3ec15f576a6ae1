"""A house in a folder and an empty database of a server, for desks that move between them."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing

import psycopg
import pytest

from laverma_desk.storage.moving.lines import moved_tables
from tests.support.audited_desks import open_audited
from tests.support.servers import shared_server

ODD = "Zeile 1\nZeile 2\tTab \\ \\N \\. \r\v\f\b „ä€😀“ 'x' \"y\" %s"


@pytest.fixture
def story(tmp_path):
    """Two years of a house in a folder, closed."""
    made = open_audited(tmp_path / "story")
    with made.desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET street = ? WHERE id = 1", (ODD,))
    yield made
    made.desk.close()


@pytest.fixture
def target():
    """An empty database of a server."""
    server = shared_server()
    name = server.create()
    yield server.address(name)
    server.drop(name)


def said(address, statement):
    """Return what a database answers to its owner."""
    with psycopg.connect(
        host=address.host, port=address.port, user=address.user, dbname=address.database
    ) as one:
        return one.execute(statement).fetchall()


def tables_of(address):
    """Return the names of the tables that are there."""
    return [name for (name,) in said(address, "SELECT relname FROM pg_class WHERE relkind = 'r' "
                                              "AND relnamespace = 'public'::regnamespace")]  # fmt: skip


def content(file):
    """Return the hash of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def everything(file):
    """Return all rows of all tables of a file but the hearts."""
    with closing(sqlite3.connect(file)) as raw:
        return {
            table.name: raw.execute(f'SELECT * FROM "{table.name}" ORDER BY 1, 2').fetchall()  # noqa: S608 (our own name)
            for table in moved_tables()
        }


def schema(file):
    """Return the words of a file's schema."""
    with closing(sqlite3.connect(file)) as raw:
        return sorted(raw.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall(), key=str)

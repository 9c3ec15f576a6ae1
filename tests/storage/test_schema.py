"""The migrations lead to exactly the tables that the program knows."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import IntegrityError

from laverma_desk.storage import migrations
from laverma_desk.storage.schema import APPLICATION_ID
from laverma_desk.storage.tables import metadata

CHANGES = ("update", "delete", "replace")


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """A file made of tables.py directly."""
    path = tmp_path / "drawn.sqlite3"
    engine = create_engine(URL.create("sqlite", database=str(path)))
    metadata.create_all(engine)
    engine.dispose()
    return path


def is_ours(name: str | None, *_where: object) -> bool:
    """Return whether it is drawn in tables/: the full-text index with all its own is not, nor are seals."""
    return not str(name).startswith(("session_words", "ix_session_text_letters", "lifted_seal"))


def shape(path: Path) -> dict[str, object]:
    """Return columns, keys, indexes and constraints of each table in a file, without its order of words."""
    with closing(sqlite3.connect(path)) as raw:
        tables = [
            (name, sql)
            for name, sql in raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            if name != "alembic_version" and not name.startswith("sqlite_") and is_ours(name)
        ]
        return {
            name: {
                "columns": sorted(row[1:] for row in raw.execute(f"PRAGMA table_info({name})")),
                "keys": sorted(row[2:] for row in raw.execute(f"PRAGMA foreign_key_list({name})")),
                "constraints": sorted(
                    re.findall(
                        r"CONSTRAINT \w+ (?:CHECK \(.*\)|UNIQUE \(.*?\)|PRIMARY KEY \(.*?\))",
                        sql,
                    )
                ),
                "indexes": sorted(
                    " ".join(row[0].split())
                    for row in raw.execute(
                        "SELECT sql FROM sqlite_master "
                        "WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
                        (name,),
                    )
                ),
            }
            for name, sql in tables
        }


def test_alembic_finds_no_difference(database):
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, metadata) == []


def test_every_default_check_key_and_index_is_the_same(file, drawn):
    migrated, expected = shape(file), shape(drawn)
    assert migrated.keys() == expected.keys()
    for name, table in expected.items():
        assert migrated[name] == table, name


def test_what_alembic_does_not_see_is_there_by_name(file):
    with closing(sqlite3.connect(file)) as raw:
        sql = "\n".join(row[0] for row in raw.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
        named = {
            row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index')")
        }
    checks = set(re.findall(r"CONSTRAINT (ck_\w+) CHECK", sql))
    assert checks == {
        *("ck_session_state", "ck_session_frozen", "ck_tariff_price"),
        *("ck_invoice_sum", "ck_invoice_cancels", "ck_payment_amount"),
        *("ck_remote_connection_state", "ck_remote_connection_matched"),
    }
    assert {"document_no_update", "document_no_delete", "document_no_replace", "ix_session_open"} <= named
    logs = {f"{log}_change_no_{event}" for log in ("session", "customer") for event in CHANGES}
    assert logs | {f"agreement_no_{event}" for event in CHANGES} <= named
    papers = ("invoice", "invoice_line", "payment", "reminder", "reminder_invoice")
    assert {f"{paper}_no_{event}" for paper in papers for event in CHANGES} <= named
    locks = {f"{part}_locked_{event}" for part in ("segment", "gap") for event in ("insert", *CHANGES[:2])}
    assert locks | {"session_locked", "session_no_delete", "session_no_replace", "session_identity"} <= named


def test_the_known_versions_are_alembics_own_history():
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    scripts = ScriptDirectory.from_config(config)
    assert [one.revision for one in scripts.walk_revisions()][::-1] == list(migrations.REVISIONS)
    assert scripts.get_heads() == [migrations.REVISIONS[-1]]


@pytest.mark.files("a server's database has no such mark")
def test_a_desk_says_what_it_is(database):
    with database.read() as connection:
        assert connection.execute(text("PRAGMA application_id")).scalar_one() == APPLICATION_ID
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    assert version == migrations.REVISIONS[-1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tariff SET price_cents = -1",
        "UPDATE session SET state = 'ended'",
        "UPDATE session SET state = 'asleep'",
        "UPDATE session SET number = NULL",
        "INSERT INTO session_change (session_id, at, field) VALUES (99, '2022-03-01 12:00:00', 'x')",
    ],
)
def test_the_file_itself_refuses_what_cannot_be(database, statement):
    with database.write() as connection:
        connection.execute(
            text("INSERT INTO customer (id, number, name, created_at) VALUES (1, '1', 'Z', '2022-01-01')")
        )
        connection.execute(text("INSERT INTO workstation (id, customer_id, name) VALUES (1, 1, 'PC')"))
        connection.execute(text("INSERT INTO supporter (id, name) VALUES (1, 'Klaus')"))
        connection.execute(
            text(
                "INSERT INTO session "
                "(number, customer_id, workstation_id, supporter_id, state, begin, day, created_at) "
                "VALUES ('S-1', 1, 1, 1, 'running', '2022-01-01', '2022-01-01', '2022-01-01')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO tariff "
                "(valid_from, price_cents, rounding, minimum_seconds, free_seconds) "
                "VALUES ('2022-01-01', 225, 'x', 0, 0)"
            )
        )
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(text(statement))

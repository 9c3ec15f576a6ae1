"""New, current and older desks are opened; whatever a migration does, the old file stays usable."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage import migrations, opening
from laverma_desk.storage.backup import copy_desk, problems_of
from laverma_desk.storage.database import Database
from laverma_desk.storage.file_state import FileState, inspect
from laverma_desk.storage.migrate import OURS, Schema, _upgrade, open_desk
from laverma_desk.storage.migrations import REVISIONS
from tests.storage.conftest import NOON

NEXT = "9000"

GOOD = """
    with op.batch_alter_table("session") as table:
        table.add_column(sa.Column("mood", sa.Text(), nullable=False, server_default="calm"))
    with op.batch_alter_table("customer") as table:
        table.alter_column("street", existing_type=sa.Text(), new_column_name="road")
"""
DIES = """
    op.create_table("half", sa.Column("x", sa.Integer()))
    op.execute("UPDATE customer SET name = 'lost'")
    raise RuntimeError("halfway")
"""
ORPHANS = """
    op.execute("DELETE FROM customer")
"""


@pytest.fixture
def next_schema(tmp_path):
    """Return the schema of a later program: one more step, with a body of the test's choice."""

    def write(body: str) -> Schema:
        scripts = tmp_path / "migrations"
        shutil.copytree(
            Path(migrations.__file__).parent, scripts, ignore=shutil.ignore_patterns("__pycache__")
        )
        (scripts / "versions" / "9000_next.py").write_text(
            f"import sqlalchemy as sa\nfrom alembic import op\n\nrevision = {NEXT!r}\n"
            f"down_revision = {REVISIONS[-1]!r}\n\n\ndef upgrade():{body}",
            encoding="utf-8",
        )
        return Schema(scripts, (*REVISIONS, NEXT))

    return write


@pytest.fixture
def used(file: Path) -> Path:
    """A desk with a customer, a running session and what hangs on it."""
    with closing(sqlite3.connect(file)) as raw:
        raw.executescript(
            """
            INSERT INTO customer (id, number, name, street, created_at)
                VALUES (1, '1', 'ZAP', 'Hauptstr.', '2022-01-01');
            INSERT INTO workstation (id, customer_id, name) VALUES (1, 1, 'PC');
            INSERT INTO contact (customer_id, position, name)
                VALUES (1, 0, 'Sabine'), (1, 1, 'Dr. Bohrer');
            INSERT INTO supporter (id, name) VALUES (1, 'Klaus');
            INSERT INTO session
                (id, number, customer_id, workstation_id, supporter_id, state, begin, day, created_at)
                VALUES (1, 'S-1', 1, 1, 1, 'running', '2022-01-01', '2022-01-01', '2022-01-01');
            INSERT INTO segment (session_id, position, begin)
                VALUES (1, 0, '2022-01-01'), (1, 1, '2022-01-02');
            INSERT INTO gap (session_id, kind, begin, end)
                VALUES (1, 'sleep', '2022-01-01', '2022-01-02');
            INSERT INTO document (id, kind, name, mime_type, content, sha256, created_at)
                VALUES (1, 'mail', 'x', 'y', x'00ff', 'z', '2022-01-01');
            """
        )
    return file


def content(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as raw:
        return list(raw.iterdump())


def backups_of(file: Path) -> list[Path]:
    folder = file.parent / "backups"
    return sorted(folder.iterdir()) if folder.exists() else []


def open_at(file: Path, schema: Schema = OURS) -> Database:
    return open_desk(file, file.parent / "backups", lambda: NOON, schema=schema)


def test_a_new_desk_is_current_and_for_its_owner_alone(tmp_path):
    file = tmp_path / "house" / "desk" / "desk.sqlite3"
    open_at(file).close()
    assert inspect(file).state is FileState.CURRENT
    assert [one.name for one in file.parent.iterdir()] == ["desk.sqlite3"]
    assert problems_of(file) == []
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700


def test_what_a_killed_program_left_of_a_new_desk_is_no_hindrance(tmp_path):
    file = tmp_path / "desk.sqlite3"
    for ending in ("", "-journal", "-wal"):
        (tmp_path / f"desk.sqlite3.new{ending}").write_bytes(b"half a desk")
    open_at(file).close()
    assert [one.name for one in tmp_path.iterdir()] == ["desk.sqlite3"]


def test_a_current_desk_is_opened_as_it_is(used):
    before = content(used)
    open_at(used).close()
    assert content(used) == before
    assert backups_of(used) == []


def test_opening_a_current_desk_loads_no_alembic(file):
    program = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from laverma_desk.storage.migrate import open_desk\n"
        f"open_desk(Path({str(file)!r}), Path('nowhere'), lambda: datetime.now(UTC)).close()\n"
        "print([one for one in sys.modules if one.split('.')[0] in ('alembic', 'mako')])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout.strip() == "[]"


def test_an_older_desk_is_migrated_with_all_that_hangs_on_its_rows(used, next_schema):
    before = content(used)
    seals = sorted(line.split()[2] for line in before if line.startswith("CREATE TRIGGER"))
    assert seals
    database = open_at(used, next_schema(GOOD))
    with database.read() as connection:
        counts = [
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
            for table in ("session", "segment", "gap", "contact", "workstation")
        ]
        assert counts == [1, 2, 1, 2, 1]
        assert connection.execute(text("SELECT mood FROM session")).scalar_one() == "calm"
        assert connection.execute(text("SELECT road FROM customer")).scalar_one() == "Hauptstr."
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == NEXT
        found = text("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        triggers = connection.execute(found).scalars().all()
    database.close()
    assert triggers == seals
    assert problems_of(used) == []
    (copy,) = backups_of(used)
    assert copy.name == f"desk-20220301T120000-before-{REVISIONS[-1]}.sqlite3"
    assert content(copy) == before
    assert sorted(one.name for one in used.parent.iterdir()) == ["backups", "desk.sqlite3"]


def test_a_migrated_desk_is_for_its_owner_alone(used, next_schema):
    used.chmod(0o644)
    open_at(used, next_schema(GOOD)).close()
    if os.name == "posix":
        assert used.stat().st_mode & 0o777 == 0o600
        assert backups_of(used)[0].stat().st_mode & 0o777 == 0o600


def test_what_was_only_in_the_log_is_migrated_too(used, next_schema):
    """A program that was killed leaves its last writes in the write-ahead log."""
    with closing(sqlite3.connect(used)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA wal_autocheckpoint = 0")
        raw.execute("UPDATE session SET notes = 'the last words'")
        raw.commit()
        kept = {ending: used.with_name(used.name + ending).read_bytes() for ending in ("", "-wal")}
    for ending, found in kept.items():
        used.with_name(used.name + ending).write_bytes(found)
    database = open_at(used, next_schema(GOOD))
    with database.read() as connection:
        assert connection.execute(text("SELECT notes FROM session")).scalar_one() == "the last words"
    database.close()
    (copy,) = backups_of(used)
    assert any("the last words" in line for line in content(copy))


@pytest.mark.parametrize("body", [DIES, ORPHANS], ids=["dies halfway", "leaves rows without parents"])
def test_a_migration_that_fails_leaves_the_old_desk_as_it_was(used, next_schema, body):
    before = content(used)
    schema = next_schema(body)
    with pytest.raises(OutsideTrouble) as trouble:
        open_at(used, schema)
    assert trouble.value.code is Trouble.MIGRATION_FAILED
    assert trouble.value.parameters == {"file": str(used), "folder": str(used.parent / "backups")}
    assert content(used) == before
    assert content(*backups_of(used)) == before
    assert sorted(one.name for one in used.parent.iterdir()) == ["backups", "desk.sqlite3"]
    database = open_at(used)
    with database.write() as connection:
        connection.execute(text("UPDATE customer SET name = 'goes on'"))
    database.close()


def test_a_migration_is_whole_or_not_at_all_even_in_its_own_copy(used, next_schema, tmp_path):
    """Alembic by default would leave the half table behind, and the file unusable for good."""
    fresh = tmp_path / "fresh.sqlite3"
    copy_desk(used, fresh)
    with pytest.raises(RuntimeError, match="halfway"):
        _upgrade(fresh, next_schema(DIES))
    assert content(fresh) == content(used)


def test_somebody_who_has_the_desk_open_holds_the_migration_up(used, next_schema, monkeypatch):
    monkeypatch.setattr(opening, "PATIENCE_SECONDS", 0.05)
    schema, before = next_schema(GOOD), content(used)
    other = Database(used)
    with other.read() as connection:
        connection.execute(text("SELECT * FROM session")).all()
        with pytest.raises(OutsideTrouble) as trouble:
            open_at(used, schema)
        assert connection.execute(text("SELECT name FROM customer")).scalar_one() == "ZAP"
    other.close()
    assert trouble.value.code is Trouble.DATABASE_BUSY
    assert content(used) == before
    open_at(used, schema).close()
    assert inspect(used, schema.revisions).state is FileState.CURRENT


def test_no_room_for_the_backup_means_no_migration(used, next_schema):
    before = content(used)
    (used.parent / "backups").touch()
    with pytest.raises(OutsideTrouble) as trouble:
        open_at(used, next_schema(GOOD))
    assert trouble.value.code is Trouble.FOLDER_UNWRITABLE
    assert content(used) == before


def test_a_step_that_is_not_known_is_a_newer_desk(used, next_schema):
    open_at(used, next_schema(GOOD)).close()
    with pytest.raises(OutsideTrouble) as trouble:
        open_at(used)
    assert trouble.value.code is Trouble.DATABASE_NEWER

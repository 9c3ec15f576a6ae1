"""A backup of a server's desk: PostgreSQL's own pg_dump makes it, and pg_restore brings it back."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.rights import Right
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.explain import explain
from laverma_desk.paths import DataDir
from laverma_desk.services.backups import server_dump
from laverma_desk.services.backups.choosing import save_choice
from laverma_desk.services.backups.sealed_files import is_sealed, unseal_file
from laverma_desk.services.backups.server_copies import (
    server_copies,
    shown_command,
    shown_restore,
    take_server_copy,
)
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.shared_desk import open_shared_desk
from laverma_desk.services.tax_audit.procedures import procedures
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage.postgresql.rights import POLICIES
from laverma_desk.storage.schema import metadata
from laverma_desk.storage.tables import setting
from tests.support.desks import lay_out, memory_secrets
from tests.support.kept_desks import new_server_desk
from tests.support.prepared_servers import PreparedServer
from tests.support.servers import binaries, shared_server

pytestmark = pytest.mark.files("it is about a server alone, and makes its desk itself")


@pytest.fixture(autouse=True)
def programs(monkeypatch):
    """The programs of the server stand on the path, as where its client is installed."""
    monkeypatch.setenv("PATH", os.pathsep.join((str(binaries()), os.environ["PATH"])))


@pytest.fixture
def shared(tmp_path, clock, programs):
    """A desk on a server."""
    made = new_server_desk(DataDir(tmp_path / "mine"), clock, memory_secrets())
    yield made
    made.close()


@pytest.fixture
def prepared(tmp_path, programs):
    """A server with groups and rights, and a house laid out in its desk."""
    made = PreparedServer(tmp_path, lay_out)
    yield made
    made.close()


def test_a_backup_is_whole_and_comes_back(shared, tmp_path, clock):
    seen = []
    copy = take_server_copy(shared, None, None, lambda done, total: seen.append(done / total))
    assert copy.file == shared.data.backups / "desk-20220301T092200.dump"
    assert copy.file.stat().st_mode & 0o777 == 0o600
    assert (seen == sorted(seen), seen[-1]) == (True, 1.0)
    assert [one.file for one in server_copies(shared)] == [copy.file]
    assert [one.name for one in copy.file.parent.iterdir()] == [copy.file.name], "nothing half-made"
    server = shared_server()
    name = server.create()
    words = server_dump.restoring_command(server.address(name), copy.file)
    done = subprocess.run(words, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    again = open_shared_desk(DataDir(tmp_path / "other"), server.address(name), clock, memory_secrets())
    assert check_desk(again).sound
    again.close()
    server.drop(name)


def test_the_command_that_is_shown_is_the_one_that_runs(shared, monkeypatch):
    ran = []
    real = subprocess.Popen

    def popen(words, **more):
        ran.append((words, more["env"]))
        return real(words, **more)

    monkeypatch.setattr(subprocess, "Popen", popen)
    shown = shown_command(shared)
    file = shared.data.backups / "wie-gezeigt.dump"
    file.parent.mkdir()
    take_server_copy(shared, file)
    (words, _surroundings), *rest = [
        one for one in ran if "--version" not in one[0] and "--list" not in one[0]
    ]
    assert rest == []
    assert Path(words[0]).name == "pg_dump"
    assert shown.startswith("pg_dump --format=custom --enable-row-security --verbose --file=")
    assert [one for one in words[1:] if not one.startswith("--file=")] == [
        one.strip("'") for one in shown.split()[1:] if not one.startswith("--file=")
    ]


def test_no_password_stands_in_a_call_or_the_environment(monkeypatch):
    seen = {}

    def popen(words, **more):
        file = Path(more["env"]["PGPASSFILE"])
        seen.update(words=words, env=more["env"], file=file, said=file.read_text(),
                    modes=(file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777))  # fmt: skip
        raise OSError("not today")

    monkeypatch.setattr(subprocess, "Popen", popen)
    monkeypatch.setenv("PGPASSWORD", "von gestern")
    address = ServerAddress("klaus", "db.example", 5432, "laverma")
    words = server_dump.command(address, Path("sicherung.dump"))
    with pytest.raises(OSError, match="not today"):
        server_dump.run(words, address, "ge:heim\\1", print, lambda: None)
    assert seen["said"] == "*:*:*:*:ge\\:heim\\\\1\n"
    assert seen["modes"] == (0o600, 0o700)
    assert not seen["file"].exists()
    assert not seen["file"].parent.exists()
    assert not any("heim" in one or "gestern" in one for one in [*seen["words"], *seen["env"].values()])
    assert words[-1] == (
        "--dbname=postgresql://klaus@db.example:5432/laverma?sslmode=verify-full&sslrootcert=system"
    )


def test_an_older_program_is_refused_in_a_plain_sentence(tmp_path, monkeypatch):
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 12.4'\n", "utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(server_dump, "_PLACES", ())
    with pytest.raises(OutsideTrouble) as caught:
        server_dump.find_program(18)
    assert caught.value.code is Trouble.PG_DUMP_OLD
    assert "pg_dump 12 " in explain(caught.value)
    old.unlink()
    with pytest.raises(OutsideTrouble) as caught:
        server_dump.find_program(18)
    assert caught.value.code is Trouble.PG_DUMP_MISSING
    assert "18" in explain(caught.value)


def test_a_program_that_cannot_check_the_name_is_too_old():
    """Before 16 the word for the authorities of the system was the name of a file."""
    far = ServerAddress("anna", "server.example", None, "laverma")
    assert server_dump.conninfo(far).endswith("sslrootcert=system")
    assert server_dump.least_major(far) == 16
    own = ServerAddress("anna", "server.example", None, "laverma", (("sslrootcert", "/ca.pem"),))
    assert server_dump.least_major(own) == 0
    assert server_dump.least_major(ServerAddress("anna", "127.0.0.1", 5432, "laverma")) == 0


def test_a_newer_program_behind_an_older_one_is_found(tmp_path, monkeypatch):
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 12.4'\n", "utf-8")
    old.chmod(0o755)
    config = tmp_path / "pg_config"
    config.write_text(f"#!/bin/sh\necho {binaries()}\n", "utf-8")
    config.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join((str(tmp_path), "/usr/bin", "/bin")))
    assert server_dump.find_program(shared_server().major) == binaries() / "pg_dump"


def test_called_off_nothing_is_left(shared, monkeypatch):
    with pytest.raises(JobCancelled):
        take_server_copy(shared, None, None, cancelled=lambda: True)
    assert list(shared.data.backups.iterdir()) == []
    assert server_copies(shared) == ()


def test_a_role_that_may_not_read_everything_makes_no_backup(shared, clock, tmp_path):
    server, name = shared_server(), shared.database.address.database
    server.say("DROP ROLE IF EXISTS leserin", "CREATE ROLE leserin LOGIN")
    server.say("GRANT SELECT ON customer, alembic_version TO leserin", database=name)
    hers = open_shared_desk(
        DataDir(tmp_path / "ihres"), server.address(name, "leserin"), clock, memory_secrets()
    )
    with pytest.raises(OutsideTrouble) as caught:
        take_server_copy(hers)
    hers.close()
    server.say("DROP OWNED BY leserin", database=name)
    server.say("DROP ROLE leserin")
    assert caught.value.code is Trouble.SERVER_RIGHT_MISSING
    assert list(hers.data.backups.iterdir()) == []


def test_a_technician_s_backup_is_as_whole_as_the_owner_s(prepared, tmp_path, clock):
    prepared.add("Anna Arndt", "anna", Right.CALLS)
    owner = prepared.desk()
    with owner.database.write() as connection:
        connection.execute(insert(setting).values(key="audit", value="{}"))
    copy = take_server_copy(prepared.desk("anna"))
    server = shared_server()
    name = server.create()
    words = server_dump.restoring_command(server.address(name), copy.file)
    done = subprocess.run(words, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    again = open_shared_desk(DataDir(tmp_path / "other"), server.address(name), clock, memory_secrets())
    assert check_desk(again).sound
    for table in POLICIES:
        assert rows_of(again, table) == rows_of(owner, table), table
    assert rows_of(again, "setting"), "rows that she may not write"
    again.close()
    server.drop(name)


def test_who_sees_not_every_row_makes_no_backup(prepared):
    at, role = prepared.address(), prepared.login("leserin")
    shared_server().say(f'CREATE ROLE "{role}" LOGIN', f'GRANT CONNECT ON DATABASE {at.database} TO "{role}"')
    shared_server().say(f'GRANT USAGE ON SCHEMA public TO "{role}"',
                        f'GRANT SELECT ON ALL TABLES IN SCHEMA public TO "{role}"',
                        f'GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
                        database=at.database)  # fmt: skip
    hers = prepared.desk("leserin")
    with pytest.raises(OutsideTrouble) as caught:
        take_server_copy(hers)
    shared_server().say(f'DROP OWNED BY "{role}"', database=at.database)
    assert caught.value.code is Trouble.SERVER_RIGHT_MISSING
    assert list(hers.data.backups.iterdir()) == []


def rows_of(desk, table):
    with desk.database.read() as connection:
        return sorted(map(repr, connection.execute(select(metadata.tables[table]))))


def test_a_locked_backup_opens_with_its_passphrase(shared, tmp_path):
    copy = take_server_copy(shared, None, "korrekt pferd batterie")
    assert copy.file.name.endswith(".dump.age")
    opening, restoring = shown_restore(shared.database.address, copy.file).split(" && ")
    assert opening.split()[:2] == ["age", "-d"]
    assert str(copy.file) in opening
    assert str(copy.file) not in restoring
    assert is_sealed(copy.file)
    unseal_file(copy.file, tmp_path / "offen.dump", "korrekt pferd batterie", lambda _share: None)
    assert (tmp_path / "offen.dump").read_bytes().startswith(b"PGDMP")
    assert [one.name for one in shared.data.root.iterdir() if one.name.startswith(".desk")] == []


def test_a_file_that_is_no_backup_is_not_overwritten(shared, tmp_path):
    other = tmp_path / "kunden.csv"
    other.write_text("Kundennummer;Name\n", "utf-8")
    with pytest.raises(RuleBroken) as caught:
        take_server_copy(shared, other)
    assert caught.value.code is Rule.FILE_IS_FOREIGN
    assert other.read_text("utf-8") == "Kundennummer;Name\n"
    target = tmp_path / "sicherung.dump"
    first = take_server_copy(shared, target)
    assert take_server_copy(shared, target).file == first.file


def test_a_drive_that_is_not_there_is_said(shared, tmp_path):
    (tmp_path / "stick").mkdir()
    save_choice(shared, tmp_path / "stick", sealed=False, passphrase=None)
    (tmp_path / "stick").rmdir()
    with pytest.raises(OutsideTrouble) as caught:
        take_server_copy(shared)
    assert caught.value.code is Trouble.BACKUP_FOLDER_MISSING


def test_the_paper_knows_the_backups_of_a_server(shared):
    assert procedures(shared).copies.newest is None
    copy = take_server_copy(shared)
    found = procedures(shared).copies
    assert (found.newest, found.count, found.folder) == (copy.taken_at, 1, str(copy.file.parent))
    assert "pg_restore --clean" in shown_restore(shared.database.address, copy.file)


def test_damage_is_named_by_its_place(shared, clock, tmp_path):
    with shared.database.write() as connection:
        for words in (
            "SET LOCAL session_replication_role = replica",
            "INSERT INTO contact (customer_id, position, name) VALUES (4711, 0, 'Niemand')",
            "SELECT setval('snippet_id_seq', 1, false)",
            "INSERT INTO snippet (id, position, label, text) VALUES (9, 99, 'x', 'x')",
            "DROP INDEX ix_session_begin",
            "ALTER TABLE invoice DISABLE TRIGGER invoice_no_delete",
            "ALTER TABLE attempt DROP CONSTRAINT fk_attempt_message_id",
        ):
            connection.exec_driver_sql(words)
    health = check_desk(shared)
    assert not health.sound
    found = "\n".join(health.damage)
    for one in (
        "contact 1 → customer",
        "snippet_id_seq counts behind snippet 9",
        "index ix_session_begin is missing",
        "trigger invoice_no_delete is missing or switched off",
        "attempt.message_id → message: the foreign key is missing or not valid",
    ):
        assert one in found, found
    assert len(health.damage) == 5

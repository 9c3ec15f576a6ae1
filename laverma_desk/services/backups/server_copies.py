"""Backups of a server's desk: made now, into the folder for backups or a file, and which there are."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.durable import take_place
from laverma_desk.services.backups import server_dump
from laverma_desk.services.backups.passphrase import kept_passphrase
from laverma_desk.services.backups.plan import folder_of, made_folder, read_plan
from laverma_desk.services.backups.sealed_files import is_sealed, seal_file
from laverma_desk.services.backups.taking import PARTS
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.storage.backup import to_disk
from laverma_desk.storage.database import trouble_of
from laverma_desk.storage.postgresql.dump_facts import reads_everything, server_major, table_sizes

_NAME = re.compile(r"desk-(\d{8}T\d{6})\.dump(\.age)?")
_MAGIC = b"PGDMP"
_BEGINS = re.compile(r'dumping contents of table "public\.([^"]+)"')


@dataclass(frozen=True)
class ServerCopy:
    """A backup that lies there; `size` in bytes."""

    file: Path
    taken_at: datetime
    size: int
    sealed: bool


def address_of(desk: Desk) -> ServerAddress:
    """Return where a shared desk lies. Raises TypeError for a desk in a folder."""
    from laverma_desk.storage.postgresql.server import Server  # noqa: PLC0415 (a server's alone)

    if not isinstance(desk.database, Server):
        raise TypeError(desk.database)
    return desk.database.address


def server_copies(desk: Desk) -> tuple[ServerCopy, ...]:
    """Return the backups of a server's desk that lie in the folder, the newest first."""
    found = []
    with suppress(OSError):
        for file in _folder(desk).iterdir():
            named = _NAME.fullmatch(file.name)
            if named is not None and file.is_file():
                at = datetime.strptime(named[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
                found.append(ServerCopy(file, at, file.stat().st_size, bool(named[2])))
    return tuple(sorted(found, key=lambda one: one.taken_at, reverse=True))


def shown_command(desk: Desk) -> str:
    """Return the command that makes a backup, as it is typed at a terminal."""
    at = desk.clock.now().astimezone(UTC)
    return server_dump.as_typed(
        server_dump.command(address_of(desk), _folder(desk) / _name(at, sealed=False))
    )


def shown_restore_of(desk: Desk, file: Path | None) -> str:
    """Return the command that brings a backup back, or any one that will have been made."""
    return shown_restore(address_of(desk), file or _folder(desk) / "desk-….dump")


def shown_restore(address: ServerAddress, file: Path) -> str:
    """Return the command that brings a backup back, as it is typed at a terminal."""
    if file.suffix != ".age":
        return server_dump.as_typed(server_dump.restoring_command(address, file))
    plain = file.with_suffix("")
    opening = server_dump.as_typed(["age", "-d", "-o", str(plain), str(file)])
    return f"{opening} && {server_dump.as_typed(server_dump.restoring_command(address, plain))}"


def take_server_copy(
    desk: Desk,
    target: Path | None = None,
    passphrase: str | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> ServerCopy:
    """Let pg_dump write a backup, into the folder for backups or a file, and see that all tables are in it.

    Locked where the plan or a passphrase says so. The target appears when it is whole, readable by its owner
    alone. Progress counts up to `PARTS`. Raises RuleBroken PASSPHRASE_MISSING, FILE_IS_FOREIGN (what lies
    there is no backup), OutsideTrouble PG_DUMP_*, SERVER_*, BACKUP_FOLDER_MISSING, DISK_FULL, JobCancelled.
    """
    if passphrase is None and target is None and read_plan(desk.data).sealed:
        passphrase = kept_passphrase(desk.data, desk.secrets)
        if passphrase is None:
            raise RuleBroken(Rule.PASSPHRASE_MISSING)
    at = desk.clock.now().astimezone(UTC)
    if target is None:
        at, target = _free_place(
            made_folder(desk.data, read_plan(desk.data)), at, sealed=passphrase is not None
        )
    _refuse_foreign(target)
    # Nothing readable is ever laid beside a locked copy: its first state stays with the desk.
    partial = (desk.data.root if passphrase else target.parent) / f".{target.name}.{os.getpid()}.partial"
    try:
        _dump(desk, partial, progress, cancelled)
        if passphrase is None:
            take_place(partial, target)
        else:
            seal_file(partial, target, passphrase, lambda _share: go_on_unless(cancelled))
    except OSError as error:
        raise trouble_of(error, str(target)) or OutsideTrouble(
            Trouble.FILE_UNWRITABLE, file=str(target)
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    progress(PARTS, PARTS)
    return ServerCopy(target, at, target.stat().st_size, passphrase is not None)


def _dump(desk: Desk, partial: Path, progress: Progress, cancelled: Cancelled) -> None:
    with desk.database.read() as connection:
        major, sizes = server_major(connection), table_sizes(connection)
        if not reads_everything(connection):
            raise OutsideTrouble(Trouble.SERVER_RIGHT_MISSING, server=desk.database.shown)
    address = address_of(desk)
    program = server_dump.find_program(max(major, server_dump.least_major(address)))
    total, done, current = sum(sizes.values()) or 1, 0, 0

    def said(line: str) -> None:
        nonlocal done, current
        begun = _BEGINS.search(line)
        if begun is not None:
            done, current = done + current, sizes.get(begun[1], 0)
            progress(min(PARTS - 1, PARTS * done // total), PARTS)

    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    server_dump.run(
        server_dump.command(address, partial, str(program)),
        address,
        desk.secrets.read(address.key),
        said,
        lambda: go_on_unless(cancelled),
    )
    to_disk(partial)
    missing = sizes.keys() - server_dump.contents(program, partial)
    if missing:
        raise OutsideTrouble(Trouble.PG_DUMP_FAILED, detail=", ".join(sorted(missing)))


def _folder(desk: Desk) -> Path:
    return folder_of(desk.data, read_plan(desk.data))


def _free_place(folder: Path, at: datetime, *, sealed: bool) -> tuple[datetime, Path]:
    while any((folder / _name(at, sealed=one)).exists() for one in (True, False)):
        at += timedelta(seconds=1)
    return at, folder / _name(at, sealed=sealed)


def _name(at: datetime, *, sealed: bool) -> str:
    return f"desk-{at:%Y%m%dT%H%M%S}.dump{'.age' if sealed else ''}"


def _refuse_foreign(target: Path) -> None:
    try:
        if not target.exists():
            return
        with target.open("rb") as reader:
            is_ours = reader.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        raise OutsideTrouble(Trouble.FILE_UNWRITABLE, file=str(target)) from error
    if not is_ours and not is_sealed(target):
        raise RuleBroken(Rule.FILE_IS_FOREIGN, file=str(target))

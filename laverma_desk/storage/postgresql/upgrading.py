"""Bring a server's desk to the schema of this program, in one transaction, one program at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, Text, column, func, select, table

import laverma_desk.storage.spelling  # noqa: F401 (columns of text get their order by it)
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.migrations import REVISIONS
from laverma_desk.storage.postgresql.server import Server

_SCRIPTS = Path(__file__).parent.parent / "migrations"
# Asked at each start: to read of a table what it looks like takes longer than all else of it.
_IS_THERE = select(func.to_regclass("public.alembic_version").cast(Text))
_REVISION = select(column("version_num", Text)).select_from(table("alembic_version"))


def revision(connection: Connection) -> str | None:
    """Return the version of the desk's schema, None where there is no desk."""
    if connection.execute(_IS_THERE).scalar() is None:
        return None
    return connection.execute(_REVISION).scalar()


def check_schema(server: Server, revisions: Sequence[str] = REVISIONS) -> None:
    """Make sure that this program knows the server's schema, and that it is today's.

    Raises OutsideTrouble SERVER_NOT_PREPARED, SERVER_OLDER or SERVER_NEWER, and what `read` raises.
    """
    with server.read() as connection:
        refuse_other_schema(connection, server.address.shown, revisions)


def refuse_other_schema(connection: Connection, shown: str, revisions: Sequence[str] = REVISIONS) -> None:
    """Raise what `check_schema` raises; `shown` is what the server is called."""
    found = revision(connection)
    if found == revisions[-1]:
        return
    code = Trouble.SERVER_NOT_PREPARED if found is None else Trouble.SERVER_NEWER
    raise OutsideTrouble(Trouble.SERVER_OLDER if found in revisions else code, server=shown)


def bring_up_to_date(server: Server) -> bool:
    """Make the desk's tables, or bring them up to date; return whether there was something to do.

    All steps or none; a second program waits for the first. It takes a role that owns the tables, or may
    create them. Raises OutsideTrouble, SERVER_NEWER among others.
    """
    with server.write() as connection:
        return upgrade(connection, server.address.shown)


def upgrade(connection: Connection, shown: str) -> bool:
    """Do what `bring_up_to_date` does in the caller's transaction; `shown` is what the server is called."""
    from alembic import command  # noqa: PLC0415 (only whoever prepares a server pays for Alembic)
    from alembic.config import Config  # noqa: PLC0415

    found = revision(connection)
    if found == REVISIONS[-1]:
        return False
    if found is not None and found not in REVISIONS:
        raise OutsideTrouble(Trouble.SERVER_NEWER, server=shown)
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return True

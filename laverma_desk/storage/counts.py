"""How much a desk holds."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, inspect, select, text

from laverma_desk.storage.literals import ENDED
from laverma_desk.storage.tables import (
    customer,
    document,
    message,
    remote_connection,
    session,
    workstation,
)


def schema_revision(connection: Connection) -> str | None:
    """Return the version of a desk's schema, None where it says none."""
    if not inspect(connection).has_table(_VERSION):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_VERSION}")).scalar()  # nosec B608 # noqa: S608 (our own name)


def somebody_calls(connection: Connection) -> bool:
    """Return whether a session of anybody runs or pauses."""
    open_ones = select(session.c.id).where(session.c.state != ENDED).limit(1)
    return connection.execute(open_ones).first() is not None


def count_rows(connection: Connection) -> dict[str, int]:
    """Return the number of customers, workstations, sessions, documents, mails, connections, by table name.

    A file that is read as an older program left it may not have all of these tables.
    """
    tables = set(inspect(connection).get_table_names())
    return {table.name: _count(connection, table) for table in _COUNTED if table.name in tables}


_VERSION = "alembic_version"
_COUNTED = (customer, workstation, session, document, message, remote_connection)


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

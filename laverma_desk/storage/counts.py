"""How much a desk holds."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, inspect, select

from laverma_desk.storage.tables import (
    customer,
    document,
    message,
    remote_connection,
    session,
    workstation,
)


def count_rows(connection: Connection) -> dict[str, int]:
    """Return the number of customers, workstations, sessions, documents, mails, connections, by table name.

    A file that is read as an older program left it may not have all of these tables.
    """
    tables = set(inspect(connection).get_table_names())
    return {table.name: _count(connection, table) for table in _COUNTED if table.name in tables}


_COUNTED = (customer, workstation, session, document, message, remote_connection)


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

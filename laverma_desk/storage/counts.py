"""How much a desk holds."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select

from laverma_desk.storage.tables import customer, document, message, session, workstation


def count_rows(connection: Connection) -> dict[str, int]:
    """Return the number of customers, workstations, sessions, documents and mails, by table name."""
    return {table.name: _count(connection, table) for table in _COUNTED}


_COUNTED = (customer, workstation, session, document, message)


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

"""What a backup of a server's desk has to know of it: the server's version, and how large each table is."""

from __future__ import annotations

from sqlalchemy import Connection, text

from laverma_desk.storage.schema import metadata


def server_major(connection: Connection) -> int:
    """Return the first number of the server's version."""
    return int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10000


def table_sizes(connection: Connection) -> dict[str, int]:
    """Return how many bytes each table of the desk has, without its indexes."""
    asked = text("SELECT pg_table_size(CAST(:name AS regclass))")
    return {
        name: int(connection.execute(asked, {"name": f'"{name}"'}).scalar_one()) for name in metadata.tables
    }

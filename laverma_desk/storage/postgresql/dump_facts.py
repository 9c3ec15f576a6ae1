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


def reads_everything(connection: Connection) -> bool:
    """Return whether the login sees each row of each table: a dump would lack the others in silence."""
    hidden = text(
        "SELECT count(*) FROM pg_class AS one "
        "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S') "
        "AND (NOT CASE relkind WHEN 'S' THEN has_sequence_privilege(oid, 'SELECT') "
        "ELSE has_table_privilege(oid, 'SELECT') END "
        "OR row_security_active(oid) AND NOT EXISTS (SELECT 1 FROM pg_policy, unnest(polroles) AS role "
        "WHERE polrelid = one.oid AND polpermissive AND polcmd IN ('r', '*') "
        "AND pg_get_expr(polqual, polrelid) = 'true' AND (role = 0 OR pg_has_role(role, 'USAGE'))))"
    )
    return not connection.execute(hidden).scalar_one()

"""The groups and logins of a server's desk: made, given their privileges, and told again what they may."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

import psycopg
from psycopg import errors, sql
from sqlalchemy import Connection

from laverma_desk.domain.rights import Right
from laverma_desk.storage.postgresql.rights import GRANTS, GUARDS, MAY, MEMBERS, POLICIES, Guard

_LONGEST = 63
"""Bytes of a name; a server cuts off the rest, and two groups would be one."""

_RIGHTS = tuple(one.value for one in Right)
_GUARDING = "laverma_guard"

_KNOWS_GRANTORS = 160000
"""From this version on a membership is there once for each who gave it, and each is taken back by itself."""

_MEMBERSHIPS = (
    "SELECT held.rolname, member.rolname, grantor.rolname FROM pg_auth_members one "
    "JOIN pg_roles held ON held.oid = one.roleid "
    "JOIN pg_roles member ON member.oid = one.member "
    "LEFT JOIN pg_roles grantor ON grantor.oid = one.grantor "
    "WHERE held.rolname = ANY(%s) AND member.rolcanlogin "
    # Whoever made a group may give it, and has nothing of it; older versions do not know that.
    "AND (coalesce((to_jsonb(one) ->> 'inherit_option')::boolean, true) "
    "OR (to_jsonb(one) ->> 'set_option')::boolean)"
)

_WHO_MAY = (
    "SELECT rolname FROM pg_roles one WHERE rolcanlogin AND ("
    "pg_has_role(oid, (SELECT relowner FROM pg_class WHERE oid = 'public.session'::regclass), 'MEMBER') "
    "OR NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %(group)s) "
    "OR EXISTS (SELECT 1 FROM pg_roles held WHERE held.rolname = %(group)s "
    "AND pg_has_role(one.oid, held.oid, 'USAGE')))"
)


class Login(NamedTuple):
    """A role that can log in: `known` where it is there, `any_way` where it may do everything by itself."""

    known: bool
    can_log_in: bool
    any_way: bool


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    driver: Any = connection.connection.driver_connection
    return driver  # type: ignore[no-any-return]


def _do(connection: Connection, statement: str, *parts: sql.Composable) -> None:
    _driver(connection).execute(sql.SQL(statement).format(*parts))


def group_name(database: str, group: str) -> str:
    """Return the name of a group: roles belong to the whole server, so that it names the desk."""
    return _start(database) + group


def _start(database: str) -> str:
    if len(f"{database}_{MEMBERS}".encode()) <= _LONGEST:
        return f"{database}_"
    return f"desk_{hashlib.sha256(database.encode()).hexdigest()[:16]}_"


def _group(connection: Connection, group: str) -> sql.Identifier:
    return sql.Identifier(group_name(_driver(connection).info.dbname, group))


def apply_rights(connection: Connection) -> None:
    """Make the groups and give each its privileges, and only those; to be repeated after each new schema."""
    database = sql.Identifier(_driver(connection).info.dbname)
    for group in (MEMBERS, *_RIGHTS):
        if not login(connection, group_name(_driver(connection).info.dbname, group)).known:
            _do(connection, "CREATE ROLE {} NOLOGIN", _group(connection, group))
    for right in _RIGHTS:
        _do(connection, "GRANT {} TO {}", _group(connection, MEMBERS), _group(connection, right))
    members = _group(connection, MEMBERS)
    _do(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    _do(connection, "GRANT CONNECT ON DATABASE {} TO {}", database, members)
    _do(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    _do(connection, "GRANT USAGE ON SCHEMA public TO {}", members)
    everybody = sql.SQL(", ").join(_group(connection, one) for one in (MEMBERS, *_RIGHTS))
    for kind in ("TABLES", "SEQUENCES"):
        _do(connection, f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM PUBLIC, {{}}", everybody)
    _do(connection, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}", members)
    _do(connection, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}", members)
    for group, tables in GRANTS.items():
        for table, privileges in tables.items():
            said = _with_columns(connection, table, privileges)
            _do(connection, f"GRANT {said} ON {table} TO {{}}", _group(connection, group))
    _tell_rights(connection)
    _part_rows(connection)
    _guard_columns(connection)
    _keep_powers(connection)


def _with_columns(connection: Connection, table: str, privileges: str) -> str:
    """Write out "every column but": a right on a column that comes later is not given by accident."""
    if "(*-" not in privileges:
        return privileges
    before, _sign, rest = privileges.partition("(*-")
    left_out, _sign, after = rest.partition(")")
    rows = _driver(connection).execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s AND column_name <> %s ORDER BY ordinal_position",
        (table, left_out),
    )
    columns = ", ".join(f'"{name}"' for (name,) in rows)
    return f"{before}({columns}){after}"


def _tell_rights(connection: Connection) -> None:
    """Let the server say who has a right: the owner of the tables, and who belongs to its group."""
    start = _start(_driver(connection).info.dbname)
    _do(
        connection,
        f"CREATE OR REPLACE FUNCTION {MAY}(wanted text) RETURNS boolean LANGUAGE sql STABLE AS $may$ "  # nosec B608 # noqa: S608 (names of ours)
        "SELECT pg_has_role(current_user, relowner, 'MEMBER') "
        "OR pg_has_role(current_user, {} || wanted, 'USAGE') "
        "FROM pg_class WHERE oid = 'public.session'::regclass $may$",
        sql.Literal(start),
    )
    _do(
        connection,
        f"CREATE OR REPLACE FUNCTION {_GUARDING}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "  # nosec B608 # noqa: S608 (names of ours)
        f"IF NOT EXISTS (SELECT 1 FROM unnest(TG_ARGV) AS one WHERE public.{MAY}(one)) THEN "
        "RAISE EXCEPTION 'permission denied: %', TG_NAME USING ERRCODE = 'insufficient_privilege'; END IF; "
        "RETURN COALESCE(NEW, OLD); END $guard$",
    )


def _part_rows(connection: Connection) -> None:
    """Say which rows of a shared table a group may write. The owner sees and writes all."""
    for table, policies in POLICIES.items():
        _do(connection, f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        for (name,) in (
            _driver(connection)
            .execute(
                "SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND tablename = %s", (table,)
            )
            .fetchall()
        ):
            _do(connection, f"DROP POLICY {{}} ON {table}", sql.Identifier(name))
        _do(connection, f"CREATE POLICY {table}_read ON {table} FOR SELECT TO {{}} USING (true)",
            _group(connection, MEMBERS))  # fmt: skip
        for place, (group, what, rows) in enumerate(policies):
            on = "" if what == "INSERT" else f"USING ({rows}) "
            name = f"{table}_{group}_{place}"
            _do(
                connection,
                f"CREATE POLICY {name} ON {table} FOR {what} TO {{}} {on}WITH CHECK ({rows})",
                _group(connection, group),
            )


def _guard_columns(connection: Connection) -> None:
    for one in GUARDS:
        rights = ", ".join(f"'{right}'" for right in one.rights)
        for event, condition in _events(one):
            name = f"{one.name}_{event.lower()}"
            _do(connection, f"DROP TRIGGER IF EXISTS {name} ON {one.table}")
            _do(
                connection,
                f"CREATE TRIGGER {name} BEFORE {event} ON {one.table} FOR EACH ROW {condition}"
                f"EXECUTE FUNCTION {_GUARDING}({rights})",
            )


def _events(one: Guard) -> Iterable[tuple[str, str]]:
    if not one.columns:
        return [(event, "") for event in ("INSERT", "UPDATE", "DELETE")]
    given = " OR ".join(f"NEW.{name} IS NOT NULL" for name in one.columns)
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in one.columns)
    return [
        (event, f"WHEN (({what}) AND {one.rows}) ")
        for event, what in (("INSERT", given), ("UPDATE", changed))
    ]


def _keep_powers(connection: Connection) -> None:
    """Leave functions that run with their owner's power, which lift a seal, to the house alone."""
    powers = (
        _driver(connection)
        .execute(
            "SELECT oid::regprocedure::text FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        )
        .fetchall()
    )
    for (function,) in powers:
        _do(connection, f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        _do(
            connection, f"GRANT EXECUTE ON FUNCTION {function} TO {{}}", _group(connection, Right.HOUSE.value)
        )


def login(connection: Connection, role: str) -> Login:
    """Return what a server knows of a role."""
    row = (
        _driver(connection)
        .execute(
            "SELECT rolcanlogin, rolsuper OR pg_has_role(oid, (SELECT datdba FROM pg_database "
            "WHERE datname = current_database()), 'MEMBER') FROM pg_roles WHERE rolname = %s",
            (role,),
        )
        .fetchone()
    )
    return Login(False, False, False) if row is None else Login(True, bool(row[0]), bool(row[1]))


def make_login(connection: Connection, role: str, password: str) -> None:
    """Make a role that can log in; the password reaches server and log only as its proof."""
    _do(
        connection,
        "CREATE ROLE {} LOGIN PASSWORD {}",
        sql.Identifier(role),
        _proof(connection, role, password),
    )


def set_password(connection: Connection, role: str, password: str) -> None:
    """Give a login another password: its own, or whoever made it does."""
    _do(connection, "ALTER ROLE {} PASSWORD {}", sql.Identifier(role), _proof(connection, role, password))


def _proof(connection: Connection, role: str, password: str) -> sql.Literal:
    made = _driver(connection).pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return sql.Literal(made.decode())


def give_rights(connection: Connection, role: str, rights: Iterable[Right]) -> None:
    """Let a login have exactly these rights; with none it cannot come to the desk any more.

    Raises psycopg.Error where one stays that somebody else has given.
    """
    wanted = frozenset(rights)
    for right in wanted:
        _do(connection, "GRANT {} TO {}", _group(connection, right.value), sql.Identifier(role))
    for group, right, member, grantor in _memberships(connection):
        if member == role and right not in wanted:
            _take_back(connection, group, role, grantor)
    if rights_by_login(connection).get(role, frozenset()) - wanted:
        # A server only warns of what it leaves as it is.
        raise errors.InsufficientPrivilege(f"a right of {role} stays")


def _take_back(connection: Connection, group: str, role: str, grantor: str | None) -> None:
    given = [sql.Identifier(group), sql.Identifier(role)]
    if grantor is None or _driver(connection).info.server_version < _KNOWS_GRANTORS:
        _do(connection, "REVOKE {} FROM {}", *given)
    else:
        _do(connection, "REVOKE {} FROM {} GRANTED BY {}", *given, sql.Identifier(grantor))


def _memberships(connection: Connection) -> list[tuple[str, Right, str, str | None]]:
    """Return group, right, login, and who gave it, for each right of each login."""
    database = _driver(connection).info.dbname
    by_group = {group_name(database, one.value): one for one in Right}
    rows = _driver(connection).execute(_MEMBERSHIPS, (list(by_group),)).fetchall()
    return [(group, by_group[group], member, grantor) for group, member, grantor in rows]


def rights_by_login(connection: Connection) -> dict[str, frozenset[Right]]:
    """Return the rights of each login that has some."""
    found: dict[str, frozenset[Right]] = {}
    for _group_of, right, member, _grantor in _memberships(connection):
        found[member] = found.get(member, frozenset()) | {right}
    return found


def logins_with(connection: Connection, right: Right) -> set[str]:
    """Return the logins that have a right, in whichever way; where nobody has prepared the server, each."""
    group = group_name(_driver(connection).info.dbname, right.value)
    return {role for (role,) in _driver(connection).execute(_WHO_MAY, {"group": group})}

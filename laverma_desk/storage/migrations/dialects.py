"""What the steps of the schema say to each engine in its own words: seals, and steps of one engine alone.

SQLite's words are never changed: desks in the field have exactly these, and they are compared with a new one.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

_ALWAYS = "TRUE"
_NULL_SAFE = re.compile(r"\bIS NOT (?!NULL\b)")


def on_sqlite() -> bool:
    """Return whether the step runs on a SQLite file, else on a PostgreSQL server."""
    return op.get_bind().dialect.name == "sqlite"


def cents() -> sa.Integer:
    """Return the type of an amount: SQLite's integers have room for any, a server's for 21 million euros."""
    return sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def refuse(name: str, event: str, table: str, condition: str, sentence: str) -> None:
    """Let a trigger refuse an INSERT, UPDATE or DELETE where a condition over OLD and NEW holds; "": always.

    The condition is SQLite's; its `IS NOT` between values is `IS DISTINCT FROM` elsewhere.
    """
    if on_sqlite():
        when = f"WHEN {condition} " if condition else ""
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    refused = _NULL_SAFE.sub("IS DISTINCT FROM ", condition or _ALWAYS)
    # Whether the seal is lifted for this transaction (0007) is asked last: hardly a statement comes so far.
    sealed = f"IF NOT seal_is_lifted('{name}') THEN {_raise(sentence)} END IF;"
    _function(name, f"IF {refused} THEN {sealed} END IF; {_row(event)}")
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_{name}()"
    )
    if event == "DELETE" and condition in ("", _ALWAYS):
        _refuse_to_empty(table, sentence)


def refuse_replacing(name: str, table: str, there: str, sentence: str) -> None:
    """Let a trigger refuse a row whose place is taken: INSERT OR REPLACE asks no trigger for DELETE.

    PostgreSQL knows no such statement, and its ON CONFLICT DO UPDATE asks the trigger for UPDATE.
    """
    if on_sqlite():
        refuse(name, "INSERT", table, there, sentence)


def _refuse_to_empty(table: str, sentence: str) -> None:
    name = f"{table}_no_truncate"
    _function(name, f"{_raise(sentence)} RETURN NULL;")
    op.execute(f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_{name}()")


def after_update(name: str, table: str, columns: str, changed: str, step: str) -> None:
    """Run one statement after each row whose columns have changed."""
    if on_sqlite():
        op.execute(
            f"CREATE TRIGGER {name} AFTER UPDATE OF {columns} ON {table} WHEN {changed} BEGIN {step}; END"
        )
        return
    body = f"IF {_NULL_SAFE.sub('IS DISTINCT FROM ', changed)} THEN {step}; END IF; RETURN NULL;"
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${_begun(body)}$$")
    op.execute(
        f"CREATE TRIGGER {name} AFTER UPDATE OF {columns} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def _function(name: str, body: str) -> None:
    op.execute(f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $${_begun(body)}$$")


def _begun(body: str) -> str:
    return f"BEGIN {body} END"


def _raise(sentence: str) -> str:
    # The class of what contradicts the data: the same error as from SQLite's RAISE(ABORT).
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation';"


def _row(event: str) -> str:
    return "RETURN OLD;" if event == "DELETE" else "RETURN NEW;"

"""Look back fast: sums by day from one index, and full text over what was written on ended sessions."""

import sqlalchemy as sa
from alembic import op

from laverma_desk.domain.searching import line_of
from laverma_desk.storage.migrations.dialects import after_update, on_sqlite

revision = "0003"
down_revision = "0002"

_WRITTEN = ("number", "customer_name", "workstation_name", "requested_by", "notes", "internal_note")
_AT_ONCE = 2000


def upgrade() -> None:
    """Add the indexes of the history, then the searched text with its index, and fill both."""
    op.create_index(
        "ix_session_history",
        "session",
        [
            "day", "begin", "customer_id", "supporter_id", "billable", "seconds", "billed_seconds",
            "net_cents", "invoice_number",
        ],
        unique=False,
        sqlite_where=sa.text("state = 'ended'"),
        postgresql_where=sa.text("state = 'ended'"),
    )  # fmt: skip
    op.create_index(
        "ix_message_report",
        "message",
        ["session_id", "id", "kind", "state"],
        unique=False,
        sqlite_where=sa.text("kind = 'report' AND state <> 'discarded'"),
        postgresql_where=sa.text("kind = 'report' AND state <> 'discarded'"),
    )
    op.create_table(
        "session_text",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_session_text_session_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_text")),
    )
    if on_sqlite():
        _index_words()
    else:
        _index_letters()
    # Whoever writes a session: what it says no more is not found any more. The new line is the program's.
    names = ("state", *_WRITTEN)
    after_update(
        "session_text_outdated",
        "session",
        ", ".join(names),
        " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in names),
        "DELETE FROM session_text WHERE session_id = OLD.id",
    )


def _index_letters() -> None:
    # Any three letters in a row, as on SQLite. Whoever may create in the database may add this extension.
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("CREATE INDEX ix_session_text_letters ON session_text USING gin (line gin_trgm_ops)")
    # By the name of SQLite's index, so that the same statements ask both.
    op.execute("CREATE VIEW session_words AS SELECT session_id AS rowid FROM session_text")


def _index_words() -> None:
    # Without positions the index is a third as large; what it finds is compared with the line itself.
    op.execute(
        "CREATE VIRTUAL TABLE session_words USING fts5(line, content='session_text', "
        "content_rowid='session_id', tokenize='trigram', detail=none, columnsize=0)"
    )
    _fill()
    op.execute("INSERT INTO session_words (session_words) VALUES ('rebuild')")
    _keep_in_step()


def _fill() -> None:
    connection = op.get_bind()
    # Not what SQLite's own tools could write: the folding is the program's.
    chunk = sa.text(
        f"SELECT id, {', '.join(_WRITTEN)} FROM session "  # nosec B608 # noqa: S608 (names from this file)
        "WHERE id > :last AND state = 'ended' ORDER BY id LIMIT :count"
    )
    last = 0
    while rows := connection.execute(chunk, {"last": last, "count": _AT_ONCE}).all():
        last = rows[-1].id
        connection.execute(
            sa.text("INSERT INTO session_text (session_id, line) VALUES (:id, :line)"),
            [{"id": row.id, "line": line_of(str(text or "") for text in row[1:])} for row in rows],
        )


def _keep_in_step() -> None:
    remove = (
        "INSERT INTO session_words (session_words, rowid, line) VALUES ('delete', OLD.session_id, OLD.line)"
    )
    add = "INSERT INTO session_words (rowid, line) VALUES (NEW.session_id, NEW.line)"
    for event, steps in (("INSERT", (add,)), ("DELETE", (remove,)), ("UPDATE", (remove, add))):
        op.execute(
            f"CREATE TRIGGER session_text_{event.lower()} AFTER {event} ON session_text "
            f"BEGIN {'; '.join(steps)}; END"
        )

"""Values written out in SQL, not bound: SQLite uses a partial index only where the words are the same."""

from __future__ import annotations

from sqlalchemy import Boolean, ColumnElement, Text, literal_column

ENDED: ColumnElement[str] = literal_column("'ended'", Text)
REPORT: ColumnElement[str] = literal_column("'report'", Text)
DISCARDED: ColumnElement[str] = literal_column("'discarded'", Text)
YES: ColumnElement[bool] = literal_column("1", Boolean)

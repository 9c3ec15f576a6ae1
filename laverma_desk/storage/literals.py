"""Values written out in SQL, not bound: SQLite uses a partial index only where the words are the same."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Text, literal_column

from laverma_desk.storage.spelling import Yes

ENDED: ColumnElement[str] = literal_column("'ended'", Text)
REPORT: ColumnElement[str] = literal_column("'report'", Text)
DISCARDED: ColumnElement[str] = literal_column("'discarded'", Text)
YES: ColumnElement[bool] = Yes()

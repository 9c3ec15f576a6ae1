"""The text in which ended sessions are looked for; triggers keep its index `session_words` (FTS5) in step."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text

from laverma_desk.storage.schema import metadata

session_text = Table(
    "session_text",
    metadata,
    Column("session_id", ForeignKey("session.id"), primary_key=True),
    # As `domain.searching.line_of` folds it. A trigger removes it as soon as its session says something else.
    Column("line", Text, nullable=False),
)

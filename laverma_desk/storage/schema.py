"""What all tables share: how their constraints are named, and what tells a desk from a foreign file."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, MetaData, Text, false, text, true

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

APPLICATION_ID = 0x4C44534B
"""Written into the header of each desk file, so that a foreign SQLite file is told apart."""


def text_column(name: str, default: str = "") -> Column[str]:
    """Return a column for a text that is never missing."""
    return Column(name, Text, nullable=False, server_default=default)


def version_column() -> Column[int]:
    """Return a column that counts how often a row was edited: who edits sees whether somebody else did."""
    return Column("version", Integer, nullable=False, server_default=text("1"))


def flag_column(name: str, *, default: bool = False) -> Column[bool]:
    """Return a column for yes or no."""
    return Column(name, Boolean, nullable=False, server_default=true() if default else false())

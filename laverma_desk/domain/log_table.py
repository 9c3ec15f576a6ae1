"""A console's table of connections: what a column of it can mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class TableField(StrEnum):
    """What a column can hold. Without partner ID, begin, and an end or a duration nothing can be read."""

    PARTNER_ID = "partner_id"
    PARTNER_NAME = "partner_name"
    BEGIN = "begin"
    END = "end"
    DURATION = "duration"
    USER = "user"
    NOTE = "note"
    KEY = "key"


@dataclass(frozen=True)
class TablePreview:
    """The head of a table as it will be read.

    `headings` are unique and never empty (a nameless column is called "#3", the second "Name" is
    "Name (2)"); each row of `rows` has as many cells. `mapping` is the guess: heading → value of a
    TableField, each field at most once; columns without a meaning are not in it. `missing` names the
    fields without which nothing can be read by that guess.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[TableField, ...] = ()


def missing_fields(mapping: Mapping[str, str]) -> tuple[TableField, ...]:
    """Return the fields that a mapping still lacks; END stands for an end or a duration."""
    given = set(mapping.values())
    wanted = [one for one in (TableField.PARTNER_ID, TableField.BEGIN) if one not in given]
    if not given & {TableField.END, TableField.DURATION}:
        wanted.append(TableField.END)
    return tuple(wanted)

"""Open whatever file holds customers: with the desk's own headings, with foreign ones, or of cards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.customer_columns import NAME
from laverma_desk.services.importing.customer_source import CustomerSource, own_file
from laverma_desk.services.importing.foreign import ForeignTable, MappedFile, look_at
from laverma_desk.services.importing.mapping import Mapping, names_customers
from laverma_desk.services.importing.remembered import mapping_for
from laverma_desk.services.importing.targets import TARGETS, target_named
from laverma_desk.services.importing.vcards import is_card_file, open_cards

_NAMED = 20


def open_customers(
    desk: Desk, file: Path, wanted: Sequence[tuple[str, str]] = (), *, guess: bool = False
) -> CustomerSource:
    """Return a file's customers; `wanted` says of headings what they mean ("" for nothing).

    A table that has the desk's own headings is taken by them. What foreign headings mean is what was
    said of such files before, or is proposed where at least one meaning is given or a `guess` will do.
    Raises RuleBroken FILE_…, MAPPING_INVALID for a heading or a meaning that does not exist,
    OutsideTrouble FILE_UNREADABLE.
    """
    if is_card_file(file):
        return open_cards(file)
    refused: RuleBroken | None = None
    if not wanted:
        try:
            return own_file(file)
        except RuleBroken as error:
            if error.code not in {Rule.FILE_COLUMN_MISSING, Rule.FILE_COLUMN_TWICE}:
                raise
            refused = error
    table = look_at(file)
    mapping, known = mapping_for(desk, table)
    if refused is not None and not known and not guess:
        raise refused
    mapping = changed_mapping(table, mapping, wanted)
    if not names_customers(mapping):
        found = ", ".join(one.key for one in table.headings[:_NAMED])
        raise RuleBroken(Rule.FILE_COLUMN_MISSING, column=NAME, found=found)
    return MappedFile(table, mapping)


def changed_mapping(table: ForeignTable, mapping: Mapping, wanted: Sequence[tuple[str, str]]) -> Mapping:
    """Return a mapping with some headings given another meaning, which no other heading has then.

    Raises MAPPING_INVALID.
    """
    by_name = {one.key.casefold(): one.key for one in table.headings}
    changed = dict(mapping)
    for heading, meaning in wanted:
        key = by_name.get(" ".join(heading.split()).casefold())
        if key is None:
            raise RuleBroken(Rule.MAPPING_INVALID, value=heading, known=", ".join(by_name.values()))
        changed.pop(key, None)
        if not meaning.strip():
            continue
        target = target_named(meaning)
        if target is None:
            raise RuleBroken(Rule.MAPPING_INVALID, value=meaning, known=", ".join(TARGETS))
        changed = {other: one for other, one in changed.items() if one != target}
        changed[key] = target
    return changed

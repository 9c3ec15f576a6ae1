"""Look through what was changed on this desk, and give it out as a table."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from laverma_desk.domain.change_log import ChangeFilter, ChangeKind, LoggedChange
from laverma_desk.domain.clock import local
from laverma_desk.i18n import _
from laverma_desk.services.cell_text import guarded
from laverma_desk.services.desk import Desk
from laverma_desk.services.files import whole_file
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.services.tax_audit.change_lines import change_line, fields_named, settings_named
from laverma_desk.storage import change_log
from laverma_desk.storage.database import Connection

_EACH = 10_000
_WRITTEN_AT_ONCE = 500


@dataclass(frozen=True)
class FoundChanges:
    """The keys of what a filter shows, the newest first, and everybody who ever changed something."""

    keys: Sequence[int]
    people: tuple[str, ...]


def find_changes(desk: Desk, wanted: ChangeFilter, cancelled: Cancelled = never) -> FoundChanges:
    """Return where the changes stand that a filter shows; what they say is read by `read_changes`.

    Raises JobCancelled, OutsideTrouble.
    """
    with desk.database.read() as connection:
        people = tuple(change_log.people(connection))
        return FoundChanges(_keys(connection, wanted, cancelled), people)


def read_changes(desk: Desk, keys: Sequence[int]) -> list[LoggedChange]:
    """Return the changes of some keys in their order. Raises OutsideTrouble."""
    with desk.database.read() as connection:
        return change_log.rows(connection, keys)


def export_changes(
    desk: Desk,
    wanted: ChangeFilter,
    file: Path,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> int:
    """Write what a filter shows into a CSV file, complete or not at all; return how many lines.

    UTF-8 with its mark, semicolons. Raises JobCancelled, RuleBroken FILE_IS_THE_DESK, OutsideTrouble.
    """
    with whole_file(desk, file) as stream, desk.database.read() as connection:
        keys = _keys(connection, wanted, cancelled)
        words = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            writer = csv.writer(words, delimiter=";", lineterminator="\r\n")
            writer.writerow(_headings())
            for done in range(0, len(keys), _WRITTEN_AT_ONCE):
                go_on_unless(cancelled)
                progress(done, len(keys))
                some = change_log.rows(connection, keys[done : done + _WRITTEN_AT_ONCE])
                writer.writerows(_cells(some))
            words.flush()
        finally:
            words.detach()
    progress(len(keys), len(keys))
    return len(keys)


def _keys(connection: Connection, wanted: ChangeFilter, cancelled: Cancelled) -> array[int]:
    text = wanted.text.strip()
    fields = frozenset[str]()
    if text:
        named = fields_named(change_log.fields(connection), text)
        fields = named | settings_named(change_log.setting_fields(connection), text)
    found = array("q")
    for key in change_log.keys(connection, replace(wanted, text=text, fields=fields)):
        if len(found) % _EACH == 0:
            go_on_unless(cancelled)
        found.append(key)
    return found


def _headings() -> list[str]:
    return [
        _("Time"), _("Who"), _("Kind"), _("Number"), _("Customer number"), _("Customer"),
        _("Field"), _("Before"), _("After"), _("Reason"),
    ]  # fmt: skip


def _cells(changes: Sequence[LoggedChange]) -> Iterator[list[str]]:
    for one in changes:
        line = change_line(one)
        number = "" if one.kind is ChangeKind.SETTING else one.subject
        cells = (
            line.who, line.kind, number, one.customer_number, one.customer_name,
            line.field, line.old, line.new, line.reason,
        )  # fmt: skip
        yield [f"{local(one.at):%d.%m.%Y %H:%M:%S}", *map(guarded, cells)]

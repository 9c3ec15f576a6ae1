"""The changes at work: which ones are shown, read by their keys when they come into sight."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk.domain.change_log import ChangeFilter
from laverma_desk.domain.clock import local_day
from laverma_desk.i18n import _
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, JobCancelled
from laverma_desk.services.tax_audit.change_lines import ChangeLine, change_line
from laverma_desk.services.tax_audit.changes import FoundChanges, find_changes, read_changes
from laverma_desk.ui.audit.change_model import ChangeModel
from laverma_desk.ui.audit.changes_part import ChangesPart
from laverma_desk.ui.audit.exports import changes_wish, count_words
from laverma_desk.ui.file_export import FileExport
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.surroundings import Surroundings

_SHORTEST = 2
"""Letters from which on is searched: one finds nearly everything, slowly."""

_TYPING = 250
"""Milliseconds without a key after which a search begins: each one reads the whole log."""


def change_lines(desk: Desk, keys: Sequence[int]) -> list[ChangeLine]:
    """Return the words of some changes."""
    return [change_line(one) for one in read_changes(desk, keys)]


class ChangesController(QObject):
    """Fills the part. Emits `failed(Exception)` for what could not be read."""

    failed = Signal(object)

    def __init__(
        self,
        surroundings: Surroundings,
        part: ChangesPart,
        model: ChangeModel,
        exports: FileExport,
        parent: QObject,
    ) -> None:
        """Connect the part; nothing is read before `activate`."""
        super().__init__(parent)
        self._desk, self._part, self._model, self._exports = surroundings.desk, part, model, exports
        self._wanted = ChangeFilter()
        self._keys: Sequence[int] | None = None
        self._chosen: int | None = None
        self._stale, self._in_front, self._lent = True, False, False
        self._stop = threading.Event()
        self._read = LatestRead(surroundings, self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(self.reload)
        part.filters.wanted_changed.connect(self._on_wanted_changed)
        part.filters.export_wanted.connect(self.export)
        part.reset_wanted.connect(self.reset)
        part.table.row_chosen.connect(self._on_row_chosen)
        model.failed.connect(self.failed)
        self._read.loaded.connect(self._on_loaded)
        self._read.failed.connect(self.failed)
        self._read.slow.connect(self._on_slow)
        surroundings.background.closing.connect(self._stop_reading)

    def activate(self) -> None:
        """Come to the front: read what may have changed."""
        self._in_front = True
        self._part.filters.show_wanted(self._wanted, self._today())
        if self._stale:
            self.reload()

    def leave(self) -> None:
        """Go out of sight: nobody waits for a reading any more."""
        self._in_front = False
        if self._read.running or self._typing.isActive():
            self._stale = True
        self._typing.stop()
        self._stop_reading()
        self._read.stop()

    def expire(self) -> None:
        """Read anew, now or when the part comes to the front again: something was changed."""
        self._stale = True
        if self._in_front:
            self.reload()

    def reload(self) -> None:
        """Look for the changes anew; the old rows stay until then."""
        self._typing.stop()
        self._stop_reading()
        self._stop, self._stale = threading.Event(), False
        self._read.start(partial(_find, self._desk, self._asked(), self._stop.is_set))

    def reset(self) -> None:
        """Take every filter back."""
        self._wanted = ChangeFilter()
        self._part.filters.show_wanted(self._wanted, self._today())
        self.reload()

    def export(self) -> None:
        """Ask for the file that takes what the filter shows."""
        self._exports.ask(changes_wish(self._desk, self._asked()))

    def _asked(self) -> ChangeFilter:
        text = self._wanted.text.strip()
        return replace(self._wanted, text=text if len(text) >= _SHORTEST else "")

    def _today(self) -> date:
        return local_day(self._desk.clock.now())

    def _stop_reading(self) -> None:
        self._stop.set()

    def _on_wanted_changed(self, wanted: ChangeFilter) -> None:
        typed = replace(wanted, text=self._wanted.text) == self._wanted
        self._wanted = wanted
        if typed:
            self._typing.start()
        else:
            self.reload()

    def _on_loaded(self, found: FoundChanges | None) -> None:
        if found is None:
            return
        rows, chosen = self._part.table.rows, self._chosen
        before = rows.current()
        self._keys = found.keys
        self._model.show_keys(found.keys)
        self._part.filters.show_people(found.people)
        self._part.show_count(count_words(len(found.keys)))
        if not found.keys:
            filtered = self._asked() != ChangeFilter()
            nothing = _("No change matches the filters.") if filtered else _("Nothing was changed yet.")
            self._part.show_empty(nothing, resettable=filtered)
            return
        self._part.show_empty("", resettable=False)
        row = self._model.row_of(chosen)
        rows.choose(row if row >= 0 else min(max(before, 0), len(found.keys) - 1))
        if self._lent and self._part.filters.period.hasFocus():
            self._part.take_focus()
        self._lent = False

    def _on_slow(self) -> None:
        if self._keys is None:
            # The rows are hidden until they come; the focus waits where it finds back from.
            self._lent = self._part.table.rows.hasFocus()
            if self._lent:
                self._part.filters.period.setFocus()
            self._part.show_empty(_("Loading …"), resettable=False)

    def _on_row_chosen(self, row: int) -> None:
        self._chosen = self._model.key_at(row)
        self._part.detail.show_line(self._model.line_at(row))


def _find(desk: Desk, wanted: ChangeFilter, cancelled: Cancelled) -> FoundChanges | None:
    try:
        return find_changes(desk, wanted, cancelled)
    except JobCancelled:
        return None

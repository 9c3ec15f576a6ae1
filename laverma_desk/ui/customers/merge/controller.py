"""Finds the other record, shows what a merge would do, and does it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.rights import Right
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.customers.customer_record import read_record
from laverma_desk.services.customers.merging import MergePreview, merge, preview_merge
from laverma_desk.services.customers.search import Finder, load_finder
from laverma_desk.services.desk import Desk
from laverma_desk.services.rights_words import missing
from laverma_desk.ui.customers.merge.choice_table import ChoiceRow
from laverma_desk.ui.customers.merge.finder_card import SHOWN
from laverma_desk.ui.customers.merge.panel import MergePanel
from laverma_desk.ui.customers.merge.words import called, outcome_lines, part_name, part_value
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


class MergeController(QObject):
    """Emits `closed` when somebody wants to go back, and `merged(int)` with the record that goes on."""

    closed = Signal()
    merged = Signal(int)

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build the panel, empty."""
        super().__init__(parent)
        self._surroundings: Surroundings = surroundings
        self._desk: Desk = surroundings.desk
        self._panel = MergePanel()
        self._finder: Finder | None = None
        self._keep = 0
        self._other = 0
        panel = self._panel
        panel.preview.merge.forbid(missing(surroundings.rights, Right.HOUSE))
        panel.finder.typed.connect(self._on_typed)
        panel.finder.chosen.connect(self._on_chosen)
        panel.preview.merge_requested.connect(self._on_merge_requested)
        panel.preview.swap_requested.connect(self._on_swap_requested)
        panel.preview.other_requested.connect(self._on_other_requested)

    @property
    def panel(self) -> QWidget:
        """Return the panel."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do while this place is in front."""
        keys: dict[str, Callable[[], object]] = {"Escape": self._on_escape}
        if self._panel.previewing():
            keys["Ctrl+Return"] = self._on_merge_requested
        else:
            keys["Ctrl+F"] = self._panel.finder.field.setFocus
        return keys

    def begin(self, customer_id: int) -> None:
        """Look for the record that is the same practice as this one."""
        self._keep, self._other, self._finder = customer_id, 0, None
        one = read_record(self._desk, customer_id).customer
        self._panel.show_title(_("Merge two records"), called(one))
        self._panel.preview.reason.clear()
        self._panel.finder.field.clear()
        self._on_other_requested()
        work = partial(load_finder, self._desk, archived=True)
        self._surroundings.background.run(self, work, self._on_finder_loaded, self._on_finder_failed)

    # --- the other record

    @Slot(object)
    def _on_finder_loaded(self, finder: Finder) -> None:
        self._finder = finder
        self._on_typed(self._panel.finder.field.text())

    @Slot(object)
    def _on_finder_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._panel.finder.show_found([], explain(error))

    def _on_typed(self, typed: str) -> None:
        card = self._panel.finder
        if self._finder is None or not typed.strip():
            card.show_found([], _("Search by name, number, town or phone."))
            return
        found = [one for one in self._finder.customers(typed) if one.id != self._keep][:SHOWN]
        missing = _("No match for “%(words)s”.") % {"words": typed.strip()}
        card.show_found([self._line(one) for one in found], "" if found else missing)

    def _line(self, one: Customer) -> tuple[int, str, str]:
        place = " ".join(filter(None, (one.postcode, one.city)))
        parts = [place, _("archived") if one.archived else ""]
        return one.id, called(one), ", ".join(filter(None, parts))

    def _on_chosen(self, number: int) -> None:
        self._other = number
        self._show_preview()

    def _on_other_requested(self) -> None:
        self._panel.show_preview(shown=False)
        self._on_typed(self._panel.finder.field.text())
        self._panel.finder.field.setFocus()

    def _on_swap_requested(self) -> None:
        self._keep, self._other = self._other, self._keep
        self._show_preview()

    def _on_escape(self) -> None:
        if self._panel.previewing():
            self._on_other_requested()
        else:
            self.closed.emit()

    # --- both side by side

    def _show_preview(self) -> None:
        try:
            preview = preview_merge(self._desk, self._keep, self._other)
        except DeskError as error:
            self._panel.show_preview(shown=False)
            self._panel.finder.show_found([], explain(error))
            return
        self._fill(preview)
        self._panel.show_preview(shown=True)
        self._panel.preview.reason.setFocus()

    def _fill(self, preview: MergePreview) -> None:
        card = self._panel.preview
        rows = [
            ChoiceRow(
                one.part,
                part_name(one.part),
                part_value(preview.keep, one.part),
                part_value(preview.other, one.part),
                one.side,
            )
            for one in preview.choices
        ]
        card.table.show_rows(called(preview.keep.customer), called(preview.other.customer), rows)
        card.show_outcome(outcome_lines(preview))
        card.show_reason_error("")
        card.tell("")

    def _on_merge_requested(self) -> None:
        card = self._panel.preview
        card.show_reason_error("")
        try:
            done = merge(self._desk, self._keep, self._other, card.table.choices(), card.reason.text())
        except DeskError as error:
            if error.field == "reason":
                card.show_reason_error(explain(error))
            else:
                card.tell(explain(error))
            return
        self._surroundings.bus.publish(done)
        self.merged.emit(done.value.id)
        self.closed.emit()

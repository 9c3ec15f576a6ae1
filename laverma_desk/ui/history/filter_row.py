"""The row of filters above the table, with the search, the reconciliation and the export."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.history import HistoryStatus
from laverma_desk.i18n import _
from laverma_desk.services import history
from laverma_desk.ui.history.export_button import ExportButton
from laverma_desk.ui.history.reconcile_button import ReconcileButton
from laverma_desk.ui.history.session_filters import SessionFilters
from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.history.words import name_of
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.choice_popup import Choice, ChoicePopup
from laverma_desk.ui.widgets.filter_button import FilterButton
from laverma_desk.ui.widgets.search_field import SearchField

_WIDE = {"period": 232, "customer": 136, "supporter": 160, "status": 136}
_NARROW = {"period": 228, "customer": 128, "supporter": 136, "status": 124}
_NARROW_ROW = 1000
_ROOMY_ROW = 1240


class FilterRow(SessionFilters):
    """Emits `search_done` too."""

    search_done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = FilterButton(self, prefix=_("Status"))
        self.search = SearchField(
            self,
            height=32,
            icon="search",
            placeholder=_("Search the full text"),
            trailing=key_name("Ctrl+F"),
            trailing_px=12,
        )
        self.search.setAccessibleName(_("Search the full text"))
        self.search.setMaxLength(history.TEXT_LIMIT)
        self.export = ExportButton(("csv", "xlsx"), _("Export what the filter shows"), self)
        self.reconcile = ReconcileButton(self)
        for button in (self.period, self.customer, self.supporter, self.status):
            self.row.addWidget(button)
        self.row.addWidget(self.search, 1)
        self.row.addWidget(self.reconcile)
        self.row.addWidget(self.export)
        self.status.popup_wanted.connect(self.open_statuses)
        self.search.textChanged.connect(self._on_search_changed)
        self.search.done.connect(self.search_done)
        self.export.kind_chosen.connect(self.export_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the search enough room in a narrow window."""
        super().resizeEvent(event)
        widths = _NARROW if self.width() < _NARROW_ROW else _WIDE
        self.reconcile.set_wide(wide=self.width() >= _ROOMY_ROW)
        for name, wide in widths.items():
            getattr(self, name).setFixedWidth(wide)

    def show_wish(self, wish: Wish, today: date) -> None:
        """Show what is filtered by, without a signal."""
        super().show_wish(wish, today)
        self.status.show_value(name_of(wish.status))
        if wish.text != self.search.text():
            blocked = self.search.blockSignals(True)
            self.search.setText(wish.text)
            self.search.blockSignals(blocked)

    def focus_search(self) -> None:
        """Put the focus into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def open_statuses(self) -> ChoicePopup:
        """Open the states."""
        everyone = [Choice(one, name_of(one)) for one in HistoryStatus]
        popup = ChoicePopup(self.status, everyone, self._wish.status, name=_("Status"))
        popup.choice_taken.connect(self._on_status_taken)
        popup.open_below()
        return popup

    def _on_status_taken(self, choice: Choice) -> None:
        if isinstance(choice.key, HistoryStatus):
            self.change(replace(self._wish, status=choice.key))

    def _on_search_changed(self, typed: str) -> None:
        self.change(replace(self._wish, text=typed))

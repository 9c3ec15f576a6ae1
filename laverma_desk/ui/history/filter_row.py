"""The row of filters above the table, with the search, the reconciliation and the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.domain.history import HistoryStatus
from laverma_desk.i18n import _
from laverma_desk.services import history
from laverma_desk.ui.call.popup_menu import PopupMenu
from laverma_desk.ui.history import periods
from laverma_desk.ui.history.choice_popup import Choice, ChoicePopup
from laverma_desk.ui.history.filter_button import FilterButton
from laverma_desk.ui.history.period_popup import PeriodPopup
from laverma_desk.ui.history.periods import Period
from laverma_desk.ui.history.reconcile_button import ReconcileButton
from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.history.words import name_of
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.search_field import SearchField

_WIDE = {"period": 232, "customer": 136, "supporter": 160, "status": 136}
_NARROW = {"period": 228, "customer": 128, "supporter": 136, "status": 124}
_NARROW_ROW = 1000
_ROOMY_ROW = 1240


class FilterRow(QWidget):
    """Emits `wish_changed(Wish)`, `search_done`, `customers_wanted` and `export_wanted(kind)`."""

    wish_changed = Signal(object)
    search_done = Signal()
    customers_wanted = Signal()
    export_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(64)
        self._wish = Wish((None, None))
        self._today = date.min
        self._supporters: Sequence[Choice] = ()
        self.period = FilterButton(self, icon="calendar", name=_("Period"))
        self.customer = FilterButton(self, prefix=_("Customer"))
        self.supporter = FilterButton(self, prefix=_("Supporter"))
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
        self.export = Button("CSV", icon="download", small=True, parent=self)
        self.export.setFixedWidth(74)
        self.export.setAccessibleName(_("Export what the filter shows"))
        self.export.setToolTip(_("Export what the filter shows"))
        self.reconcile = ReconcileButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(8)
        for button in (self.period, self.customer, self.supporter, self.status):
            row.addWidget(button)
        row.addWidget(self.search, 1)
        row.addWidget(self.reconcile)
        row.addWidget(self.export)
        self.period.popup_wanted.connect(self.open_period)
        self.customer.popup_wanted.connect(self.customers_wanted)
        self.supporter.popup_wanted.connect(self.open_supporters)
        self.status.popup_wanted.connect(self.open_statuses)
        self.search.textChanged.connect(self._on_search_changed)
        self.search.done.connect(self.search_done)
        self.export.clicked.connect(self.open_export)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the search enough room in a narrow window."""
        super().resizeEvent(event)
        widths = _NARROW if self.width() < _NARROW_ROW else _WIDE
        self.reconcile.set_wide(wide=self.width() >= _ROOMY_ROW)
        for name, wide in widths.items():
            getattr(self, name).setFixedWidth(wide)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the period (F6)."""
        self.period.setFocus()

    def show_wish(self, wish: Wish, today: date) -> None:
        """Show what is filtered by, without a signal."""
        self._wish, self._today = wish, today
        self.period.show_value(periods.words_of(wish.period))
        self.customer.show_value(wish.customer if wish.customer_id is not None else _("All"))
        self.supporter.show_value(wish.supporter if wish.supporter_id is not None else _("All"))
        self.status.show_value(name_of(wish.status))
        if wish.text != self.search.text():
            blocked = self.search.blockSignals(True)
            self.search.setText(wish.text)
            self.search.blockSignals(blocked)

    def show_supporters(self, supporters: Sequence[tuple[int, str]]) -> None:
        """Offer these supporters."""
        self._supporters = [Choice(number, name) for number, name in supporters]

    def focus_search(self) -> None:
        """Put the focus into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # --- popups

    def open_period(self) -> PeriodPopup:
        """Open the periods."""
        popup = PeriodPopup(self.period, self._wish.period, self._today)
        popup.period_taken.connect(self._on_period_taken)
        popup.open_below()
        return popup

    def open_customers(self, customers: Sequence[Choice]) -> ChoicePopup:
        """Open the customers, with a search."""
        everyone = [Choice(None, _("All customers"), folded=""), *customers]
        name, search = _("Customer"), _("Search customers")
        popup = ChoicePopup(self.customer, everyone, self._wish.customer_id, name=name, search=search)
        popup.choice_taken.connect(self._on_customer_taken)
        popup.open_below()
        return popup

    def open_supporters(self) -> ChoicePopup:
        """Open the supporters."""
        everyone = [Choice(None, _("All")), *self._supporters]
        popup = ChoicePopup(self.supporter, everyone, self._wish.supporter_id, name=_("Supporter"))
        popup.choice_taken.connect(self._on_supporter_taken)
        popup.open_below()
        return popup

    def open_statuses(self) -> ChoicePopup:
        """Open the states."""
        everyone = [Choice(one, name_of(one)) for one in HistoryStatus]
        popup = ChoicePopup(self.status, everyone, self._wish.status, name=_("Status"))
        popup.choice_taken.connect(self._on_status_taken)
        popup.open_below()
        return popup

    def open_export(self) -> PopupMenu:
        """Ask for the kind of file."""
        menu = PopupMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("CSV file …")).triggered.connect(self._on_csv_triggered)
        menu.addAction(_("Excel workbook (XLSX) …")).triggered.connect(self._on_xlsx_triggered)
        right = self.export.mapToGlobal(QPoint(self.export.width(), self.export.height() + 4))
        menu.popup(QPoint(right.x() - menu.sizeHint().width(), right.y()))
        return menu

    def _on_csv_triggered(self) -> None:
        self.export_wanted.emit("csv")

    def _on_xlsx_triggered(self) -> None:
        self.export_wanted.emit("xlsx")

    # --- what is chosen

    def _change(self, wish: Wish) -> None:
        if wish != self._wish:
            self.show_wish(wish, self._today)
            self.wish_changed.emit(wish)

    def _on_period_taken(self, period: Period) -> None:
        self._change(replace(self._wish, period=period))

    def _on_customer_taken(self, choice: Choice) -> None:
        number = choice.key if isinstance(choice.key, int) else None
        self._change(replace(self._wish, customer_id=number, customer=choice.name if number else ""))

    def _on_supporter_taken(self, choice: Choice) -> None:
        number = choice.key if isinstance(choice.key, int) else None
        self._change(replace(self._wish, supporter_id=number, supporter=choice.name if number else ""))

    def _on_status_taken(self, choice: Choice) -> None:
        if isinstance(choice.key, HistoryStatus):
            self._change(replace(self._wish, status=choice.key))

    def _on_search_changed(self, typed: str) -> None:
        self._change(replace(self._wish, text=typed))

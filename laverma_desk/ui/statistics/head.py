"""The page's first line: its name, the filters, and the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts
from laverma_desk.ui.call.popup_menu import PopupMenu
from laverma_desk.ui.history.choice_popup import Choice, ChoicePopup
from laverma_desk.ui.history.filter_button import FilterButton
from laverma_desk.ui.history.period_popup import PeriodPopup
from laverma_desk.ui.history.periods import OF_FIGURES, Period
from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.statistics.wanted import period_words
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label

_PERIOD, _CUSTOMER, _SUPPORTER, _EXPORT = 232, 136, 160, 74
_ROOM = _PERIOD - 66
"""What is left for the words of the period."""


class StatisticsHead(QWidget):
    """A line 64 px high. Emits `wish_changed(Wish)`, `customers_wanted` and `export_wanted(kind)`."""

    wish_changed = Signal(object)
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
        self.export = Button("CSV", icon="download", small=True, parent=self)
        self.export.setAccessibleName(_("Export the figures"))
        self.export.setToolTip(f"{_('Export the figures')} ({key_name('Alt+E')})")
        for button, wide, key in (
            (self.period, _PERIOD, "Alt+Z"),
            (self.customer, _CUSTOMER, "Alt+K"),
            (self.supporter, _SUPPORTER, "Alt+U"),
            (self.export, _EXPORT, "Alt+E"),
        ):
            button.setFixedWidth(wide)
            button.setAccessibleDescription(key_name(key))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(8)
        self.loading = Label(_("Loading …"), self, px=13, tone="muted")
        self.loading.hide()
        row.addWidget(Label(_("Statistics"), self, px=20, weight=600, line=32))
        row.addWidget(self.loading, 1)
        row.addStretch(1)
        for one in (self.period, self.customer, self.supporter, self.export):
            row.addWidget(one)
        self.period.popup_wanted.connect(self.open_period)
        self.customer.popup_wanted.connect(self.customers_wanted)
        self.supporter.popup_wanted.connect(self.open_supporters)
        self.export.clicked.connect(self.open_export)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the period (F6)."""
        self.period.setFocus()

    def show_wish(self, wish: Wish, today: date) -> None:
        """Show what is filtered by, without a signal."""
        self._wish, self._today = wish, today
        words = period_words(wish.period, today)
        if fonts.width(words, 13, 500) > _ROOM:
            words = period_words(wish.period, today, short=True)
        self.period.show_value(words)
        self.customer.show_value(wish.customer if wish.customer_id is not None else _("All"))
        self.supporter.show_value(wish.supporter if wish.supporter_id is not None else _("All"))

    def show_supporters(self, supporters: Sequence[tuple[int, str]], *, wanted: bool) -> None:
        """Offer these supporters, or no such filter where the house does not want figures of a person."""
        self._supporters = [Choice(number, name) for number, name in supporters]
        self.supporter.setVisible(wanted)

    # --- popups

    def open_period(self) -> PeriodPopup:
        """Open the periods."""
        popup = PeriodPopup(self.period, self._wish.period, self._today, OF_FIGURES)
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

    def open_supporters(self) -> ChoicePopup | None:
        """Open the supporters, where there is such a filter."""
        if self.supporter.isHidden():
            return None
        everyone = [Choice(None, _("All")), *self._supporters]
        popup = ChoicePopup(self.supporter, everyone, self._wish.supporter_id, name=_("Supporter"))
        popup.choice_taken.connect(self._on_supporter_taken)
        popup.open_below()
        return popup

    def open_export(self) -> PopupMenu:
        """Ask for the kind of file."""
        menu = PopupMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("CSV file …")).triggered.connect(self._on_csv_triggered)
        menu.addAction(_("Excel workbook (XLSX) …")).triggered.connect(self._on_xlsx_triggered)
        menu.addAction(_("PDF …")).triggered.connect(self._on_pdf_triggered)
        menu.addAction(_("Picture (PNG) …")).triggered.connect(self._on_png_triggered)
        right = self.export.mapToGlobal(QPoint(self.export.width(), self.export.height() + 4))
        menu.popup(QPoint(right.x() - menu.sizeHint().width(), right.y()))
        return menu

    def _on_csv_triggered(self) -> None:
        self.export_wanted.emit("csv")

    def _on_xlsx_triggered(self) -> None:
        self.export_wanted.emit("xlsx")

    def _on_pdf_triggered(self) -> None:
        self.export_wanted.emit("pdf")

    def _on_png_triggered(self) -> None:
        self.export_wanted.emit("png")

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

"""What sessions are filtered by wherever they are listed or counted: period, customer, supporter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.history.period_popup import PeriodPopup
from laverma_desk.ui.history.periods import OF_SESSIONS, Period, Preset, words_of
from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.widgets.choice_popup import Choice, ChoicePopup
from laverma_desk.ui.widgets.filter_button import FilterButton


class SessionFilters(QWidget):
    """A line 64 px high with an empty `row`, which whoever derives from it fills with the buttons.

    Emits `wish_changed(Wish)`, `customers_wanted` and `export_wanted(kind)`.
    """

    wish_changed = Signal(object)
    customers_wanted = Signal()
    export_wanted = Signal(str)

    def __init__(self, parent: QWidget | None, presets: Sequence[Preset] = OF_SESSIONS) -> None:
        """Make the filters; `presets` are the periods with a name."""
        super().__init__(parent)
        self.setFixedHeight(64)
        self._wish = Wish((None, None))
        self._today = date.min
        self._presets = presets
        self._supporters: Sequence[Choice] = ()
        self.period = FilterButton(self, icon="calendar", name=_("Period"))
        self.customer = FilterButton(self, prefix=_("Customer"))
        self.supporter = FilterButton(self, prefix=_("Supporter"))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(24, 16, 24, 16)
        self.row.setSpacing(8)
        self.period.popup_wanted.connect(self.open_period)
        self.customer.popup_wanted.connect(self.customers_wanted)
        self.supporter.popup_wanted.connect(self.open_supporters)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the period (F6)."""
        self.period.setFocus()

    def show_wish(self, wish: Wish, today: date) -> None:
        """Show what is filtered by, without a signal."""
        self._wish, self._today = wish, today
        self.period.show_value(self.period_words(wish.period))
        self.customer.show_value(wish.customer if wish.customer_id is not None else _("All"))
        self.supporter.show_value(wish.supporter if wish.supporter_id is not None else _("All"))

    def period_words(self, period: Period) -> str:
        """Return a period as the button shows it."""
        return words_of(period)

    def offer_supporters(self, supporters: Sequence[tuple[int, str]]) -> None:
        """Offer these supporters."""
        self._supporters = [Choice(number, name) for number, name in supporters]

    # --- popups

    def open_period(self) -> PeriodPopup:
        """Open the periods."""
        popup = PeriodPopup(self.period, self._wish.period, self._today, self._presets)
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

    # --- what is chosen

    def change(self, wish: Wish) -> None:
        """Show another wish of a person, and tell of it."""
        if wish != self._wish:
            self.show_wish(wish, self._today)
            self.wish_changed.emit(wish)

    def _on_period_taken(self, period: Period) -> None:
        self.change(replace(self._wish, period=period))

    def _on_customer_taken(self, choice: Choice) -> None:
        number = choice.key if isinstance(choice.key, int) else None
        self.change(replace(self._wish, customer_id=number, customer=choice.name if number else ""))

    def _on_supporter_taken(self, choice: Choice) -> None:
        number = choice.key if isinstance(choice.key, int) else None
        self.change(replace(self._wish, supporter_id=number, supporter=choice.name if number else ""))

"""The days of a handover, as a filter that knows months, quarters and fiscal years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.text.figures import period_name
from laverma_desk.ui import fonts
from laverma_desk.ui.history.period_popup import PeriodPopup
from laverma_desk.ui.history.periods import Period, Preset, period_of, preset_of
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.filter_button import FilterButton

_WIDE = 248
_ROOM = _WIDE - 66
"""What is left for the words of the period."""


class PeriodField(FilterButton):
    """Emits `period_chosen` when somebody chose other days.

    `presets` returns the named ones of a house whose fiscal year begins in some month.
    """

    period_chosen = Signal()

    def __init__(self, presets: Callable[[int], tuple[Preset, ...]], parent: QWidget) -> None:
        """Begin with the first of the named periods once the day is known."""
        super().__init__(parent, icon="calendar", name=_("Period"))
        self._presets = presets
        self._today, self._fiscal_month = date.min, 1
        self._days: tuple[date, date] | None = None
        self.setFixedWidth(_WIDE)
        self.setAccessibleDescription(key_name("Alt+Z"))
        self.popup_wanted.connect(self.open_popup)

    def days(self) -> tuple[date, date]:
        """Return the first and the last day."""
        return self._days or (self._today, self._today)

    def show_today(self, today: date, fiscal_month: int) -> None:
        """Take another day, or another fiscal year; a period with a name goes along with it."""
        named = self._presets(self._fiscal_month)[0]
        if self._days is not None:
            found = preset_of(self._days, self._today, self._presets(self._fiscal_month), self._fiscal_month)
            if found is None:
                self._today, self._fiscal_month = today, fiscal_month
                return
            named = found
        place = self._presets(self._fiscal_month).index(named)
        self._today, self._fiscal_month = today, fiscal_month
        self._take(period_of(self._presets(fiscal_month)[place], today, fiscal_month))

    def open_popup(self) -> PeriodPopup:
        """Open the periods."""
        popup = PeriodPopup(
            self,
            self.days(),
            self._today,
            self._presets(self._fiscal_month),
            fiscal_month=self._fiscal_month,
            closed=True,
        )
        popup.period_taken.connect(self._on_period_taken)
        popup.open_below()
        return popup

    def _on_period_taken(self, period: Period) -> None:
        if self._take(period):
            self.period_chosen.emit()

    def _take(self, period: Period) -> bool:
        first, last = period
        if first is None or last is None or (first, last) == self._days:
            return False
        self._days = first, last
        self.show_value(_words(first, last))
        return True


def _words(first: date, last: date) -> str:
    words = period_name(first, last)
    return words if fonts.width(words, 13, 500) <= _ROOM else period_name(first, last, short=True)

"""The field for a day: typed as one writes it, or taken from a calendar."""

from __future__ import annotations

import datetime as dt
import re

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.text_field import TextField

_DAY = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})")
_EARLIEST, _LATEST = QDate(1900, 1, 1), QDate(2199, 12, 31)


def parsed_day(typed: str) -> dt.date | None:
    """Return the day that was typed as day, month, year; None if there is no such day.

    A year of two figures is meant in this century.
    """
    found = _DAY.fullmatch(typed.strip())
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


class DateField(TextField):
    """A field 40 px high with a calendar; Alt+Down opens it too.

    Emits `day_chosen(object)` with a date or None whenever another day is typed or chosen. When the field is
    left, what was typed is written in full. `is_wrong` tells that something stands there which is no day.
    """

    day_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, height: int = 40, placeholder: str = "") -> None:
        super().__init__(parent, height=height, placeholder=placeholder)
        self._day: dt.date | None = None
        self._popup: Card | None = None
        button = self.set_action("calendar", _("Open calendar"))
        # One Tab leads on to the next field; by the keyboard Alt+Down opens the calendar.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self.open_calendar)
        self.textEdited.connect(self._on_text_edited)
        self.left.connect(self._on_left)

    def day(self) -> dt.date | None:
        """Return the day, None where nothing or no day is typed."""
        return self._day

    def set_day(self, day: dt.date | None) -> None:
        """Show a day, without a signal."""
        self._day = day
        self.setText(text.date(day) if day else "")

    def is_wrong(self) -> bool:
        """Tell whether something is typed that is no day, such as 31.02.2022."""
        return bool(self.text().strip()) and self._day is None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar with Alt+Down."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Open the calendar below the field, or above it where the screen ends."""
        popup = Card(self, popup=True, padding=7)
        popup.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        paint.clear_ground(popup)
        calendar = QCalendarWidget(popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        # Without its own little field for typing: that one goes to years that no date can hold.
        calendar.setDateEditEnabled(False)
        calendar.setDateRange(_EARLIEST, _LATEST)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        weekend = calendar.weekdayTextFormat(Qt.DayOfWeek.Monday)
        weekend.setForeground(theme.palette().muted)
        calendar.setWeekdayTextFormat(Qt.DayOfWeek.Saturday, weekend)
        calendar.setWeekdayTextFormat(Qt.DayOfWeek.Sunday, weekend)
        if self._day:
            calendar.setSelectedDate(QDate(self._day.year, self._day.month, self._day.day))
        for name, icon in (
            ("qt_calendar_prevmonth", "chevron-left"),
            ("qt_calendar_nextmonth", "chevron-right"),
        ):
            turn = calendar.findChild(QToolButton, name)
            if turn is not None:
                turn.setIcon(icons.icon(icon, theme.palette().text))
        calendar.activated.connect(self._on_calendar_activated)
        calendar.clicked.connect(self._on_calendar_activated)
        self._popup = popup
        popup.body.addWidget(calendar)
        popup.adjustSize()
        paint.cut_corners(popup)
        popup.move(self._place(popup))
        popup.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self, popup: QWidget) -> QPoint:
        below = self.mapToGlobal(QPoint(0, self.height() + 4))
        area = self.screen().availableGeometry()
        if below.y() + popup.height() > area.bottom():
            below = self.mapToGlobal(QPoint(0, -4 - popup.height()))
        below.setX(max(area.left(), min(below.x(), area.right() - popup.width())))
        return below

    def _on_calendar_activated(self, chosen: QDate) -> None:
        day = dt.date(chosen.year(), chosen.month(), chosen.day())
        self.setText(text.date(day))
        self._take(day)
        if self._popup is not None:
            popup, self._popup = self._popup, None
            popup.close()
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_text_edited(self, typed: str) -> None:
        self._take(parsed_day(typed))

    def _on_left(self) -> None:
        if self._day:
            self.setText(text.date(self._day))

    def _take(self, day: dt.date | None) -> None:
        if day != self._day:
            self._day = day
            self.day_chosen.emit(day)

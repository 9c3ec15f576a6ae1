"""The popup of the period: named ones, and two fields for any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.history.periods import OF_SESSIONS, Period, Preset, name_of, period_of, preset_of
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.card import Divider
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.filter_button import FilterPopup
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.pressable import Pressable

_WIDTH = 312


class _PresetButton(Pressable):
    """A row of the list, with a check where it is chosen; up and down walk to its neighbours."""

    steps = (Qt.Key.Key_Up, Qt.Key.Key_Down)

    def __init__(self, preset: Preset, parent: QWidget, *, chosen: bool) -> None:
        super().__init__(parent)
        self.set_words(name_of(preset))
        self.preset = preset
        self._chosen = chosen
        self.setFixedSize(_WIDTH, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        if self.hasFocus() or self.underMouse():
            paint.box(painter, self.rect(), fill=c.primary_soft if self.hasFocus() else c.subtle, radius=6)
        if self._chosen:
            icons.paint(painter, "check", QPointF(8, 8), 16, c.primary)
        area = QRectF(32, 0, self.width() - 40, self.height())
        paint.text(painter, area, self.text(), px=14, weight=500 if self._chosen else 400, colour=c.text)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class PeriodPopup(FilterPopup):
    """Emits `period_taken(Period)`; a named period and Enter in a field close it."""

    period_taken = Signal(object)

    def __init__(
        self,
        owner: QWidget,
        period: Period,
        today: date,
        presets: Sequence[Preset] = OF_SESSIONS,
        *,
        fiscal_month: int = 1,
        closed: bool = False,
    ) -> None:
        """Offer `presets` beside any other days; of a `closed` period no end may be left open."""
        super().__init__(owner)
        self._today, self._among = today, presets
        self._fiscal_month, self._closed = fiscal_month, closed
        chosen = preset_of(period, today, presets, fiscal_month)
        self.presets = [_PresetButton(one, self, chosen=one is chosen) for one in presets]
        for button in self.presets:
            button.clicked.connect(self._on_preset_clicked)
            self.body.addWidget(button)
        self.first = DateField(self, height=32)
        self.last = DateField(self, height=32)
        self.body.addSpacing(8)
        self.body.addWidget(Divider(self))
        self.body.addSpacing(8)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        for field, name, day in ((self.first, _("From"), period[0]), (self.last, _("Until"), period[1])):
            field.setAccessibleName(name)
            field.setFixedWidth((_WIDTH - 8) // 2)
            field.set_day(day)
            field.day_chosen.connect(self._on_day_chosen)
            field.returnPressed.connect(self._on_return_pressed)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(Label(name, self, px=13, weight=500, line=16))
            column.addWidget(field)
            fields.addLayout(column)
        self.body.addLayout(fields)
        self._error = HintLine(self)
        self.body.addSpacing(4)
        self.body.addWidget(self._error)

    def open_below(self) -> None:
        """Show it with the focus on the named period that is chosen, else on the first field."""
        super().open_below()
        named = preset_of(self._period(), self._today, self._among, self._fiscal_month)
        chosen = next((one for one in self.presets if one.preset is named), None)
        (chosen or self.first).setFocus(Qt.FocusReason.PopupFocusReason)

    def error(self) -> str:
        """Return what is said below the fields."""
        return self._error.error

    def _period(self) -> Period:
        return self.first.day(), self.last.day()

    def _on_preset_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, _PresetButton):
            self.period_taken.emit(period_of(button.preset, self._today, self._fiscal_month))
            self.close()

    def _on_day_chosen(self, _day: date | None) -> None:
        if self._check():
            self.period_taken.emit(self._period())

    def _on_return_pressed(self) -> None:
        if self._check():
            self.period_taken.emit(self._period())
            self.close()

    def _check(self) -> bool:
        """Say what is wrong with the two days; return whether nothing is."""
        first, last = self._period()
        wrong = [field for field in (self.first, self.last) if field.is_wrong()]
        late = first is not None and last is not None and first > last
        sentence = _("There is no such day.") if wrong else ""
        if late:
            sentence = _("The start is later than the end.")
        missing = [field for field in (self.first, self.last) if self._closed and field.day() is None]
        if missing and not wrong:
            sentence = _("Both days are needed.")
        for field in (self.first, self.last):
            field.set_invalid(field in wrong or field in missing or (late and field is self.first))
            field.setAccessibleDescription(sentence)
        self._error.show_words("", sentence)
        return not sentence

"""The card with the running time, what it costs, the way to pause and to end it, and the connection."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from laverma_desk.domain.support_session import SessionState
from laverma_desk.i18n import _
from laverma_desk.ui.call.connection_row import ConnectionRow
from laverma_desk.ui.call.gap_bar import GapBar
from laverma_desk.ui.call.start_line import StartLine
from laverma_desk.ui.call.state_line import StateLine
from laverma_desk.ui.call.timer_reading import TimerReading
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card, Divider
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.timer_digits import TimerDigits

_BUTTON_WIDTH = 168
_GUTTER, _NARROW_GUTTER = 32, 20
_NARROW = 752


class TimerCard(Card):
    """The timer card. Its parts `gap_bar`, `start` and `connection` tell their own changes.

    Emits `pause_pressed` (also for going on) and `end_pressed`.
    """

    pause_pressed = Signal()
    end_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: TimerReading | None = None
        self.gap_bar = GapBar(self)
        self._state = StateLine(self)
        self._digits = TimerDigits(self)
        self._amount = Label("", self, px=20, weight=600, line=24, tight=16)
        self.start = StartLine(self)
        self._pause = Button("", icon="pause", shortcut_text="F8", spread=True, padding=12, parent=self)
        self._end = Button(
            _("Finish"), icon="stop", shortcut_text=key_name("Ctrl+E"), spread=True, padding=12, parent=self
        )
        for button in (self._pause, self._end):
            button.setFixedWidth(_BUTTON_WIDTH)
        self._pause.clicked.connect(self._on_pause_clicked)
        self._end.clicked.connect(self._on_end_clicked)
        self._state.resume_pressed.connect(self._on_pause_clicked)
        self._top = QWidget(self)
        self._gutter = QSpacerItem(_GUTTER, 0, QSizePolicy.Policy.Fixed)
        self._arrange()
        self.body.addWidget(self.gap_bar)
        self.body.addWidget(self._top)
        self.body.addWidget(Divider(self))
        self.connection = ConnectionRow(self)
        self.body.addWidget(self.connection)
        self.set_tight(tight=False)

    def _arrange(self) -> None:
        time = QVBoxLayout()
        time.setSpacing(0)
        time.addWidget(self._state)
        time.addWidget(self._digits)
        time.addStretch(1)
        info = QVBoxLayout()
        info.setSpacing(0)
        info.addWidget(self._amount)
        info.addWidget(self.start)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._pause)
        buttons.addWidget(self._end)
        buttons.addStretch(1)
        self._columns = QHBoxLayout(self._top)
        self._columns.setSpacing(0)
        self._columns.addLayout(time)
        self._columns.addSpacerItem(self._gutter)
        self._columns.addLayout(info, 1)
        self._columns.addSpacing(4)
        self._columns.addLayout(buttons)
        self._time, self._info = time, info

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the start's line its room in a narrow window."""
        super().resizeEvent(event)
        wide = _NARROW_GUTTER if self.width() < _NARROW else _GUTTER
        if self._gutter.sizeHint().width() != wide:
            self._gutter.changeSize(wide, 0, QSizePolicy.Policy.Fixed)
            self._columns.invalidate()

    def set_tight(self, *, tight: bool) -> None:
        """Take less height, where the window is low."""
        self._columns.setContentsMargins(24, 4 if tight else 11, 24, 0)
        self._time.setContentsMargins(0, 0 if tight else 6, 0, 0)
        self._info.setContentsMargins(0, 0 if tight else 9, 0, 0)
        self._top.setFixedHeight(96 if tight else 111)
        self.connection.setFixedHeight(48 if tight else 62)
        self.gap_bar.setFixedHeight(56 if tight else 64)

    def needed_height(self) -> int:
        """Return the height of the parts that are shown."""
        gap = 0 if self.gap_bar.isHidden() else self.gap_bar.minimumHeight()
        return 2 + gap + self._top.minimumHeight() + 1 + self.connection.minimumHeight()

    def show_reading(self, reading: TimerReading) -> None:
        """Show time and words; the same again costs nothing."""
        if reading == self._reading:
            return
        before, self._reading = self._reading, reading
        self._digits.set_text(reading.digits)
        self._amount.setText(reading.amount)
        self.start.show_words(reading.detail, reading.begin, reading.remark)
        if before is None or (before.state, before.long_pause) != (reading.state, reading.long_pause):
            self._show_state(reading)

    def _show_state(self, reading: TimerReading) -> None:
        paused = reading.state is SessionState.PAUSED
        ended = reading.state is SessionState.ENDED
        self._state.show_reading(reading)
        self._digits.set_tone("muted" if paused or ended else "text")
        self._pause.set_label(_("Resume") if paused else _("Pause"))
        self._pause.set_icon("play" if paused else "pause")
        self._pause.setEnabled(not ended)
        self._end.setEnabled(not ended)

    def reading(self) -> TimerReading | None:
        """Return what is shown."""
        return self._reading

    def state_line(self) -> StateLine:
        """Return the line that names the state."""
        return self._state

    def pause_button(self) -> Button:
        """Return the button that pauses and goes on."""
        return self._pause

    def end_button(self) -> Button:
        """Return the button that ends."""
        return self._end

    def _on_pause_clicked(self) -> None:
        self.pause_pressed.emit()

    def _on_end_clicked(self) -> None:
        self.end_pressed.emit()

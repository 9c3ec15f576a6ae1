"""The mini timer as it is seen: 360 × 132 px, above every other window, movable, never in the way."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.support_session import SessionState
from laverma_desk.i18n import _
from laverma_desk.ui import icons, reading_order, theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.mini.reading import MiniReading
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.text_field import TextField
from laverma_desk.ui.widgets.timer_digits import TimerDigits

WIDE, HIGH = 360, 132
_FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.NoDropShadowWindowHint
)


class MiniWindow(QWidget):
    """Shows one session. Comes without taking the focus; it is dragged at any place that is no button.

    Emits `pause_pressed`, `end_pressed`, `expand_pressed`, `note_typed(str)` and `seen_changed(bool)`.
    """

    pause_pressed = Signal()
    end_pressed = Signal()
    expand_pressed = Signal()
    note_typed = Signal(str)
    seen_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__(None, _FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFixedSize(WIDE, HIGH)
        self._state, self._moon = SessionState.RUNNING, False
        self._place = Label("", self, weight=500)
        self._trouble = Label("", self, px=13, weight=500, tone="red")
        self._trouble.set_live()
        self._digits = TimerDigits(self, px=32)
        self._amount = Label("", self, weight=600)
        self._time = Label("", self, px=12, tone="muted")
        self._pause = Button(
            _("Pause"), "icon", "pause", shortcut_text=key_name("F8"), parent=self, edged=True
        )
        self._end = Button(
            _("Finish session"), "icon", "stop", shortcut_text=key_name("Ctrl+E"), parent=self, edged=True
        )
        self._expand = Button(
            _("Open window"), "icon", "expand", shortcut_text=key_name("Ctrl+M"), small=True, parent=self
        )
        self.note = TextField(
            self, height=32, placeholder=_("Add a note"), trailing=_("Enter"), trailing_px=12
        )
        self.note.setAccessibleName(_("Add a note"))
        self._arrange()
        self._pause.clicked.connect(self.pause_pressed)
        self._end.clicked.connect(self.end_pressed)
        self._expand.clicked.connect(self.expand_pressed)
        self.note.returnPressed.connect(self._on_note_return_pressed)
        self.note.textEdited.connect(self._on_note_edited)
        self.note.setFocus()  # whenever the window becomes the active one; it does not by itself

    def _arrange(self) -> None:
        self._place.setGeometry(32, 14, 280, 20)
        self._trouble.setGeometry(32, 14, 280, 20)
        self._trouble.hide()
        self._expand.setGeometry(320, 8, 32, 32)
        self._digits.move(16, 40)
        self._pause.setGeometry(256, 40, 40, 40)
        self._end.setGeometry(304, 40, 40, 40)
        self.note.setGeometry(16, 88, 328, 32)

    def show_reading(self, reading: MiniReading) -> None:
        """Show a session as it is now."""
        running = reading.running
        self._digits.set_text(reading.digits)
        self._digits.resize(self._digits.sizeHint())
        left = self._digits.geometry().right() + 15
        self._amount.setText(reading.amount)
        self._time.setText(reading.time)
        self._amount.setGeometry(left, 42, 248 - left, 20)
        self._time.setGeometry(left, 62, 248 - left, 16)
        if (reading.place, reading.state, reading.moon) == (self._place.text(), self._state, self._moon):
            return
        self._place.setText(reading.place)
        self._state, self._moon = reading.state, reading.moon
        self._place.setGeometry(32, 14, 256 if reading.moon else 280, 20)
        self._digits.set_tone("text" if running else "muted")
        self._pause.set_icon("pause" if running else "play")
        self._pause.set_label(_("Pause") if running else _("Resume"))
        self.setWindowTitle(f"{reading.place} – {_('Mini timer')}")
        self.setAccessibleName(f"{reading.place}, {reading.state_text}")
        self.update()

    def announce_state(self, words: str) -> None:
        """Say aloud that the time stands still, or runs again."""
        announce(self, words)

    def show_trouble(self, sentence: str) -> None:
        """Say in place of the name what went wrong; an empty sentence brings the name back."""
        self._trouble.setVisible(bool(sentence))
        self._trouble.setText(sentence)
        self._place.setVisible(not sentence)
        self.update()

    def trouble(self) -> str:
        """Return what went wrong last, "" where nothing did."""
        return self._trouble.text()

    def take_focus(self) -> None:
        """Come to the front with the caret in the note: somebody asked for it by its key."""
        self.raise_()
        self.activateWindow()
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's signature)
        """Let Tab follow what is read."""
        return reading_order.move_focus(self, forward=next)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the window be dragged, by the desktop itself."""
        handle = self.windowHandle()
        if event.button() == Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell the clock that it is looked at."""
        super().showEvent(event)
        self.seen_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell the clock that nobody looks."""
        super().hideEvent(event)
        self.seen_changed.emit(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, edge and the sign of the state."""
        c = theme.palette()
        painter = paint.start(self)
        paint.box(painter, self.rect(), fill=c.surface, edge=c.field, radius=0)
        if self._trouble.isVisibleTo(self):
            icons.paint(painter, "warning", QPointF(12, 16), 16, c.red)
        elif self._state is SessionState.RUNNING:
            paint.box(painter, QRectF(16, 20, 8, 8), fill=c.green_line, radius=4)
        else:
            icons.paint(painter, "pause", QPointF(12, 16), 16, c.amber_line)
        if self._moon:
            icons.paint(painter, "moon", QPointF(296, 16), 16, c.amber)
        painter.end()

    def _on_note_return_pressed(self) -> None:
        line = self.note.text().strip()
        if line:
            self.note_typed.emit(line)

    def _on_note_edited(self, _text: str) -> None:
        self.show_trouble("")

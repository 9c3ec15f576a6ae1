"""The line above the time: a dot while it runs, two bars while it stands still."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from laverma_desk.domain.support_session import SessionState
from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.call.timer_reading import TimerReading, state_words
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

_TONES = {SessionState.RUNNING: "green", SessionState.PAUSED: "amber", SessionState.ENDED: "muted"}


class StateLine(QWidget):
    """A line 20 px high: sign and word. After a long pause a link goes on. Emits `resume_pressed`."""

    resume_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = SessionState.RUNNING
        self.setFixedHeight(20)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._words = Label("", self, px=13, weight=600, tone="green")
        self._resume = Link(_("Resume (F8)"), self, px=13)
        self._resume.clicked.connect(self._on_resume_clicked)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(4)
        self._row.addWidget(self._words)
        self._row.addWidget(self._resume)
        self._row.addStretch(1)

    def show_reading(self, reading: TimerReading) -> None:
        """Show where the session stands."""
        self._state = reading.state
        words = reading.long_pause or state_words(reading.state)
        self._words.setText(words)
        self._words.set_tone(_TONES[reading.state])
        if reading.long_pause and self._resume.isHidden() and self.isVisible():
            announce(self, f"{words} {self._resume.text()}")
        self._resume.setVisible(bool(reading.long_pause))
        self._row.setContentsMargins(16 if self._state is SessionState.RUNNING else 24, 0, 0, 0)
        self.setAccessibleName(words)
        self.update()

    def words(self) -> str:
        """Return what the line says."""
        return self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign."""
        colours = theme.palette()
        painter = paint.start(self)
        match self._state:
            case SessionState.RUNNING:
                paint.box(painter, QRectF(0, 6, 8, 8), fill=colours.green_line, radius=4)
            case SessionState.PAUSED:
                icons.paint(painter, "pause", QPointF(0, 2), 16, colours.amber_line)
            case SessionState.ENDED:
                icons.paint(painter, "stop", QPointF(0, 2), 16, colours.muted)
        painter.end()

    def _on_resume_clicked(self) -> None:
        self.resume_pressed.emit()

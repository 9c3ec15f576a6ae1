"""The bar that says before the window closes that time runs on, and leaves the choice."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.line_edit import is_claim_on


class FarewellBar(QWidget):
    """A bar 40 px high under the strip: no window over the call, and the page goes on below it.

    Emits `close_chosen`, `stay_chosen` (also with Escape, while the focus is here) and `mini_chosen`.
    """

    close_chosen = Signal()
    stay_chosen = Signal()
    mini_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._running = Label("", self, px=13, weight=600)
        self._on = Label("", self, px=13)
        self.close_button = Button(_("Close"), small=True, parent=self)
        self.stay_button = Button(_("Stay open"), small=True, parent=self)
        self.mini_button = Button(_("Mini timer"), icon="mini-timer", small=True, parent=self)
        self.close_button.clicked.connect(self.close_chosen)
        self.stay_button.clicked.connect(self.stay_chosen)
        self.mini_button.clicked.connect(self.mini_chosen)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._running)
        words.addWidget(self._on)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(52, 0, 24, 1)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self.close_button, self.stay_button, self.mini_button):
            row.addWidget(button)
        self.hide()

    def ask(self, running: str, going_on: str) -> None:
        """Show both sentences; the answer that changes nothing has the focus."""
        self._running.setText(running)
        self._on.setText(going_on)
        self.setAccessibleName(f"{running} {going_on}")
        self.show()
        self.stay_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{running} {going_on}")

    def sentence(self) -> str:
        """Return what is said."""
        return f"{self._running.text()} {self._on.text()}"

    def event(self, event: QEvent) -> bool:
        """Take Escape before the page behind it does."""
        if is_claim_on(event, Qt.Key.Key_Escape):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape mean staying."""
        if event.key() == Qt.Key.Key_Escape:
            self.stay_chosen.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, lower line and icon."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.amber_soft)
        paint.rule(painter, 0, self.height() - 1, self.width(), c.border)
        icons.paint(painter, "timer", QPointF(24, (self.height() - 20) // 2), 20, c.amber)
        painter.end()

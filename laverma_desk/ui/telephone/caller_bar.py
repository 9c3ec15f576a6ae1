"""The quiet bar that says who calls while something else is being done."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.pressable import Pressable


class CallerBar(QWidget):
    """A bar 32 px high: phone, sentence, how many call besides, Accept, a cross. It never takes the focus.

    Emits `accepted` and `dismissed`.
    """

    accepted = Signal()
    dismissed = Signal()

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        """`key` is shown beside Accept."""
        super().__init__(parent)
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sentence = Label("", self, px=13, weight=500)
        self._aside = Label("", self, px=13, tone="muted")
        self._accept = Link(_("Accept"), self, px=13, shortcut_text=key)
        self._cross = _Cross(_("Hide the call"), self)
        self._accept.clicked.connect(self._on_accept_clicked)
        self._cross.clicked.connect(self._on_cross_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(48, 0, 20, 1)
        row.setSpacing(16)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._aside)
        row.addWidget(self._accept)
        row.addWidget(self._cross)
        self.hide()

    def show_caller(self, sentence: str, aside: str) -> None:
        """Show who calls, and what stands muted beside it; said aloud if it is new."""
        if self.isHidden() or sentence != self._sentence.text():
            announce(self, sentence)
        self._sentence.setText(sentence)
        self._aside.setText(aside)
        self._aside.setVisible(bool(aside))
        self.setAccessibleName(sentence)
        self.show()
        self.raise_()

    def sentence(self) -> str:
        """Return the sentence last shown."""
        return self._sentence.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, lower line and phone."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.primary_soft)
        paint.rule(painter, 0, 31, self.width(), c.border)
        icons.paint(painter, "phone", QPointF(24, 7), 16, c.primary)
        painter.end()

    def _on_accept_clicked(self) -> None:
        self.accepted.emit()

    def _on_cross_clicked(self) -> None:
        self.dismissed.emit()


class _Cross(Pressable):
    """A cross of 16 px in a square of 24."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(24, 24)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """Return the square."""
        return QSize(24, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cross, and a line below it with the focus."""
        c = theme.palette()
        painter = paint.start(self)
        if self.hasFocus():
            painter.fillRect(0, self.height() - 2, self.width(), 2, c.primary)
        ink = c.text if self.underMouse() or self.isDown() else c.muted
        icons.paint(painter, "close", QPointF(4, 4), 16, ink)
        painter.end()

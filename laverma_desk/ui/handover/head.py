"""The first line of the page: the way back, and its name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

_HEIGHT = 65


class HandoverHead(QWidget):
    """A line 65 px high. Emits `left`."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self.back = Link(_("Statistics"), self, px=13, icon="chevron-left")
        self.back.setAccessibleName(_("Back to the statistics"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 17)
        row.setSpacing(16)
        row.addWidget(self.back)
        row.addWidget(Label(_("Handover"), self, px=20, weight=600, line=32), 1)
        self.back.clicked.connect(self.left)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the way back (F6)."""
        self.back.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line below."""
        painter = paint.start(self)
        paint.rule(painter, 0, _HEIGHT - 1, self.width(), theme.palette().border)
        painter.end()

"""The last line of the page: what it is no substitute for, and the way to what the law keeps how long."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

_HEIGHT = 41


class AuditFoot(QWidget):
    """A line 41 px high. Emits `locked_wanted` for the records that are only kept for the law."""

    locked_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        sentence = _("A help for the house's own duties: it is no attestation and replaces no advice.")
        self.locked = Link(_("Locked customers and what is kept how long"), self, px=13)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 1, 24, 0)
        row.setSpacing(16)
        row.addWidget(Label(sentence, self, px=13, tone="muted"), 1)
        row.addWidget(self.locked)
        self.locked.clicked.connect(self.locked_wanted)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above."""
        painter = paint.start(self)
        paint.rule(painter, 0, 0, self.width(), theme.palette().border)
        painter.end()

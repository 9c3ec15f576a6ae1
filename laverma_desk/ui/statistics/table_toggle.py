"""The small button beside a card's title: the chart, or the table behind it."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import Pressable

_SIZE = 24


class TableToggle(Pressable):
    """A square of 24 px that stays pressed while the table is shown. Emits `toggled(bool)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFixedSize(_SIZE, _SIZE)
        self.setToolTip(_("Show as a table"))
        self.toggled.connect(self._on_toggled)

    def name_for(self, title: str) -> None:
        """Say of which card it shows the table."""
        self.setAccessibleName(_("%(title)s: table") % {"title": title})

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, ring and drawing."""
        c = theme.palette()
        painter = paint.start(self)
        on = self.isChecked()
        fill = c.primary_soft if on or self.isDown() else c.subtle if self.underMouse() else None
        edge = c.primary if self.hasFocus() else None
        if fill is not None or edge is not None:
            paint.box(painter, self.rect(), fill=fill, edge=edge, radius=6, width=2)
        name = "chart" if on else "list"
        icons.paint(painter, name, QPointF(4, 4), 16, c.primary if on else c.muted)
        painter.end()

    def _on_toggled(self, on: bool) -> None:
        self.setToolTip(_("Show as a chart") if on else _("Show as a table"))

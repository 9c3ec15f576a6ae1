"""The chip of the attached PDF that opens it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import Pressable


class AttachmentButton(Pressable):
    """A 40-px chip with clip, file name and size; pressed, it opens the file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size = "", ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_file(self, name: str, size: str) -> None:
        """Change name and size."""
        self._name, self._size = name, size
        self.setAccessibleName(f"{name} {size}".strip())
        self.setToolTip(_("Open %(name)s") % {"name": name})
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return all parts in one line, 40 high."""
        wide = 58 + fonts.width(self._name, 13, 500) + fonts.width(self._size, 13)
        return QSize(round(wide), 40)

    def minimumSizeHint(self) -> QSize:
        """Return room for the clip and a few letters."""
        return QSize(min(160, self.sizeHint().width()), 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        c = theme.palette()
        painter = paint.start(self)
        fill = c.primary_soft if self.isDown() else c.subtle if self.underMouse() else c.surface
        focused = self.hasFocus()
        edge = c.primary if focused else c.border
        paint.box(painter, self.rect(), fill=fill, edge=edge, width=2 if focused else 1)
        icons.paint(painter, "attachment", QPointF(13, 12), 16, c.muted)
        short = fonts.width(self._size, 13)
        room = QRectF(37, 0, self.width() - 58 - short + 1, 40)
        wide = paint.text(painter, room, self._name, px=13, weight=500, colour=c.text)
        paint.text(painter, QRectF(45 + wide, 0, short + 1, 40), self._size, px=13, colour=c.muted)
        painter.end()

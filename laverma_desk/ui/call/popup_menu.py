"""The menu in the shape of the other popups: round corners, no shadow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from laverma_desk.ui.widgets import paint


class PopupMenu(QMenu):
    """A menu with the edge of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        self.setWindowFlags(self.windowFlags() | flags)
        paint.clear_ground(self)
        self.setStyleSheet("QMenu { border-radius: 10px; }")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners also where no compositor makes them transparent."""
        super().resizeEvent(event)
        paint.cut_corners(self)

"""The card: surface, one-pixel edge, round corners, no shadow."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint


class Card(QFrame):
    """A surface with a 1-px edge and radius 10 that counts inside the box.

    `padding` is the room inside the edge, on all sides; `popup` gives it the stronger edge of
    lists and popups. Put the content into `body`, a vertical layout without spacing.
    """

    def __init__(self, parent: QWidget | None = None, *, padding: int = 0, popup: bool = False) -> None:
        super().__init__(parent)
        self._popup = popup
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding + 1, padding + 1, padding + 1, padding + 1)
        self.body.setSpacing(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        colours = theme.palette()
        painter = paint.start(self)
        edge = colours.field if self._popup else colours.border
        paint.box(painter, self.rect(), fill=colours.surface, edge=edge, radius=10)
        painter.end()


class ActionBar(QWidget):
    """The 64-px bar at the foot of a page: surface with a line on top. Put the content into `row`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(64)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(24, 1, 24, 1)
        self.row.setSpacing(8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface and its upper line."""
        colours = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), colours.surface)
        paint.rule(painter, 0, 0, self.width(), colours.border)
        painter.end()


class Divider(QWidget):
    """A 1-px line in the border colour, across or (`upright`) down."""

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        super().__init__(parent)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the line."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.palette().border)
        painter.end()

"""A card to choose from: a radio button with a title, what it comes to, and a line that explains it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.radio import paint_circle


class ChoiceCard(QRadioButton):
    """A 112-px choice card; those of one parent exclude each other, the arrow keys walk."""

    def __init__(self, title: str, hint: str = "", amount: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title.replace("&", "&&"), parent)
        self._title, self._hint, self._amount = title, hint, amount
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def set_amount(self, amount: str) -> None:
        """Change the large line."""
        self._amount = amount
        self._name()
        self.update()

    def set_hint(self, hint: str) -> None:
        """Change the line that explains."""
        self._hint = hint
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width that holds the longest line, 112 high."""
        wide = max(
            fonts.width(self._title, 14, 600),
            fonts.width(self._amount, 20, 600),
            fonts.width(self._hint, 13),
        )
        return QSize(int(wide) + 61, 112)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the lines are elided."""
        return QSize(200, 112)

    def hitButton(self, pos: QPoint) -> bool:
        """Take a click anywhere on the card."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw card, circle and the three lines."""
        c = theme.palette()
        painter = paint.start(self)
        on, focused = self.isChecked(), self.hasFocus()
        fill = c.primary_soft if on else c.subtle if self.underMouse() else c.surface
        edge = c.primary if on or focused else c.field
        paint.box(painter, self.rect(), fill=fill, edge=edge, radius=10, width=2 if on or focused else 1)
        paint_circle(painter, QPointF(16, 20), on=on, focused=focused, enabled=self.isEnabled())
        room = self.width() - 60
        ink = c.text if self.isEnabled() else c.disabled
        paint.text(painter, QRectF(44, 18, room, 20), self._title, px=14, weight=600, colour=ink)
        paint.text(painter, QRectF(44, 40, room, 28), self._amount, px=20, weight=600, colour=ink)
        paint.text(painter, QRectF(44, 70, room, 20), self._hint, px=13, colour=c.muted)
        if on and focused:
            wide = fonts.width(self._title, 14, 600)
            painter.fillRect(QRectF(44, 38, min(wide, room), 2), c.primary)
        painter.end()

    def _name(self) -> None:
        self.setAccessibleName(", ".join(part for part in (self._title, self._amount) if part))
        self.setAccessibleDescription(self._hint)

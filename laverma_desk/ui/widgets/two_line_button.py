"""The choice button of the gap bar: what it does above what comes of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button


class TwoLineButton(Button):
    """A secondary button 96 × 40: the label 13/500, below it the outcome in 12 px."""

    def __init__(self, text: str, outcome: str = "", parent: QWidget | None = None) -> None:
        self._outcome = outcome
        super().__init__(text, "secondary", parent=parent)
        self.set_outcome(outcome)

    def set_outcome(self, outcome: str) -> None:
        """Change the lower line."""
        self._outcome = outcome
        self.setAccessibleName(f"{self.label()}, {outcome}" if outcome else self.label())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return 96 × 40, wider only where the words need it."""
        wide = max(fonts.width(self.label(), 13, 500), fonts.width(self._outcome, 12))
        return QSize(max(96, int(wide) + 18), 40)

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: neither line may be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box and both lines."""
        c = theme.palette()
        painter = paint.start(self)
        off = self.is_blocked() or not self.isEnabled()
        fill = c.primary_soft if self.isDown() else c.subtle if self.underMouse() or off else c.surface
        focused = self.hasFocus()
        edge = c.primary if focused else c.border if off else c.field
        paint.box(painter, self.rect(), fill=fill, edge=edge, width=2 if focused else 1)
        upper, lower = (c.disabled, c.disabled) if off else (c.text, c.muted)
        wide = self.width()
        paint.text(
            painter,
            QRectF(0, 4, wide, 16),
            self.label(),
            px=13,
            weight=500,
            colour=upper,
            align="centre",
        )
        paint.text(painter, QRectF(0, 20, wide, 16), self._outcome, px=12, colour=lower, align="centre")
        painter.end()

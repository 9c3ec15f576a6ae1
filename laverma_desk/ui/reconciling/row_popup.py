"""What opens below an action of a row: as wide as it likes, its right end below that of the action."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.filter_button import FilterPopup


class RowAnchor(QWidget):
    """Lies over an action that is painted, so that something can open below it."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def lie_over(self, area: QRect) -> QWidget:
        """Lie over an area of the view and return itself."""
        self.setGeometry(area)
        self.show()
        return self


class RowPopup(FilterPopup):
    """Opens below its owner, right ends in line, or above where the screen ends."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._at = QPoint()

    def open_below(self) -> None:
        """Show it where its owner is now."""
        self.adjustSize()
        paint.cut_corners(self)
        owner = self._owner
        right = owner.mapToGlobal(QPoint(owner.width(), owner.height() + 4))
        place = QPoint(right.x() - self.width(), right.y())
        area = owner.screen().availableGeometry()
        if place.y() + self.height() > area.bottom():
            place.setY(owner.mapToGlobal(QPoint(0, -4)).y() - self.height())
        place.setX(max(area.left(), min(place.x(), area.right() - self.width())))
        self._at = place
        self.move(place)
        self.show()

    def fit(self) -> None:
        """Be as high as what is in it now, where it opened."""
        self.adjustSize()
        paint.cut_corners(self)
        self.move(self._at)

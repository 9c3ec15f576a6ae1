"""The panel at the right: what one wants to know about a customer while talking."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from laverma_desk.ui import icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea


class PanelSection(QWidget):
    """A section of the panel, with a line below unless it is the last. Put the content into `body`.

    `title` is set in 14/600 (`title_px` 16 for the customer's name), `trailing` stands right of it.
    """

    def __init__(
        self,
        title: str = "",
        trailing: QWidget | None = None,
        parent: QWidget | None = None,
        *,
        title_px: int = 14,
        last: bool = False,
    ) -> None:
        super().__init__(parent)
        self._last = last
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(23, 16, 24, 16)
        self.body.setSpacing(0)
        self.title = Label(title, self, px=title_px, weight=600, line=24)
        if title or trailing is not None:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(self.title, 1)
            if trailing is not None:
                row.addWidget(trailing)
            self.body.addLayout(row)
        else:
            self.title.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line below."""
        if not self._last:
            painter = paint.start(self)
            paint.rule(painter, 0, self.height() - 1, self.width(), theme.palette().border)
            painter.end()


class IconRow(QWidget):
    """A line 24 px high: an icon 16, and 12 px right of it a text that can be elided."""

    def __init__(self, icon: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setFixedHeight(24)
        self.label = Label(text, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 0, 0, 0)
        row.addWidget(self.label)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = paint.start(self)
        icons.paint(painter, self._icon, QPointF(0, 4), 16, theme.palette().muted)
        painter.end()


class KeyValues(QWidget):
    """Rows 24 px high: a muted key, and the value behind `key_width`, or bold at the right (`sums`)."""

    def __init__(self, parent: QWidget | None = None, *, key_width: int = 96, sums: bool = False) -> None:
        super().__init__(parent)
        self._sums = sums
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8 if sums else 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, 0 if sums else key_width)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[Label, Label]] = []

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show these keys and values; rows that are already there are written anew."""
        while len(self._rows) < len(rows):
            at = len(self._rows)
            key = Label("", self, px=13, tone="muted", line=24)
            weight, align = (600, "right") if self._sums else (400, "left")
            pair = (key, Label("", self, px=13, weight=weight, align=align, line=24))
            self._grid.addWidget(pair[0], at, 0)
            self._grid.addWidget(pair[1], at, 1)
            self._rows.append(pair)
        for number, pair in enumerate(self._rows):
            used = number < len(rows)
            for label, words in zip(pair, rows[number] if used else ("", ""), strict=True):
                label.setVisible(used)
                label.setText(words)


class ContextPanel(QWidget):
    """The panel, 288 px wide; what does not fit scrolls. Add `PanelSection`s with `add`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(288)
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        scroll = OverlayScrollArea(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(inside)
        # setWidget makes the inside paint the window's ground.
        inside.setAutoFillBackground(False)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, 0, 0, 0)
        frame.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        frame.addWidget(scroll)

    def add(self, section: QWidget, *, before: QWidget | None = None) -> None:
        """Add a section below the others, or above one of them."""
        place = self._column.count() - 1 if before is None else self._column.indexOf(before)
        self._column.insertWidget(place, section)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface and the line at the left."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.surface)
        painter.fillRect(QRectF(0, 0, 1, self.height()), c.border)
        painter.end()

"""The chosen change below the table: all of what stood there, of what stands there now, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.services.tax_audit.change_lines import ChangeLine
from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.focus_ring import FocusRing
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea

_HEIGHT = 137


class ChangeDetail(OverlayScrollArea):
    """A strip 137 px high with three columns; it can be walked into where there is more than fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(_("The chosen change"))
        self._ring = FocusRing(self)
        inside = QWidget()
        self._title = Label("", inside, px=13, weight=600, wrap=True)
        self._values = {
            name: Label("", inside, px=13, wrap=True) for name in (_("Before"), _("After"), _("Reason"))
        }
        across = QHBoxLayout()
        across.setSpacing(24)
        for name, value in self._values.items():
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(Label(name, inside, px=12, tone="muted"))
            column.addWidget(value)
            column.addStretch(1)
            across.addLayout(column, 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 13, 24, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(across)
        column.addStretch(1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def show_line(self, line: ChangeLine | None) -> None:
        """Show a change; nothing for None."""
        said = ("", "", "") if line is None else (line.old or "–", line.new or "–", line.reason or "–")
        title = "" if line is None else f"{line.subject}: {line.field}"
        self._title.setText(title)
        for label, value in zip(self._values.values(), said, strict=True):
            label.setText(value)
        self.setAccessibleDescription(self.words() if line is not None else "")
        self.verticalScrollBar().setValue(0)

    def words(self) -> str:
        """Return what is shown, as it is read out."""
        said = [f"{name}: {label.text()}" for name, label in self._values.items()]
        return ", ".join([self._title.text(), *said])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the ring around."""
        super().resizeEvent(event)
        self._ring.setGeometry(self.rect())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self._ring.show()
        self._ring.raise_()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._ring.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the line above it."""
        c = theme.palette()
        painter = paint.start(self.viewport())
        painter.fillRect(self.viewport().rect(), c.window)
        paint.rule(painter, 0, 0, self.width(), c.border)
        painter.end()

    def _on_range_changed(self, _lowest: int, highest: int) -> None:
        policy = Qt.FocusPolicy.StrongFocus if highest > 0 else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)

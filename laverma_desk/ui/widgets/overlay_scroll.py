"""A scroll area whose bar lies over its content's margin, so that nothing moves when it comes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class OverlayScrollArea(QScrollArea):
    """Scrolls vertically. Its content keeps its width and leaves 16 px free at the right by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it without a frame."""
        super().__init__(parent)
        # No stop of Tab: what stands in it is, and comes into view with the focus.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(self._on_bar_range_changed)

    def _on_bar_range_changed(self, _lowest: int, highest: int) -> None:
        bar = self.verticalScrollBar()
        # The bar takes its width from the viewport, and the negative margin gives it back.
        self.setViewportMargins(0, 0, -bar.sizeHint().width() if highest > 0 else 0, 0)
        holder = bar.parentWidget()
        if holder is not None:
            holder.raise_()

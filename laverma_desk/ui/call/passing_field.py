"""A field that takes a line's place for a moment: Escape brings the line back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from laverma_desk.ui.widgets.text_field import TextField


class PassingField(TextField):
    """Emits `cancelled` for Escape."""

    cancelled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give Escape its meaning also where no window takes the key first."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            event.accept()
            return
        super().keyPressEvent(event)

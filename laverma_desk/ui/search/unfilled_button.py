"""The button that starts a session without an agreement: never filled, and deaf to Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.ui.widgets.button import Button


class UnfilledButton(Button):
    """A secondary button that the mouse, Space and its shortcut press, but Enter never does."""

    def __init__(self, text: str, icon: str, shortcut_text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "secondary", icon, parent=parent)
        self.setToolTip(shortcut_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow Enter: an exception is never made in passing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

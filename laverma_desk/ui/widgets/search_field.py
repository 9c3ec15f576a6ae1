"""The search of a page: it narrows a list while one types, and the keys lead on into that list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from laverma_desk.ui.widgets.line_edit import is_claim_on
from laverma_desk.ui.widgets.text_field import TextField

_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class SearchField(TextField):
    """Emits `done` for Enter and the arrow down.

    Escape empties it, before any page or window has its turn; an empty one leaves Escape to the page.
    """

    done = Signal()

    def event(self, event: QEvent) -> bool:
        """Claim the Escape that empties the field before a shortcut of the window does."""
        if is_claim_on(event, Qt.Key.Key_Escape) and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the field, or go on to the list."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in _ON and plain:
            self.done.emit()
        else:
            super().keyPressEvent(event)

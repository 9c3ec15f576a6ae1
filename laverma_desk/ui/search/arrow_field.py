"""The field in which one types while the arrow keys walk through the list below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from laverma_desk.ui.widgets.text_field import TextField

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -5,
    Qt.Key.Key_PageDown: 5,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ArrowField(TextField):
    """A text field that emits `stepped(int)` for the arrow keys and `entered` for Enter."""

    stepped = Signal(int)
    entered = Signal()

    def event(self, event: QEvent) -> bool:
        """Claim arrows and Enter before any shortcut of the window does."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _is_plain(event)
            and (event.key() in _STEPS or event.key() in _ENTER)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell what walks and what starts; everything else is text."""
        key = Qt.Key(event.key())
        if _is_plain(event) and key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif _is_plain(event) and key in _ENTER:
            if not event.isAutoRepeat():
                self.entered.emit()
        else:
            super().keyPressEvent(event)


def _is_plain(event: QKeyEvent) -> bool:
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

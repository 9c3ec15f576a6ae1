"""Which keys edit text and which are commands: a field must not swallow the shortcuts of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
# With Ctrl, these edit text; every other key with Ctrl is a command of the window.
_EDITING = {
    Qt.Key.Key_A,
    Qt.Key.Key_C,
    Qt.Key.Key_V,
    Qt.Key.Key_X,
    Qt.Key.Key_Y,
    Qt.Key.Key_Z,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Insert,
}


def is_command(event: QKeyEvent) -> bool:
    """Tell whether a key belongs to the window; AltGr arrives as Ctrl+Alt and always writes."""
    pressed = event.modifiers()
    return bool(pressed & _CTRL) and not pressed & _ALT and event.key() not in _EDITING


def is_claim_on_command(event: QEvent) -> bool:
    """Tell whether Qt asks an editor if it wants a key that is a command; ignore such an event.

    On X11 Qt's editors would take Ctrl+U and Ctrl+K to delete.
    """
    return event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_command(event)


def is_claim_on(event: QEvent, key: Qt.Key) -> bool:
    """Tell whether Qt asks an editor if it wants a key before a shortcut of the window has it."""
    return (
        event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == key
    )


class LineEdit(QLineEdit):
    """A line edit that leaves the window its keys."""

    def event(self, event: QEvent) -> bool:
        """Claim no command."""
        if is_claim_on_command(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on what is a command and no text."""
        if is_command(event):
            event.ignore()
            return
        super().keyPressEvent(event)

"""What all buttons that paint themselves have in common: how they are reached and how they are pressed."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import reading_order

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OF_THE_WINDOW = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Pressable(QPushButton):
    """Tab reaches it, Space and Enter press it; what is typed with Ctrl or Alt belongs to the window.

    `steps` are the keys that walk to the neighbour before and behind, where such buttons stand in a row.
    """

    steps: ClassVar[tuple[Qt.Key, Qt.Key] | None] = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_words(self, words: str) -> None:
        """Change what the button says and is called; an ampersand is a letter here, never a mnemonic."""
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button as Space does, and the arrows walk."""
        if event.modifiers() & _OF_THE_WINDOW:
            event.ignore()
        elif event.key() in _ENTER:
            if not event.isAutoRepeat():
                self.click()
        elif self.steps is not None and event.key() in self.steps:
            reading_order.move_focus(self.window(), forward=event.key() == self.steps[1])
        else:
            super().keyPressEvent(event)


class PageButton(Pressable):
    """Leads to a page, and says whether that is the one shown; who hears the press decides about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current = False

    def is_current(self) -> bool:
        """Return whether its page is shown."""
        return self._current

    def set_current(self, current: bool) -> None:
        """Mark the button of the page that is shown, or any other."""
        if current == self._current:
            return
        self._current = current
        self.setAccessibleDescription(_("current page") if current else "")
        self.update()

"""The notes of a session: one line per piece of work, and snippets that bring their own line."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from laverma_desk.ui.widgets.text_area import TextArea

_FEWEST_LINES = 5


class NotesEditor(TextArea):
    """A text area in 16/24 that never shrinks below five lines."""

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "") -> None:
        super().__init__(parent, placeholder=placeholder, px=16, line=24, padding=7)
        self.setMinimumHeight(_FEWEST_LINES * 24 + 16)

    def set_text(self, text: str) -> None:
        """Show a text without a signal, with the caret behind it: notes are written on."""
        super().set_text(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def insert_line(self, text: str) -> None:
        """Write a text on a line of its own: here if the caret's line is empty, else on a new one below it.

        It can be undone; the caret stands behind it afterwards.
        """
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.clearSelection()
        if cursor.block().text().strip():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock()
        cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def set_caret(self, place: int) -> None:
        """Put the caret behind so many letters, or behind the last one."""
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def append_line(self, text: str) -> None:
        """Write a text on a line of its own below all others; the caret of who types here stays. Undoable."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        if cursor.block().text().strip():
            cursor.insertBlock()
        cursor.insertText(text)
        cursor.endEditBlock()

"""The field of many lines: plain text in the design's line height, inside the box of a field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.line_edit import is_claim_on_command, is_command
from laverma_desk.ui.widgets.text_field import paint_field


class TextArea(QTextEdit):
    """A plain-text editor; QTextEdit instead of QPlainTextEdit, which has no line height.

    `px` and `line` are the size and line height of the letters, `padding` the room between edge and text.
    Emits `edited` when a person changed the text and `left` when the focus has gone. Tab leaves the field;
    keys with Ctrl that edit nothing reach the window.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        px: int = 14,
        line: int = 20,
        padding: int = 12,
    ) -> None:
        super().__init__(parent)
        self._placeholder, self._px, self._line = placeholder, px, line
        self._invalid = False
        self._silent = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(fonts.font(px))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(placeholder)
        self._space_lines()
        inset, lift = padding + 1, self._sunken()
        self.setViewportMargins(inset, inset - lift, 2, inset)
        self.textChanged.connect(self._on_text_changed)

    def text(self) -> str:
        """Return the text, lines separated by a line feed."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text from its top, without a signal; it cannot be undone away."""
        self._silent = True
        self.setPlainText(text)
        self._space_lines()
        self._silent = False

    def set_placeholder(self, words: str) -> None:
        """Change what is shown while nothing is typed; the accessible name stays."""
        if words != self._placeholder:
            self._placeholder = words
            self.viewport().update()

    def set_invalid(self, invalid: bool) -> None:
        """Show or take back the red edge."""
        if invalid != self._invalid:
            self._invalid = invalid
            self.update()

    def event(self, event: QEvent) -> bool:
        """Draw the box in place of Qt's frame, and let the window have its keys."""
        if event.type() == QEvent.Type.Paint:
            paint_field(self, focused=self.hasFocus(), invalid=self._invalid)
            return True
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

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the words alone, whatever program they come from."""
        if source.hasText():
            self.insertPlainText(source.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Repaint the edge."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Repaint the edge, and tell that the field was left, but not for its own menu."""
        super().focusOutEvent(event)
        self.update()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, or the placeholder on the line where the text will stand."""
        super().paintEvent(event)
        if self._placeholder and self.document().isEmpty():
            c = theme.palette()
            painter = paint.start(self.viewport())
            area = QRectF(0, self._sunken(), self.viewport().width(), self._line)
            ink = c.muted if self.isEnabled() else c.disabled
            paint.text(painter, area, self._placeholder, px=self._px, colour=ink)
            painter.end()

    def _space_lines(self) -> None:
        spacing = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.FixedHeight
        spacing.setLineHeight(self._line, kind.value)
        self.document().setUndoRedoEnabled(False)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        self.document().setUndoRedoEnabled(True)

    def _sunken(self) -> int:
        """Return by how much Qt sets a line of fixed height lower than the design does."""
        descent = fonts.metrics(self._px).descent()
        return int(self._line - descent - fonts.baseline(0, self._line, self._px))

    def _on_text_changed(self) -> None:
        self.viewport().update()
        if not self._silent:
            self.edited.emit()

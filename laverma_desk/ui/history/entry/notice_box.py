"""The amber box inside the form: what stands out but forbids nothing."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.ui import icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label


class NoticeBox(QWidget):
    """Sentences on an amber ground, hidden while there are none. More can be put into `body`."""

    def __init__(self, parent: QWidget | None = None, *, icon: str = "warning") -> None:
        super().__init__(parent)
        self._icon = icon
        self._words = Label("", self, px=13, weight=500, wrap=True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(37, 8, 13, 8)
        self.body.setSpacing(8)
        self.body.addWidget(self._words)
        self.hide()

    def show_sentences(self, sentences: list[str]) -> None:
        """Show these sentences, one a line; none hides the box."""
        words = "\n".join(sentences)
        if words != self._words.text():
            self._words.setText(words)
            self.setAccessibleName(" ".join(sentences))
        self.setVisible(bool(sentences))

    def words(self) -> str:
        """Return what is said, empty while the box is hidden."""
        return "" if self.isHidden() else self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and icon."""
        c = theme.palette()
        painter = paint.start(self)
        paint.box(painter, self.rect(), fill=c.amber_soft, edge=c.amber_line, radius=8)
        icons.paint(painter, self._icon, QPointF(13, 10), 16, c.amber)
        painter.end()

"""The line above the paper: what it is, whose, and what holds for it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

HEIGHT = 40
_NAME = 160


@dataclass(frozen=True)
class Headline:
    """The words of the line. `tone` is green, amber, red or muted; `link` comes behind the sentence."""

    badge: str
    tone: str
    name: str
    sentence: str = ""
    link: str = ""


class StateBadge(QWidget):
    """A 24-px badge with a word alone, in a tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = "", "muted"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, tone: str) -> None:
        """Change word and tone."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the word."""
        return self._text

    def sizeHint(self) -> QSize:
        """Return the room of the word."""
        return QSize(round(fonts.width(self._text, 12, 500)) + 16, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badge."""
        c = theme.palette()
        painter = paint.start(self)
        soft = c.subtle if self._tone == "muted" else getattr(c, f"{self._tone}_soft")
        paint.box(painter, self.rect(), fill=soft, radius=6)
        area = QRectF(8, 0, self.width() - 15, 24)
        paint.text(painter, area, self._text, px=12, weight=500, colour=getattr(c, self._tone))
        painter.end()


class PaperHead(QWidget):
    """40 px between buttons and paper. Emits `link_wanted`."""

    link_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.badge = StateBadge(self)
        self.name = Label("", self, px=13, weight=600)
        self.sentence = Label("", self, px=13, tone="muted")
        self.link = Link("", self, px=13)
        self.pages = Label("", self, px=13, tone="muted")
        whole = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.pages.setSizePolicy(whole)
        self.link.setSizePolicy(whole)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.badge)
        row.addWidget(self.name)
        row.addWidget(self.sentence)
        row.addWidget(self.link)
        row.addStretch(1)
        row.addWidget(self.pages)
        self.link.clicked.connect(self._on_link_clicked)
        self.show_headline(None)

    def show_headline(self, line: Headline | None) -> None:
        """Show what the paper is; None empties the line."""
        self.badge.setVisible(line is not None)
        self.badge.show_state(line.badge if line else "", line.tone if line else "muted")
        self.name.setText(line.name if line else "")
        # The sentence gives way before the name does.
        self.name.setMinimumWidth(min(self.name.sizeHint().width(), _NAME))
        self.sentence.setText(line.sentence if line else "")
        self.sentence.updateGeometry()
        self.link.set_words(line.link if line else "")
        self.link.setVisible(bool(line and line.link))
        if line is None:
            self.pages.setText("")
        self._make_room()

    def show_pages(self, words: str) -> None:
        """Show which page is seen of how many."""
        self.pages.setText(words)
        self.pages.updateGeometry()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the page's number give way before the sentence does."""
        super().resizeEvent(event)
        self._make_room()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.palette().window)
        painter.end()

    def _make_room(self) -> None:
        shown = [one for one in (self.badge, self.name, self.sentence, self.link) if not one.isHidden()]
        needed = sum(one.sizeHint().width() + 8 for one in [*shown, self.pages])
        self.pages.setVisible(needed <= self.width() - 48)

    def _on_link_clicked(self) -> None:
        self.link_wanted.emit()

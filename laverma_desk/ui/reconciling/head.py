"""The upper lines of the page: the way back, its title and the file that was read last."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.services.reconciling.records import Overview
from laverma_desk.ui import theme
from laverma_desk.ui.reconciling import words
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import IconMark

_TITLE, _FILE = 65, 39


class TitleLine(QWidget):
    """Where the page belongs and what it is. Emits `left`, `other_wanted` and `again_wanted`."""

    left = Signal()
    other_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_TITLE)
        self.back = Link(_("History"), self)
        self._title = Label("", self, px=20, weight=600)
        self.other = Button(_("Other file"), "secondary", "folder", small=True, parent=self)
        self.again = Button(_("Read again"), "secondary", "reload", small=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 17)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(IconMark("chevron-right", self))
        row.addWidget(self._title, 1)
        row.addWidget(self.other)
        row.addWidget(self.again)
        self.back.clicked.connect(self.left)
        self.other.clicked.connect(self.other_wanted)
        self.again.clicked.connect(self.again_wanted)

    def show_title(self, title: str) -> None:
        """Show with whose file the sessions are compared."""
        self._title.setText(title)

    def title(self) -> str:
        """Return the heading."""
        return self._title.text()

    def set_busy(self, *, busy: bool) -> None:
        """Let no second file be read while one is."""
        self.again.set_busy(_("Reading …") if busy else None)
        self.other.set_blocked(_("A file is being read.") if busy else None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line below."""
        painter = paint.start(self)
        paint.rule(painter, 0, _TITLE - 1, self.width(), theme.palette().border)
        painter.end()


class FileLine(QWidget):
    """Which file was read when, and which days it is about. Emits `unreadable_wanted`."""

    unreadable_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_FILE)
        self._name = Label("", self, px=13, weight=600, cut="middle")
        self._read = Label("", self, px=13, tone="muted")
        self.unreadable = Link("", self, px=13)
        self._none = Label("", self, px=13, tone="muted")
        self._span = Label("", self, px=13, tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(IconMark("snippet", self))
        row.addWidget(self._name)
        row.addWidget(self._read)
        row.addSpacing(-5)
        row.addWidget(self.unreadable)
        row.addWidget(self._none)
        row.addStretch(1)
        row.addWidget(self._span)
        self.unreadable.clicked.connect(self.unreadable_wanted)

    def show_file(self, overview: Overview) -> None:
        """Show the file of an overview; nothing where none was ever read."""
        reading = overview.reading
        self.setVisible(reading is not None)
        if reading is None:
            return
        count = len(overview.unreadable)
        self._name.setText(reading.file_name)
        self._read.setText(words.read_words(reading))
        self.unreadable.set_words(words.unreadable_words(count))
        self.unreadable.setVisible(bool(count))
        self._none.setText(words.unreadable_words(count))
        self._none.setVisible(not count)
        self._span.setText(words.span_words(overview))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface; the head of the table below has the line between them."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.palette().surface)
        painter.end()

    def words(self) -> str:
        """Return what is said of the file."""
        count = self._none.text()
        return " ".join(filter(None, (self._name.text(), self._read.text(), count)))

    def span(self) -> str:
        """Return which days are shown."""
        return self._span.text()

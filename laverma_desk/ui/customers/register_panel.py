"""The left part of the page: the search, the list, and how many there are."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.customers.agreements.hint_count import HintCount
from laverma_desk.ui.customers.register_list import RegisterList
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.search_field import SearchField

WIDTH = 288


class _SquareButton(Button):
    """The plus beside the search: an icon with the edge of a button, and a dot for what is half typed."""

    unsaved = False

    def set_unsaved(self, unsaved: bool) -> None:
        if unsaved != self.unsaved:
            self.unsaved = unsaved
            self.setAccessibleDescription(_("Not saved yet") if unsaved else "")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        paint.box(painter, self.rect(), fill=c.surface, edge=c.field)
        painter.end()
        super().paintEvent(event)
        if self.unsaved:
            painter = paint.start(self)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.amber_line)
            painter.drawEllipse(QPointF(self.width() - 8, 8), 4, 4)
            painter.end()


class RegisterPanel(QWidget):
    """288 px wide. Emits `searched(str)`, `new_requested`, `archive_toggled` and `hints_requested`."""

    searched = Signal(str)
    new_requested = Signal()
    archive_toggled = Signal()
    hints_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.search = SearchField(
            self,
            height=32,
            icon="search",
            placeholder=_("Search customer"),
            trailing=key_name("Ctrl+F"),
            trailing_px=12,
        )
        self.search.setAccessibleName(_("Search customer"))
        self.new = _SquareButton(
            _("New customer"), "icon", "plus", small=True, parent=self, shortcut_text=key_name("Ctrl+U")
        )
        self.list = RegisterList(self)
        self.empty = Label("", self, tone="muted", wrap=True)
        self.count = HintCount(self)
        self.archive = Link("", self, px=13)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 16)
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(self.new)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 1, 24, 0)
        foot.setSpacing(8)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.archive)
        self._foot = QWidget(self)
        self._foot.setFixedHeight(48)
        self._foot.setLayout(foot)
        self._said = QWidget(self)
        said = QHBoxLayout(self._said)
        said.setContentsMargins(24, 16, 24, 16)
        said.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._said)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addWidget(self._foot)
        self._column = column
        self.setFocusProxy(self.list)
        self.search.textChanged.connect(self.searched)
        self.search.done.connect(self._on_search_done)
        self.new.clicked.connect(self.new_requested)
        self.archive.clicked.connect(self.archive_toggled)
        self.count.clicked.connect(self.hints_requested)
        self.show_empty("")

    def show_empty(self, sentence: str) -> None:
        """Say why there is nobody, in place of the list; an empty sentence brings the list."""
        self.empty.setText(sentence)
        self._said.setVisible(bool(sentence))
        self.list.setVisible(not sentence)
        self._column.setStretch(3, 1 if sentence else 0)

    def show_counts(self, words: str, link: str, *, hints: bool = False) -> None:
        """Show the line at the foot, and what its link says; an empty link goes.

        `hints`: the line leads to the customers who need an agreement.
        """
        self.count.show_words(words, linked=hints)
        self.archive.set_words(link)
        self.archive.setVisible(bool(link))

    def focus_search(self) -> None:
        """Put the focus into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface, the line at the right, and those around the list."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.surface)
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), c.border)
        paint.rule(painter, 0, 63, self.width(), c.border)
        paint.rule(painter, 0, self._foot.y(), self.width(), c.border)
        painter.end()

    def _on_search_done(self) -> None:
        if not self.list.currentIndex().isValid():
            self.list.choose_first()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

"""The page „AVV-Hinweise“ as it is seen: filter, table, and the bar with what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.agreements.expiry_list import ExpiryTable
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import ActionBar
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.segmented import Segment, SegmentedControl
from laverma_desk.ui.widgets.text_field import TextField


class ExpiryView(QWidget):
    """Filter, table and bar.

    Emits `filter_changed`, `send_requested` and `open_requested` for the row that is current,
    `back_requested`, `take_back_requested` and `template_wanted`.
    """

    filter_changed = Signal()
    send_requested = Signal()
    open_requested = Signal()
    back_requested = Signal()
    take_back_requested = Signal()
    template_wanted = Signal()

    def __init__(self, parts: Sequence[Segment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(_("DPA hints"), self, px=20, weight=600, line=32)
        self._lead = Label(_("Whose DPA has expired, is missing or will soon expire."), self, tone="muted")
        self.back = Button(_("Customers"), "secondary", "chevron-left", parent=self)
        self.state = SegmentedControl(list(parts), self, name=_("State"))
        self.search = TextField(
            self, icon="search", placeholder=_("Search customer"), trailing=key_name("Ctrl+F")
        )
        self.search.setAccessibleName(_("Search customer"))
        self.table = ExpiryTable(self)
        self.nothing = Label("", self, tone="muted")
        self._bar = ActionBar(self)
        self._news = Label("", self, px=13, tone="muted")
        self._news.set_live()
        self._link = Link("", self, px=13)
        self.open = Button(_("Open customer"), shortcut_text=_("Enter"), parent=self)
        self.send = Button(
            _("Send DPA template"), "primary", "send", shortcut_text=key_name("Ctrl+Return"), parent=self
        )
        self._link_takes_back = False
        self._arrange()
        self._connect()
        self.show_news("")
        self.show_nothing("")

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._lead)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 16)
        head.addLayout(words, 1)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 16)
        row.setSpacing(16)
        row.addWidget(self.state)
        row.addStretch(1)
        self.search.setMaximumWidth(280)
        self.search.setMinimumWidth(216)
        row.addWidget(self.search, 1)
        self._empty = QWidget(self)
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(24, 8, 24, 0)
        empty.addWidget(self.nothing)
        empty.addStretch(1)
        self._bar.row.addWidget(self._news)
        self._bar.row.addWidget(self._link)
        self._bar.row.addStretch(1)
        self._bar.row.addWidget(self.open)
        self._bar.row.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._bar)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.state.segment_chosen.connect(self._on_state_chosen)
        self.search.textChanged.connect(self._on_search_changed)
        self.open.clicked.connect(self.open_requested)
        self.send.clicked.connect(self.send_requested)
        self._link.clicked.connect(self._on_link_clicked)

    def show_nothing(self, sentence: str) -> None:
        """Say why no row is shown, in place of the table; an empty sentence brings it back."""
        self.nothing.setText(sentence)
        self._empty.setVisible(bool(sentence))
        self.table.setVisible(not sentence)

    def show_news(self, words: str, *, link: str = "", takes_back: bool = False, tone: str = "muted") -> None:
        """Say something in the bar; the link takes a mail back, or leads to the template."""
        self._news.setText(words)
        self._news.set_tone(tone)
        self._news.setAccessibleName(words)
        self._link.set_words(link)
        self._link.setVisible(bool(link))
        self._link_takes_back = takes_back

    def news(self) -> str:
        """Return what the bar says."""
        return self._news.text()

    def link(self) -> Link:
        """Return the link of the bar."""
        return self._link

    def _on_state_chosen(self, _key: str) -> None:
        self.filter_changed.emit()

    def _on_search_changed(self, _typed: str) -> None:
        self.filter_changed.emit()

    def _on_link_clicked(self) -> None:
        (self.take_back_requested if self._link_takes_back else self.template_wanted).emit()

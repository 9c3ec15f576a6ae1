"""The outbox as it is seen: filters and search, the table, and below it the chosen mail."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.outbox.choosing import Filter
from laverma_desk.ui.outbox.detail import MessageDetail
from laverma_desk.ui.outbox.message_list import MessageList
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.search_field import SearchField
from laverma_desk.ui.widgets.segmented import Segment, SegmentedControl


class OutboxPanel(QWidget):
    """All parts of the page. Emits `filter_chosen(Filter)` and `searched(str)`."""

    filter_chosen = Signal(object)
    searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filters = SegmentedControl(
            [
                Segment(Filter.ALL.value, _("All")),
                Segment(Filter.WAITING.value, _("Waiting")),
                Segment(Filter.FAILED.value, _("Failed")),
                Segment(Filter.SENT.value, _("Sent")),
            ],
            self,
            small=True,
            name=_("State"),
        )
        self.search = SearchField(
            self,
            height=32,
            icon="search",
            placeholder=_("Search the full text"),
            trailing=key_name("Ctrl+F"),
            trailing_px=12,
        )
        self.search.setAccessibleName(_("Search the full text"))
        self.messages = MessageList(self)
        self.detail = MessageDetail(self)
        self._empty = Label("", self, tone="muted")
        self._empty.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self.filters.segment_chosen.connect(self._on_segment_chosen)
        self.search.textChanged.connect(self.searched)
        self.search.done.connect(self.messages.rows.setFocus)
        self.show_empty("")

    def _lay_out(self) -> None:
        self._top = QWidget(self)
        row = QHBoxLayout(self._top)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(8)
        row.addWidget(self.filters)
        row.addWidget(self.search, 1)
        self._said = QWidget(self)
        said = QHBoxLayout(self._said)
        said.setContentsMargins(24, 16, 24, 16)
        said.addWidget(self._empty, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self._said)
        column.addWidget(self.messages, 1)
        column.addStretch(0)
        column.addWidget(self.detail)
        self._column = column

    def show_empty(self, sentence: str, *, filters: bool = True) -> None:
        """Say why there is no row, in place of the table; an empty sentence brings the table."""
        self._empty.setText(sentence)
        self._said.setVisible(bool(sentence))
        self.messages.setVisible(not sentence)
        self._top.setVisible(filters)
        self.detail.show_empty(bool(sentence))
        self.detail.setVisible(not sentence or self.detail.offers_undo())
        self._column.setStretch(3, 1 if sentence else 0)

    def empty_sentence(self) -> str:
        """Return what is said in place of the table."""
        return self._empty.text()

    def show_counts(self, waiting: str, failed: str) -> None:
        """Show how many mails wait and how many failed; nothing for none."""
        self.filters.set_count(Filter.WAITING.value, waiting)
        self.filters.set_count(Filter.FAILED.value, failed)

    def show_all(self) -> None:
        """Let every mail through again: no filter, nothing searched."""
        self.search.clear()
        self.filters.set_current(Filter.ALL.value)
        self.filter_chosen.emit(Filter.ALL)

    def focus_search(self) -> None:
        """Put the focus into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_segment_chosen(self, key: str) -> None:
        self.filter_chosen.emit(Filter(key))

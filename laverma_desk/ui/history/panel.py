"""The page as it is seen: filters, table and detail; in their place a report, or a form of a session."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.history.detail import SessionDetail
from laverma_desk.ui.history.filter_row import FilterRow
from laverma_desk.ui.history.history_model import HistoryModel
from laverma_desk.ui.history.history_table import HistoryTable
from laverma_desk.ui.history.report_sheet import ReportSheet
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.notice_bar import NoticeBar
from laverma_desk.ui.widgets.progress_line import ProgressLine


class HistoryPanel(QStackedWidget):
    """All parts of the page. Emits `reset_wanted`; the parts have signals of their own."""

    reset_wanted = Signal()

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = QWidget(self)
        self.filters = FilterRow(self._list)
        self.progress = ProgressLine(self._list)
        self.notice = NoticeBar(self._list)
        self.table = HistoryTable(model, key_name("Alt+N"), self._list)
        self.detail = SessionDetail(key_name("F2"), self._list)
        self._sentence = Label("", self._list, tone="muted")
        self.reset = Link(_("Reset filters"), self._list)
        self.record = Link(
            _("Record a session afterwards"), self._list, icon="plus", shortcut_text=key_name("Alt+N")
        )
        self.sheet = ReportSheet(self)
        self._lay_out()
        self.addWidget(self._list)
        self.addWidget(self.sheet)
        self.reset.clicked.connect(self._on_reset_clicked)
        self.record.clicked.connect(self.table.record_wanted)
        self.filters.search_done.connect(self.focus_table)
        self.show_empty("", resettable=False)

    def _lay_out(self) -> None:
        self._said = QWidget(self._list)
        said = QVBoxLayout(self._said)
        said.setContentsMargins(24, 0, 24, 0)
        said.setSpacing(16)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._sentence)
        line.addWidget(self.reset)
        line.addStretch(1)
        said.addLayout(line)
        said.addWidget(self.record)
        said.addStretch(1)
        running = QHBoxLayout()
        running.setContentsMargins(24, 0, 24, 0)
        running.addWidget(self.progress)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addLayout(running)
        column.addWidget(self.notice)
        column.addWidget(self._said, 1)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)

    # --- what stands in the page's place

    def show_list(self) -> None:
        """Bring filters, table and detail back."""
        self.setCurrentWidget(self._list)
        self.sheet.clear()

    def show_sheet(self) -> None:
        """Bring the report."""
        self.setCurrentWidget(self.sheet)

    def add_form(self, form: QWidget) -> None:
        """Keep a form that can take the page's place."""
        self.addWidget(form)

    def shows_list(self) -> bool:
        """Return whether the table is in front."""
        return self.currentWidget() is self._list

    # --- the list

    def show_loading(self) -> None:
        """Say in place of a table that has no row yet that it loads."""
        self.show_empty(_("Loading …"), resettable=False)
        self.record.hide()

    def show_empty(self, sentence: str, *, resettable: bool) -> None:
        """Say why there is no row, in place of the table; an empty sentence brings the table."""
        self._sentence.setText(sentence)
        self.reset.setVisible(resettable)
        self.record.setVisible(bool(sentence))
        self._said.setVisible(bool(sentence))
        self.table.setVisible(not sentence)
        self.detail.setVisible(not sentence)

    def empty_sentence(self) -> str:
        """Return what is said in place of the table."""
        return self._sentence.text()

    def focus_table(self) -> None:
        """Put the focus where one walks through the sessions."""
        if self.empty_sentence():
            self.filters.period.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_reset_clicked(self) -> None:
        self.reset_wanted.emit()

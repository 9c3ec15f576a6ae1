"""The page as it is seen: title, file, table and foot; in their place what a table's columns mean."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.services.reconciling.records import Overview
from laverma_desk.ui.reconciling import words
from laverma_desk.ui.reconciling.foot import Foot
from laverma_desk.ui.reconciling.head import FileLine, TitleLine
from laverma_desk.ui.reconciling.row_list import RowList
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.notice_bar import NoticeBar
from laverma_desk.ui.widgets.progress_line import ProgressLine


class ReconcilingPanel(QStackedWidget):
    """All parts of the page; each has signals of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = QWidget(self)
        self.title = TitleLine(self._list)
        self.file = FileLine(self._list)
        self.progress = ProgressLine(self._list)
        self.notice = NoticeBar(self._list)
        self.table = RowList(self._list)
        self.foot = Foot(self._list)
        self._sentence = Label("", self._list, tone="muted")
        self.choose = Link(_("Choose file"), self._list)
        self._lay_out()
        self.addWidget(self._list)
        self.title.show_title(words.title_of(None))
        self.show_empty("")

    def _lay_out(self) -> None:
        self._said = QWidget(self._list)
        said = QHBoxLayout(self._said)
        said.setContentsMargins(24, 16, 24, 0)
        said.setSpacing(4)
        said.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignTop)
        said.addStretch(1)
        running = QHBoxLayout()
        running.setContentsMargins(24, 0, 24, 0)
        running.addWidget(self.progress)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addLayout(running)
        column.addWidget(self.notice)
        column.addWidget(self.file)
        column.addWidget(self._said, 1)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)

    def show_overview(self, overview: Overview) -> None:
        """Show title, file and sum of what was read."""
        self.title.show_title(words.title_of(overview.reading))
        self.file.show_file(overview)
        self.foot.show_sum(words.sum_words(overview))
        self.show_empty("" if overview.reading is not None else _("No log has been read yet."))

    def show_empty(self, sentence: str, *, choosable: bool = True) -> None:
        """Say why there is no row, in place of the table; an empty sentence brings the table."""
        self._sentence.setText(sentence)
        self.choose.setVisible(choosable)
        self._said.setVisible(bool(sentence))
        self.table.setVisible(not sentence)
        self.foot.setVisible(not sentence)
        if sentence:
            self.file.hide()

    def empty_sentence(self) -> str:
        """Return what is said in place of the table."""
        return self._sentence.text()

    def show_list(self) -> None:
        """Bring the table back."""
        self.setCurrentWidget(self._list)

    def shows_list(self) -> bool:
        """Return whether the table is in front, and no form in its place."""
        return self.currentWidget() is self._list

    def tell(self, sentence: str, *, tone: str = "green", icon: str = "check-circle", link: str = "") -> None:
        """Say what came of something, above the table; an empty sentence takes it away."""
        if sentence:
            self.notice.show_notice(sentence, icon=icon, tone=tone, link=link)
        else:
            self.notice.clear()

    def focus_table(self) -> None:
        """Put the focus where one walks through the connections."""
        target = self.choose if self.empty_sentence() else self.table.rows
        target.setFocus(Qt.FocusReason.OtherFocusReason)

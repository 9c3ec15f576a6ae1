"""How far an export is, and where its file lies: a line that lies above the page of the customers."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.ui.widgets.notice_bar import NoticeBar
from laverma_desk.ui.widgets.progress_line import ProgressLine


class ExportBar(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = NoticeBar(self)
        self.progress = ProgressLine(self)
        edge = QVBoxLayout()
        edge.setContentsMargins(24, 0, 24, 0)
        edge.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addLayout(edge)

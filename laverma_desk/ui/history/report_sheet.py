"""A report in place of the table: the paper as it was sent, or as it would be sent now."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.history.detail_words import ReportLine
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.head_line import HeadLine
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.pdf_view import PdfView


class _State(QWidget):
    """Whether what is shown was sent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = ReportLine("minus", "", "muted")
        self.label = Label("", self, px=13, weight=600, line=24)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 0, 0)
        row.addWidget(self.label)

    def show_line(self, line: ReportLine) -> None:
        self._line = line
        self.label.setText(line.words)
        self.label.set_tone(line.tone)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.start(self)
        at = QPointF(0, (self.height() - 16) // 2)
        icons.paint(painter, self._line.icon, at, 16, getattr(theme.palette(), self._line.tone))
        painter.end()


class ReportSheet(QWidget):
    """Title, state and pages. Emits `closed`, `print_wanted` and `copy_wanted`."""

    closed = Signal()
    print_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PdfView(self)
        self.view.setAccessibleName(_("Report"))
        self._title = Label("", self, weight=600)
        self.state = _State(self)
        self._page = Label("", self, px=13, tone="muted")
        self._told = Label("", self, px=13, tone="muted")
        self._loading = Label(_("Loading …"), self.view, tone="muted", align="centre")
        self.print = Button(
            _("Print"), "icon", "print", shortcut_text=key_name("Ctrl+P"), small=True, parent=self
        )
        self.copy = Button(_("Save a copy"), "icon", "download", small=True, parent=self)
        self.back = Button(_("Close"), "secondary", shortcut_text=_("Esc"), small=True, parent=self)
        head = HeadLine(48, self)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 24, 1)
        row.setSpacing(16)
        row.addWidget(self._title)
        row.addWidget(self.state)
        row.addWidget(self._told, 1)
        row.addWidget(self._page)
        row.addWidget(self.print)
        row.addWidget(self.copy)
        row.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.view, 1)
        self.view.page_reached.connect(self._on_view_page_reached)
        self.print.clicked.connect(self.print_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.back.clicked.connect(self.closed)
        self.clear()

    def show_paper(self, title: str, line: ReportLine, pdf: bytes) -> None:
        """Show a report from its first page on."""
        self._title.setText(title)
        self.state.show_line(line)
        self.tell("")
        self._loading.hide()
        self.view.show_document(pdf)
        for button in (self.print, self.copy):
            button.setEnabled(True)
        self._on_view_page_reached(self.view.page())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_loading(self) -> None:
        """Say that the paper is on its way."""
        self._loading.setGeometry(24, 24, self.width() - 48, 20)
        self._loading.show()

    def clear(self) -> None:
        """Show no paper."""
        self.view.clear()
        self._title.setText("")
        self._page.setText("")
        self.tell("")
        self._loading.hide()
        self.state.show_line(ReportLine("minus", "", "muted"))
        for button in (self.print, self.copy):
            button.setEnabled(False)

    def tell(self, sentence: str) -> None:
        """Say what became of printing or saving."""
        self._told.setText(sentence)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the pages (F6)."""
        self.view.setFocus()

    def _on_view_page_reached(self, page: int) -> None:
        words = {"page": text.number(page), "pages": text.number(self.view.page_count())}
        self._page.setText(_("Page %(page)s of %(pages)s") % words if page else "")

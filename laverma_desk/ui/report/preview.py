"""The right half of the report page: the paper as the customer will see it, to print and to keep."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.head_line import HeadLine
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.pdf_view import PdfView


class Preview(QWidget):
    """Title, page, print and download above the pages. Emits `print_wanted` and `download_wanted`.

    Without `headed` there are the pages alone: who shows them puts `tools` into a line of its own.
    """

    print_wanted = Signal()
    download_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, headed: bool = True) -> None:
        super().__init__(parent)
        self.view = PdfView(self)
        self.tools = QWidget(self)
        self.view.setAccessibleName(_("Preview"))
        self._page = Label("", self, px=13, tone="muted")
        self._print = Button(
            _("Print"), "icon", "print", shortcut_text=key_name("Ctrl+P"), small=True, parent=self
        )
        self._download = Button(_("Save a copy"), "icon", "download", small=True, parent=self)
        self._loading = Label(_("Loading …"), self.view, tone="muted", align="centre")
        self._loading.hide()
        tools = QHBoxLayout(self.tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(8)
        tools.addWidget(self._page)
        tools.addWidget(self._print)
        tools.addWidget(self._download)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        if headed:
            head = HeadLine(48, self)
            row = QHBoxLayout(head)
            row.setContentsMargins(24, 0, 16, 1)
            row.setSpacing(8)
            row.addWidget(Label(_("Preview"), head, weight=600), 1)
            row.addWidget(self.tools)
            column.addWidget(head)
        column.addWidget(self.view, 1)
        self.view.page_reached.connect(self._on_view_page_reached)
        self._print.clicked.connect(self._on_print_clicked)
        self._download.clicked.connect(self._on_download_clicked)
        self.clear()

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF in place of the one before, at the place where that one was."""
        place = self.view.verticalScrollBar().value()
        self._loading.hide()
        self.view.show_document(content)
        self.view.verticalScrollBar().setValue(place)
        for button in (self._print, self._download):
            button.setEnabled(True)
        self._on_view_page_reached(self.view.page())

    def clear(self) -> None:
        """Show no paper."""
        self.view.clear()
        self._page.setText("")
        for button in (self._print, self._download):
            button.setEnabled(False)

    def show_loading(self, loading: bool) -> None:
        """Say that the paper is being made, where there is none yet."""
        self._loading.setVisible(loading and self.view.page_count() == 0)
        self._loading.setGeometry(24, 24, self.view.width() - 48, 20)

    def is_loading(self) -> bool:
        """Return whether the view says so."""
        return not self._loading.isHidden()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the pages (F6)."""
        self.view.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line at the left."""
        painter = paint.start(self)
        painter.fillRect(QRectF(0, 0, 1, self.height()), theme.palette().border)
        painter.end()

    def _on_view_page_reached(self, page: int) -> None:
        words = {"page": text.number(page), "pages": text.number(self.view.page_count())}
        self._page.setText(_("Page %(page)s of %(pages)s") % words if page else "")

    def _on_print_clicked(self) -> None:
        self.print_wanted.emit()

    def _on_download_clicked(self) -> None:
        self.download_wanted.emit()

"""The right part of the page: what can be done, what the paper is, what is in the way, and the paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.invoices.hints import Hint, HintList
from laverma_desk.ui.invoices.paper_head import Headline, PaperHead
from laverma_desk.ui.invoices.toolbar import Toolbar
from laverma_desk.ui.latest_read import LOADING_AFTER
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.pdf_view import PdfView

_SIDE, _TOP = 58, 16


class PaperPanel(QWidget):
    """Its parts are reached by name; it shows one paper, or a sentence in its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toolbar = Toolbar(self)
        self.head = PaperHead(self)
        self.hints = HintList(self)
        self.view = PdfView(self, side=_SIDE, top=_TOP)
        self.view.setAccessibleName(_("Preview"))
        self._said = Label("", self.view, tone="muted", wrap=True)
        self._said.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOADING_AFTER)
        self._timer.timeout.connect(self._on_timer_timeout)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.toolbar, self.head, self.hints):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        self.view.page_reached.connect(self._on_view_page_reached)

    def begin(self, line: Headline | None) -> None:
        """Say what is to come; the paper before it goes at once, so that it is not taken for this one."""
        self.head.show_headline(line)
        self.head.show_pages("")
        self.view.clear()
        self._say("")
        if line is None:
            self._timer.stop()
        else:
            self._timer.start()

    def show_paper(self, content: bytes, *, keep_place: bool = False) -> None:
        """Show a paper, from its top or at the place where the one before was."""
        place = self.view.verticalScrollBar().value() if keep_place else 0
        self._timer.stop()
        self._say("")
        self.view.show_document(content)
        self.view.verticalScrollBar().setValue(place)
        self._on_view_page_reached(self.view.page())

    def show_sentence(self, sentence: str) -> None:
        """Say why there is no paper."""
        self._timer.stop()
        self.view.clear()
        self.head.show_pages("")
        self._say(sentence)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show what is in the way of this paper."""
        self.hints.show_hints(hints)

    def sentence(self) -> str:
        """Return what is said in place of the paper."""
        return self._said.text() if not self._said.isHidden() else ""

    def rest(self) -> None:
        """Stop waiting, because the page is left."""
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the desk."""
        painter = paint.start(self)
        painter.fillRect(QRectF(self.rect()), theme.palette().desk)
        painter.end()

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        wide = max(100, self.view.width() - 48)
        self._said.setGeometry(24, 24, wide, self._said.heightForWidth(wide))
        self._said.setVisible(bool(sentence))
        self._said.raise_()

    def _on_timer_timeout(self) -> None:
        self._say(_("Loading …"))

    def _on_view_page_reached(self, page: int) -> None:
        words = {"page": text.number(page), "pages": text.number(self.view.page_count())}
        self.head.show_pages(_("Page %(page)s of %(pages)s") % words if page else "")

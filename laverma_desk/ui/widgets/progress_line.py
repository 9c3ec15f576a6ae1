"""How far a long job is, in words and as a bar, with the way to call it off."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

_BAR = 4


class ProgressLine(QWidget):
    """A line 40 px high: what is being done, how much of it, and "Abbrechen". Emits `cancelled`.

    It starts hidden. The bar runs along its lower edge; where the total is not known there is none.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the line, hidden."""
        super().__init__(parent)
        self._share: float | None = None
        self._what = ""
        self._stopping = False
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sentence = Label("", self, px=13)
        self._cancel = Link(_("Cancel"), self, px=13)
        self._cancel.clicked.connect(self._on_cancel_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, _BAR)
        row.setSpacing(16)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._cancel)
        self.hide()

    def begin(self, what: str) -> None:
        """Show what is being done, for example "Sessions are exported …"."""
        self._what, self._share = what, None
        self._sentence.setText(what)
        self._cancel.set_words(_("Cancel"))
        self._stopping = False
        self.setAccessibleName(what)
        announce(self, what)
        self.show()
        self.update()

    def show_progress(self, done: int, total: int) -> None:
        """Show how much is done; a total of 0 is not known."""
        if total > 0:
            self._share = min(1.0, done / total)
            count = _("%(done)s of %(total)s") % {"done": text.number(done), "total": text.number(total)}
        else:
            self._share, count = None, text.number(done)
        self._sentence.setText(f"{self._what} {count}")
        self.update()

    def show_share(self, share: float) -> None:
        """Show which share is done, from 0 to 1, where nobody counts the parts."""
        self._share = min(1.0, share)
        self._sentence.setText(f"{self._what} {text.percent(Decimal(round(self._share * 100)))}")
        self.update()

    def end(self) -> None:
        """Take the line away."""
        self.hide()

    def sentence(self) -> str:
        """Return what the line says."""
        return self._sentence.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        if self._share is None:
            return
        c = theme.palette()
        painter = paint.start(self)
        top = self.height() - _BAR
        painter.fillRect(QRectF(0, top, self.width(), _BAR), c.subtle)
        painter.fillRect(QRectF(0, top, self.width() * self._share, _BAR), c.primary)
        painter.end()

    def _on_cancel_clicked(self) -> None:
        if self._stopping:
            return
        # Not disabled: the link would lose the focus, and the keys of who pressed it would go elsewhere.
        self._stopping = True
        self._cancel.set_words(_("Stopping …"))
        announce(self, _("Stopping …"))
        self.cancelled.emit()

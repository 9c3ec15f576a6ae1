"""A customer who is late, as a row that opens the letter."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.services.invoicing.reminders import OverdueCustomer
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.customers.row_button import RowButton
from laverma_desk.ui.invoices.dunning import words
from laverma_desk.ui.widgets import paint

_HIGH, _SIDE = 56, 16


class CustomerRow(RowButton):
    """Name and how late at the left, sum and last letter at the right. Emits `opened(customer's row)`."""

    opened = Signal(int)

    def __init__(self, one: OverdueCustomer, parent: QWidget | None = None) -> None:
        super().__init__(_HIGH, parent)
        self.customer = one
        self._words = (one.name, words.late_words(one), text.money(one.open_cents), words.last_letter(one))
        self.setAccessibleName(", ".join(self._words))
        self.clicked.connect(self._on_clicked)

    def words(self) -> tuple[str, str, str, str]:
        """Return name, delay, sum and last letter as shown."""
        return self._words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk to the neighbours with the arrows."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        c = theme.palette()
        painter = paint.start(self)
        self.paint_ground(painter)
        name, late, amount, last = self._words
        upper = QRectF(_SIDE, 8, self.width() - 2 * _SIDE - 24, 20)
        lower = QRectF(_SIDE, 28, self.width() - 2 * _SIDE - 24, 20)
        paint.text(painter, upper, amount, px=14, weight=600, colour=c.text, align="right")
        room = upper.adjusted(0, 0, -fonts.width(amount, 14, 600) - 16, 0)
        paint.text(painter, room, name, px=14, weight=500, colour=c.text)
        used = paint.text(painter, lower, late, px=13, colour=c.red)
        paint.text(painter, lower.adjusted(used + 16, 0, 0, 0), last, px=13, colour=c.muted, align="right")
        icons.paint(painter, "chevron-right", QPointF(self.width() - _SIDE - 12, 20), 16, c.muted)
        painter.end()

    def _on_clicked(self) -> None:
        self.opened.emit(self.customer.customer_id)

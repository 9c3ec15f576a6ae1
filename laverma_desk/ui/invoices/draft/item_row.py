"""An item of a draft as a row that opens its form."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.invoice import DraftItem
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.customers.row_button import RowButton
from laverma_desk.ui.invoices.draft.words import item_formula, item_net, kind_name
from laverma_desk.ui.widgets import paint

_HIGH, _SIDE = 48, 16


class ItemRow(RowButton):
    """What it is and when, how its amount comes about, and the amount. Emits `opened(item's row)`."""

    opened = Signal(int)

    def __init__(self, item: DraftItem, parent: QWidget | None = None) -> None:
        super().__init__(_HIGH, parent)
        self.item = item
        self.last = True
        name, amount = item.text or kind_name(item.kind), text.money(item_net(item))
        self._words = (name, text.date(item.day), item_formula(item), amount)
        self.setAccessibleName(", ".join(self._words))
        self.clicked.connect(self._on_clicked)

    def words(self) -> tuple[str, str, str, str]:
        """Return name, day, formula and amount as shown."""
        return self._words

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        c = theme.palette()
        painter = paint.start(self)
        self.paint_ground(painter)
        paint.rule(painter, 0, 0, self.width(), c.border)
        name, day, formula, amount = self._words
        upper = QRectF(_SIDE, 5, self.width() - 2 * _SIDE, 20)
        lower = QRectF(_SIDE, 24, self.width() - 2 * _SIDE, 20)
        paint.text(painter, upper, amount, px=13, weight=500, colour=c.text, align="right")
        room = upper.adjusted(0, 0, -fonts.width(amount, 13, 500) - 40, 0)
        used = paint.text(painter, room, name, px=13, weight=500, colour=c.text)
        self.paint_pencil(painter, _SIDE + used + 8, 7)
        paint.text(painter, lower, formula, px=13, colour=c.muted, align="right")
        paint.text(painter, lower, day, px=13, colour=c.muted)
        painter.end()

    def _on_clicked(self) -> None:
        self.opened.emit(self.item.id)

"""Find the record that is the same practice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.customers.row_button import RowButton
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.text_field import TextField

SHOWN = 6


class FoundRow(RowButton):
    """A record that was found. Emits `chosen(int)`."""

    chosen = Signal(int)

    def __init__(self, number: int, name: str, place: str, parent: QWidget) -> None:
        super().__init__(40, parent)
        self._number, self._name, self._place = number, name, place
        self.setAccessibleName(f"{name}, {place}" if place else name)
        self.clicked.connect(self._on_clicked)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw number and name, the place behind them."""
        c = theme.palette()
        painter = paint.start(self)
        self.paint_ground(painter)
        icons.paint(painter, "building", QPointF(12, 12), 16, c.muted)
        area = QRectF(40, 0, self.width() - 56, self.height())
        wide = paint.text(painter, area, self._name, px=13, weight=500, colour=c.text)
        rest = QRectF(40 + wide + 12, 0, max(0, self.width() - 68 - wide), self.height())
        paint.text(painter, rest, self._place, px=13, colour=c.muted)
        painter.end()

    def _on_clicked(self) -> None:
        self.chosen.emit(self._number)


class FinderCard(Card):
    """Emits `typed(str)` while somebody searches, and `chosen(int)` with the row of a record."""

    typed = Signal(str)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16)
        self.field = TextField(self, icon="search")
        self.field.textChanged.connect(self.typed)
        labeled = LabeledField(_("The other record of the same practice"), self.field, parent=self)
        self.body.addWidget(labeled)
        self.body.addSpacing(8)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self._sentence = Label("", self, px=13, tone="muted")
        self.body.addWidget(self._sentence)
        self._found: list[FoundRow] = []

    def show_found(self, found: Sequence[tuple[int, str, str]], sentence: str) -> None:
        """Show (row, name, place) of what was found, and a sentence below it."""
        for row in self._found:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._found = [FoundRow(*one, self) for one in found]
        for row in self._found:
            row.chosen.connect(self.chosen)
            row.last = row is self._found[-1]
            self._rows.addWidget(row)
            row.show()
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))

    def rows(self) -> list[FoundRow]:
        """Return what is shown."""
        return self._found

    def sentence(self) -> str:
        """Return the sentence below."""
        return self._sentence.text()

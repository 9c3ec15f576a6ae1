"""The card of the locked customers: who they are, until when, and what the law needs no longer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link


class _Row(QWidget):
    """A locked customer. Emits `opened(int)`."""

    opened = Signal(int)

    def __init__(self, number: int, name: str, until: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self.link = Link(name, self, px=13)
        self.link.clicked.connect(self._on_link_clicked)
        self._until = Label(until, self, px=13, tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        row.addWidget(self.link)
        row.addWidget(self._until)
        row.addStretch(1)

    def _on_link_clicked(self) -> None:
        self.opened.emit(self._number)


class LockedCard(Card):
    """Emits `opened(int)` for a customer and `due_requested` to erase what is due."""

    opened = Signal(int)
    due_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16)
        self.setAccessibleName(_("Locked customers"))
        self.body.addWidget(Label(_("Locked customers"), self, px=16, weight=600))
        self.body.addSpacing(4)
        self._sentence = Prose("", self, px=13, tone="muted")
        self._sentence.set_live()
        self.body.addWidget(self._sentence)
        # The room above list and button goes with them.
        self._list, self._foot = QWidget(self), QWidget(self)
        self._rows, below = QVBoxLayout(self._list), QVBoxLayout(self._foot)
        for part in (self._rows, below):
            part.setContentsMargins(0, 8, 0, 0)
            part.setSpacing(0)
        self.due = Button(_("Erase what is due"), "danger", parent=self)
        self.due.clicked.connect(self.due_requested)
        below.addWidget(self.due)
        self.body.addWidget(self._list)
        self.body.addWidget(self._foot)
        self._shown: list[_Row] = []

    def show_customers(self, lines: Sequence[tuple[int, str, str]], *, due: int) -> None:
        """Show (row, name, until) of each; `due` is of how many something can go."""
        for row in self._shown:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._shown = [_Row(*line, self._list) for line in lines]
        for row in self._shown:
            row.opened.connect(self.opened)
            self._rows.addWidget(row)
            row.show()
        nothing = _("Nothing is due yet.") if lines else _("No customer is locked.")
        self._sentence.setText(_("The law needs some of it no longer. It can go now.") if due else nothing)
        self._sentence.set_tone("muted")
        self._list.setVisible(bool(lines))
        self._foot.setVisible(due > 0)

    def tell(self, sentence: str) -> None:
        """Say what did not work."""
        self._sentence.set_tone("red")
        self._sentence.setText(sentence)

    def links(self) -> list[Link]:
        """Return the customers as they can be pressed."""
        return [row.link for row in self._shown]

    def sentence(self) -> str:
        """Return what is said above the list."""
        return self._sentence.text()

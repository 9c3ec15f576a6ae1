"""The last invoices of a practice: number, day, amount, and how each stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.domain.invoice_register import InvoiceRow
from laverma_desk.i18n import _
from laverma_desk.ui.customers.record_card import HEAD, SIDE
from laverma_desk.ui.invoice_looks import state_look
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

_LINE = 24
_NUMBER, _LONGEST_NUMBER, _DAY, _AMOUNT = 92, 150, 70, 64


class InvoicesCard(Card):
    """Emits `invoice_chosen(number)` for a line and `statement_requested` for the link in its head."""

    invoice_chosen = Signal(str)
    statement_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.statement = Link(_("Statement"), self, px=13)
        self.statement.clicked.connect(self.statement_requested)
        head = QWidget(self)
        head.setFixedHeight(HEAD - 1)
        across = QHBoxLayout(head)
        across.setContentsMargins(SIDE, 0, SIDE, 0)
        across.addWidget(Label(_("Invoices"), self, weight=600, line=24))
        across.addStretch(1)
        across.addWidget(self.statement)
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(SIDE, 0, SIDE, 16)
        column.setSpacing(0)
        self._none = Label(_("No invoice yet."), self, px=13, tone="muted", line=_LINE)
        column.addWidget(self._none)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(3, 1)
        self._narrow = False
        column.addLayout(self._grid)
        self.body.setContentsMargins(0, 1, 0, 0)
        self.body.addWidget(head)
        self.body.addWidget(shown)
        self.body.addStretch(1)
        self.links: list[Link] = []
        self._rows: list[tuple[Label, Label, Label]] = []

    def show_invoices(self, invoices: Sequence[InvoiceRow]) -> None:
        """Show these documents, the newest first."""
        while len(self._rows) < len(invoices):
            self._add_line()
        for place, (link, labels) in enumerate(zip(self.links, self._rows, strict=True)):
            used = place < len(invoices)
            for widget in (link, *labels):
                widget.setVisible(used)
            labels[0].setVisible(used and not self._narrow)
            if used:
                self._show_line(link, labels, invoices[place])
        self._none.setVisible(not invoices)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the days in a narrow column."""
        self._narrow = narrow
        for link, labels in zip(self.links, self._rows, strict=True):
            labels[0].setVisible(not link.isHidden() and not narrow)

    def lines(self) -> list[tuple[str, ...]]:
        """Return what is shown, line by line."""
        return [
            (link.accessibleName(), *(label.text() for label in labels))
            for link, labels in zip(self.links, self._rows, strict=True)
            if not link.isHidden()
        ]

    def _add_line(self) -> None:
        at = len(self._rows)
        link = Link("", self, px=13)
        link.clicked.connect(self._on_link_clicked)
        labels = (
            Label("", self, px=13, tone="muted", line=_LINE),
            Label("", self, px=13, line=_LINE, align="right"),
            Label("", self, px=13, weight=500, line=_LINE),
        )
        labels[0].setMinimumWidth(_DAY)
        labels[1].setMinimumWidth(_AMOUNT)
        labels[2].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._grid.addWidget(link, at, 0)
        for place, label in enumerate(labels, 1):
            self._grid.addWidget(label, at, place)
        self.links.append(link)
        self._rows.append(labels)

    def _show_line(self, link: Link, labels: tuple[Label, Label, Label], one: InvoiceRow) -> None:
        day, amount, state = labels
        look = state_look(one)
        link.set_words(one.number)
        link.setMinimumWidth(max(_NUMBER, min(link.sizeHint().width(), _LONGEST_NUMBER)))
        day.setText(text.date(one.issued_on))
        amount.setText(text.money(one.gross_cents))
        state.setText(look.words)
        state.set_tone(look.tone)

    def _on_link_clicked(self) -> None:
        link = self.sender()
        if isinstance(link, Link):
            self.invoice_chosen.emit(link.accessibleName())

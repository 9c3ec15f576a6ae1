"""What a merge would do, and the way to do it: choices, outcome, reason, button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.merge.choice_table import ChoiceTable
from laverma_desk.ui.customers.privacy.lines import Lines
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card, Divider
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.text_field import TextField


class PreviewCard(Card):
    """Emits `merge_requested`, `swap_requested` and `other_requested` (another record is meant)."""

    merge_requested = Signal()
    swap_requested = Signal()
    other_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16)
        self.table = ChoiceTable(self)
        self.body.addWidget(self.table)
        self.body.addSpacing(16)
        self.body.addWidget(Divider(self))
        self.body.addSpacing(16)
        self.outcome = Lines(_("What happens"), self)
        self.body.addWidget(self.outcome)
        self.body.addSpacing(16)
        self.reason = TextField(self)
        self._reason = LabeledField(
            _("Reason"), self.reason, _("For example: entered twice."), self, reserve=True
        )
        self.body.addWidget(self._reason)
        self._told = Prose("", self, px=13, tone="red")
        self._told.set_live()
        self.body.addWidget(self._told)
        self.body.addSpacing(8)
        self.merge = Button(_("Merge"), "primary", parent=self, shortcut_text=_("Ctrl+Enter"))
        self.swap = Button(_("Swap sides"), "secondary", "reload", parent=self)
        self.other = Button(_("Another record"), "ghost", parent=self)
        self.merge.clicked.connect(self.merge_requested)
        self.swap.clicked.connect(self.swap_requested)
        self.other.clicked.connect(self.other_requested)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.merge)
        row.addWidget(self.swap)
        row.addWidget(self.other)
        row.addStretch(1)
        self.body.addLayout(row)
        self.tell("")

    def show_outcome(self, lines: Sequence[str]) -> None:
        """Say what happens."""
        self.outcome.show_lines([(line, "") for line in lines])

    def show_reason_error(self, sentence: str) -> None:
        """Say that the reason is missing, and put the focus there."""
        self._reason.set_error(sentence)
        if sentence:
            self.reason.setFocus()

    def reason_error(self) -> str:
        """Return what is wrong with the reason."""
        return self._reason.error()

    def tell(self, sentence: str) -> None:
        """Say what did not work; an empty sentence takes it away."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def told(self) -> str:
        """Return what is said."""
        return self._told.text()

"""The first step: which file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.exchange.step_head import Step
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.labeled_field import HintLine


class ChooseStep(Step):
    """Emits `file_wanted` and `left`."""

    file_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Import customers"), parent)
        self.head.show_words(
            "",
            _(
                "From a table (CSV) of any program, or from an address book (vCard, .vcf). "
                "Before anything is written you see what the columns mean and what becomes of each row."
            ),
        )
        self.choose = Button(_("Choose file"), "primary", "folder", parent=self)
        self.problem = HintLine(self)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.problem)
        self.body.addStretch(1)
        self.bar.hide()
        self.choose.clicked.connect(self.file_wanted)
        self.setFocusProxy(self.choose)

    def show_problem(self, sentence: str) -> None:
        """Say why a file could not be read, or take that back."""
        self.problem.show_words("", sentence)

    def take_focus(self) -> None:
        """Put the focus onto the button."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

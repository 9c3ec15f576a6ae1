"""The last step: what was imported."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.services.importing.customers import ImportedCustomers
from laverma_desk.ui.customers.exchange.figures import Figures
from laverma_desk.ui.customers.exchange.step_head import Step
from laverma_desk.ui.customers.exchange.words import customer_counts, part_counts
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label


class ResultStep(Step):
    """Emits `another_requested` and `left`."""

    another_requested = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Customers imported"), parent)
        self.figures = Figures(self)
        self.parts = Label("", self, px=13, tone="muted", wrap=True)
        self.another = Button(_("Another file"), "secondary", parent=self)
        self.done = Button(_("Done"), "primary", parent=self)
        self.body.addWidget(self.figures)
        self.body.addWidget(self.parts)
        self.body.addStretch(1)
        self.add_ways(self.another, self.done)
        self.another.clicked.connect(self.another_requested)
        self.done.clicked.connect(self.left)

    def show_result(self, file: str, imported: ImportedCustomers) -> None:
        """Show what was written."""
        self.head.show_words(file, "")
        self.figures.show_figures(customer_counts(imported))
        self.parts.setText(part_counts(imported))

    def take_focus(self) -> None:
        """Put the focus onto the way back to the customers."""
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

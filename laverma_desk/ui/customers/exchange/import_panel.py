"""The import as it is seen: one step in front of the others, and how far a long one is."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from laverma_desk.ui.customers.exchange.choose_step import ChooseStep
from laverma_desk.ui.customers.exchange.mapping_step import MappingStep
from laverma_desk.ui.customers.exchange.preview_step import PreviewStep
from laverma_desk.ui.customers.exchange.result_step import ResultStep
from laverma_desk.ui.customers.exchange.step_head import Step
from laverma_desk.ui.widgets.progress_line import ProgressLine


class ImportPanel(QWidget):
    """Takes the place of the customers' list and record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choosing, self.mapping = ChooseStep(self), MappingStep(self)
        self.preview, self.result = PreviewStep(self), ResultStep(self)
        self.progress = ProgressLine(self)
        self.steps = QStackedWidget(self)
        for step in (self.choosing, self.mapping, self.preview, self.result):
            self.steps.addWidget(step)
        edge = QVBoxLayout()
        edge.setContentsMargins(24, 0, 24, 0)
        edge.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.steps, 1)
        column.addLayout(edge)
        self.setFocusProxy(self.choosing)

    def show_step(self, step: Step) -> None:
        """Bring a step to the front."""
        self.steps.setCurrentWidget(step)
        self.setFocusProxy(step)

    def step(self) -> QWidget:
        """Return the step in front."""
        return self.steps.currentWidget() or self.choosing

    def set_busy(self, busy: bool) -> None:
        """Hold all ways on while something long runs; its line stays."""
        self.steps.setEnabled(not busy)

"""The assistant as it is seen: the steps at the left, one step's page, the bar below it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.assistant.step_bar import StepBar
from laverma_desk.ui.assistant.step_rail import StepRail
from laverma_desk.ui.settings.page_frame import PageFrame

_WIDEST, _SIDE = 864, 64


class AssistantPanel(QWidget):
    """Rail, pages and bar; the parts have the signals."""

    def __init__(self, frames: list[PageFrame], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Set up Laverma Desk"))
        self.rail = StepRail(len(frames), self)
        self.stack = QStackedWidget(self)
        self.bar = StepBar(self)
        for frame in frames:
            self.stack.addWidget(frame)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self.bar)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(right, 1)

    def show_step(self, place: int) -> None:
        """Bring a step's page to the front."""
        self.stack.setCurrentIndex(place)
        self.bar.show_place(first=place == 0, last=place == self.stack.count() - 1)

"""The head of each step: what is being done, with which file, and what the user should know of it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.ui.widgets.card import ActionBar
from laverma_desk.ui.widgets.label import Label


class StepHead(QWidget):
    """A title, a muted line and a hint that wraps."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(title, self, px=20, weight=600)
        self.line = Label("", self, px=13, tone="muted")
        self.hint = Label("", self, px=13, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.line)
        column.addWidget(self.hint)
        self.show_words("", "")

    def show_words(self, line: str, hint: str) -> None:
        """Show the muted line and the hint; an empty one leaves no room."""
        for label, words in ((self.line, line), (self.hint, hint)):
            label.setText(words)
            label.setVisible(bool(words))


class Step(QWidget):
    """One step: its head, what is in it, and the bar with the ways on at its foot."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = StepHead(title, self)
        self.bar = ActionBar(self)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(24, 0, 24, 16)
        self.body.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(self.body, 1)
        column.addWidget(self.bar)

    def add_ways(self, *widgets: QWidget) -> None:
        """Put buttons into the bar, the last one, the way on, at the right."""
        row: QHBoxLayout = self.bar.row
        for widget in widgets[:-1]:
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(widgets[-1])

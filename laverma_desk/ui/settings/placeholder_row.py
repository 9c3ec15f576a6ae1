"""Buttons that put a placeholder into the text, named by what will stand there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label

_IN_A_ROW = 5


class _Placeholder(Button):
    chosen = Signal(str)

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        super().__init__(words, small=True, parent=parent)
        self._name = name
        self.setToolTip(f"{{{name}}}")
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.chosen.emit(self._name)


class PlaceholderRow(QWidget):
    """A muted lead and the placeholders, five in a row. Emits `placeholder_chosen(name)`."""

    placeholder_chosen = Signal(str)

    def __init__(self, lead: str, words: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {name: _Placeholder(name, said, self) for name, said in words.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(lead, self, px=13, tone="muted"))
        made = list(self.buttons.values())
        for start in range(0, len(made), _IN_A_ROW):
            row = QHBoxLayout()
            row.setSpacing(8)
            for button in made[start : start + _IN_A_ROW]:
                row.addWidget(button)
                button.chosen.connect(self.placeholder_chosen)
            row.addStretch(1)
            column.addLayout(row)

"""The facts of a card: a muted name and its value, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from laverma_desk.ui.widgets.label import Label

KEY_WIDTH, NARROW_KEY_WIDTH = 112, 84
_GAP = 8


@dataclass(frozen=True)
class Fact:
    """A line: its name, its value, and whether the value only says that there is none."""

    name: str
    value: str
    absent: bool = False


class FactRows(QWidget):
    """Lines 24 px high; a value that is too long goes on below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, KEY_WIDTH - _GAP)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[Label, Label]] = []

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these lines; those that are already there are written anew."""
        while len(self._rows) < len(facts):
            at = len(self._rows)
            pair = (Label("", self, px=13, tone="muted", line=24), Label("", self, px=13, line=24, wrap=True))
            self._grid.addWidget(pair[0], at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(pair[1], at, 1)
            self._rows.append(pair)
        for at, (name, value) in enumerate(self._rows):
            used = at < len(facts)
            name.setVisible(used)
            value.setVisible(used)
            if used:
                name.setText(facts[at].name)
                value.setText(facts[at].value)
                value.set_tone("muted" if facts[at].absent else "text")

    def set_narrow(self, narrow: bool) -> None:
        """Give the values more room in a narrow column."""
        self._grid.setColumnMinimumWidth(0, (NARROW_KEY_WIDTH if narrow else KEY_WIDTH) - _GAP)

    def facts(self) -> list[tuple[str, str]]:
        """Return what is shown."""
        return [(name.text(), value.text()) for name, value in self._rows if not name.isHidden()]

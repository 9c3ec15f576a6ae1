"""The two records side by side: of each part in which they differ, one stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.services.customers.merging import Part, Side
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.radio import Radio


@dataclass(frozen=True)
class ChoiceRow:
    """A part with what both records say of it, and which one stays."""

    part: Part
    name: str
    keep: str
    other: str
    side: Side


class _Pair(QWidget):
    """Two radio buttons that exclude each other; the arrow keys go from one to the other."""

    def __init__(self, row: ChoiceRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = row.part
        self.keep, self.other = Radio(row.keep, self), Radio(row.other, self)
        self.keep.setAccessibleName(f"{row.name}: {row.keep}")
        self.other.setAccessibleName(f"{row.name}: {row.other}")
        for radio, words in ((self.keep, row.keep), (self.other, row.other)):
            radio.setToolTip(words)
        self.choose(row.side)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(24)
        grid.addWidget(self.keep, 0, 0)
        grid.addWidget(self.other, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for column in (0, 1):
            grid.setColumnMinimumWidth(column, 120)

    def choose(self, side: Side) -> None:
        """Tick one."""
        (self.keep if side is Side.KEEP else self.other).setChecked(True)

    def side(self) -> Side:
        """Return the one that is ticked."""
        return Side.KEEP if self.keep.isChecked() else Side.OTHER


class ChoiceTable(QWidget):
    """A head with both records, and a row for each part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, 144)
        self._grid.setColumnStretch(1, 1)
        self._widgets: list[QWidget] = []
        self._pairs: list[_Pair] = []

    def show_rows(self, keep: str, other: str, rows: Sequence[ChoiceRow]) -> None:
        """Show both records by name, and their differences."""
        for widget in self._widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets, self._pairs = [], []
        self._put(self._head(keep, other), 0, 1)
        for at, row in enumerate(rows, start=1):
            self._put(Label(row.name, self, px=13, tone="muted", line=32), at, 0)
            pair = _Pair(row, self)
            self._pairs.append(pair)
            self._put(pair, at, 1)
        if not rows:
            self._put(Label(_("They say the same."), self, px=13, tone="muted"), 1, 1)

    def _head(self, keep: str, other: str) -> QWidget:
        head = QWidget(self)
        grid = QGridLayout(head)
        grid.setContentsMargins(0, 0, 0, 8)
        grid.setHorizontalSpacing(24)
        for column, (words, name) in enumerate(((_("Stays"), keep), (_("Goes into it"), other))):
            grid.addWidget(Label(words, head, px=12, tone="muted"), 0, column)
            grid.addWidget(Label(name, head, px=14, weight=600), 1, column)
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 120)
        return head

    def _put(self, widget: QWidget, row: int, column: int) -> None:
        self._widgets.append(widget)
        self._grid.addWidget(widget, row, column)
        widget.show()

    def choices(self) -> dict[Part, Side]:
        """Return what somebody chose."""
        return {pair.part: pair.side() for pair in self._pairs}

    def choose(self, part: Part, side: Side) -> None:
        """Tick one side of a part."""
        next(pair for pair in self._pairs if pair.part is part).choose(side)

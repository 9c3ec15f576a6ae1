"""A heading with lines below it: what goes, or what stays and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.label import Label


class Lines(QWidget):
    """Each line a sentence; a second part of it stands muted below."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._heading = Label(heading, self, px=13, weight=600)
        self._column.addWidget(self._heading)
        self._rows: list[QWidget] = []
        self._words: list[Prose] = []
        self._column.addStretch(1)
        self.setAccessibleName(heading)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these lines in place of the old ones."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self._words = [], []
        for what, why in lines:
            self._add(what, why)
        self.setAccessibleDescription(". ".join(" ".join(filter(None, line)) for line in lines))

    def _add(self, what: str, why: str) -> None:
        row = QWidget(self)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 4 if why else 0)
        column.setSpacing(0)
        self._words.append(Prose(what, row, px=13))
        column.addWidget(self._words[-1])
        if why:
            self._words.append(Prose(why, row, px=13, tone="muted"))
            column.addWidget(self._words[-1])
        self._column.insertWidget(self._column.count() - 1, row)
        self._rows.append(row)
        row.show()

    def words(self) -> list[str]:
        """Return what is shown."""
        return [label.text() for label in self._words]

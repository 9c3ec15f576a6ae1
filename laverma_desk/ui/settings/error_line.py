"""Room below a row of fields for what is wrong with one of them, in as many lines as it takes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.ui import fonts
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.mark import IconMark

_PX, _WEIGHT = 13, 500
_MARK = 20


class ErrorLine(QWidget):
    """The first error of several fields, with the name of its field, in red; hidden where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._errors: dict[str, str] = {}
        self._words = Prose("", self, px=_PX, weight=_WEIGHT, tone="red")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(4)
        mark = QHBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(IconMark("warning", self, tone="red"))
        row.addLayout(mark)
        row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @staticmethod
    def width_of(sentence: str) -> float:
        """Return how wide a field has to be for the sentence to stand below it in one line."""
        return _MARK + fonts.width(sentence, _PX, _WEIGHT)

    def show_error(self, name: str, sentence: str, label: str) -> None:
        """Show what is wrong with a field, or take it away with an empty sentence."""
        if sentence:
            self._errors[name] = f"{label}: {sentence}"
        else:
            self._errors.pop(name, None)
        first = next(iter(self._errors.values()), "")
        around = self.parentWidget()
        if first != self._words.text() and around is not None and around.isVisible():
            announce(self, first, urgent=True)
        self._words.setText(first)
        self._words.updateGeometry()
        self.setVisible(bool(first))

    def words(self) -> str:
        """Return what is shown."""
        return self._words.text()

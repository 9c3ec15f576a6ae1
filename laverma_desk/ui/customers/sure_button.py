"""A button that asks in place: the first press changes its words, the second one does it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.ui.widgets.button import Button


class SureButton(Button):
    """Emits `confirmed` on the second press; leaving it in between takes the question back."""

    confirmed = Signal()

    def __init__(self, words: str, question: str, parent: QWidget | None = None) -> None:
        super().__init__(words, "quiet", small=True, parent=parent)
        self._words, self._question = words, question
        self._asking = False
        self.clicked.connect(self._on_clicked)

    def set_words(self, words: str, question: str) -> None:
        """Change both words; an empty question does it with the first press."""
        self._words, self._question = words, question
        self._ask(asking=False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the question back."""
        super().focusOutEvent(event)
        self._ask(asking=False)

    def _on_clicked(self) -> None:
        if self._asking or not self._question:
            self._ask(asking=False)
            self.confirmed.emit()
        else:
            self._ask(asking=True)

    def _ask(self, *, asking: bool) -> None:
        self._asking = asking
        self.set_kind("danger" if asking else "quiet")
        self.set_label(self._question if asking else self._words)

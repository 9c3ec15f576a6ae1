"""Whether the start menu knows the program, and the one button that changes it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label


@dataclass(frozen=True)
class MenuWords:
    """What is said of the start menu, and what the button would do: "add", "renew" or "remove"."""

    sentence: str
    deed: str


class MenuEntry(QWidget):
    """A heading, a sentence and a button. Emits `deed_requested` with what the button is for."""

    deed_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deed = "add"
        self._sentence = Prose("", self)
        self._problem = Prose("", self, px=13, tone="red")
        self._problem.set_live()
        self.button = Button(_("Put into the start menu"), parent=self)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_("Start menu"), self, px=13, weight=500, line=16))
        column.addLayout(row)
        column.addWidget(self._problem)
        self.button.clicked.connect(self._on_button_clicked)
        self.show_problem("")

    def show_words(self, words: MenuWords) -> None:
        """Show how it stands, and offer what can be done."""
        labels = {
            "add": _("Put into the start menu"),
            "renew": _("Renew the entry"),
            "remove": _("Take out of the start menu"),
        }
        self._deed = words.deed
        self._sentence.setText(words.sentence)
        self._sentence.set_live()  # The first one is read with the page; from now on each is news.
        self.button.set_label(labels[words.deed])
        self.show_problem("")

    def show_problem(self, sentence: str) -> None:
        """Show what went wrong; an empty text takes it away."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def problem(self) -> str:
        """Return what is shown to have gone wrong."""
        return self._problem.text() if self._problem.isVisibleTo(self) else ""

    def sentence(self) -> str:
        """Return what is said of the start menu."""
        return self._sentence.text()

    def _on_button_clicked(self) -> None:
        self.deed_requested.emit(self._deed)

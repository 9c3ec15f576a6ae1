"""What came of an export, where it was asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.ui.announcing import announce
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import IconMark

_ICONS = {"green": "check-circle", "red": "warning", "muted": "info"}


class OutcomeLine(QWidget):
    """A mark, a sentence, and a link that follows from it. It starts hidden. Emits `link_activated`."""

    link_activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = IconMark("info", self)
        self._sentence = Prose("", self, px=13, weight=500)
        self.link = Link("", self, px=13)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(self._mark)
        mark.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(8)
        row.addLayout(mark)
        row.addWidget(self._sentence, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self.link.clicked.connect(self.link_activated)
        self.hide()

    def tell(self, sentence: str, *, tone: str = "muted", link: str = "") -> None:
        """Say it in the tone of green, red or muted; an empty sentence takes the line away."""
        if sentence and (self.isHidden() or sentence != self._sentence.text()):
            announce(self, f"{sentence} {link}".strip(), urgent=tone == "red")
        self._mark.show_icon(_ICONS[tone], tone)
        self._sentence.setText(sentence)
        self._sentence.set_tone("red" if tone == "red" else "text")
        self.link.set_words(link)
        self.link.setVisible(bool(link))
        self.setVisible(bool(sentence))

    def sentence(self) -> str:
        """Return what is said, empty where nothing is."""
        return "" if self.isHidden() else self._sentence.text()

"""The line under the strip that says what is out of order, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from laverma_desk.ui import icons, theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link


class NoticeBar(QWidget):
    """A bar 32 px high: icon, sentence, at the right a muted word and a link.

    It starts hidden, never takes the focus, and pushes the page down once; what is new in it is said aloud.
    Emits `link_activated`.
    """

    link_activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone = "warning", "amber"
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sentence = Label("", self, px=13, weight=500)
        self._aside = Label("", self, px=13, tone="muted")
        self._link = Link("", self, px=13)
        self._link.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Who clicks goes on typing where they were.
        self._link.clicked.connect(self._on_link_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(48, 0, 24, 1)
        row.setSpacing(8)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._aside)
        row.addWidget(self._link)
        self.hide()

    def show_notice(
        self,
        sentence: str,
        *,
        icon: str = "warning",
        aside: str = "",
        link: str = "",
        tone: str = "amber",
        quiet: bool = False,
    ) -> None:
        """Show a notice; `tone` is "amber", "red" or "green", an empty `aside` or `link` is left out.

        `quiet` is for the same notice that only counts on: it is not said again.
        """
        if not quiet and (self.isHidden() or sentence != self._sentence.text()):
            announce(self, f"{sentence} {link}".strip(), urgent=tone == "red")
        self._icon, self._tone = icon, tone
        self._sentence.setText(sentence)
        self._aside.setText(aside)
        self._aside.setVisible(bool(aside))
        self._link.set_words(link)
        self._link.setVisible(bool(link))
        self.setAccessibleName(sentence)
        self.show()
        self.update()

    def clear(self) -> None:
        """Take the notice away."""
        self.hide()

    def sentence(self) -> str:
        """Return the sentence last shown."""
        return self._sentence.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, lower line and icon."""
        c = theme.palette()
        painter = paint.start(self)
        tones = {"red": (c.red_soft, c.red), "green": (c.green_soft, c.green)}
        soft, ink = tones.get(self._tone, (c.amber_soft, c.amber))
        painter.fillRect(self.rect(), soft)
        paint.rule(painter, 0, 31, self.width(), c.border)
        icons.paint(painter, self._icon, QPointF(24, 7), 16, ink)
        painter.end()

    def _on_link_clicked(self) -> None:
        self.link_activated.emit()

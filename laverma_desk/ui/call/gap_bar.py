"""The bar on top of the timer card that asks, after the fact, what a gap was: work or not."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.domain.support_session import GapDecision
from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.call.gap_reading import GapReading
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.two_line_button import TwoLineButton

_HIGH = 64


class GapBar(QWidget):
    """A bar 64 px high with a sentence and the choices. None is the default, none takes the focus.

    Emits `decided(GapDecision)`.
    """

    decided = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = "moon"
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sentence = Label("", self, px=13, weight=600)
        self._question = Label("", self, px=13)
        self._keep = TwoLineButton(_("Keep"), parent=self)
        self._deduct = TwoLineButton(_("Deduct"), parent=self)
        self._split = TwoLineButton(_("Split"), parent=self)
        for button, key in ((self._keep, "Alt+B"), (self._deduct, "Alt+Z"), (self._split, "Alt+T")):
            button.setToolTip(key)
        self._keep.clicked.connect(self._on_keep_clicked)
        self._deduct.clicked.connect(self._on_deduct_clicked)
        self._split.clicked.connect(self._on_split_clicked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._sentence)
        words.addWidget(self._question)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(52, 0, 24, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self._keep, self._deduct, self._split):
            row.addWidget(button)
        self.hide()

    def show_reading(self, reading: GapReading | None) -> None:
        """Show a gap; None takes the bar away."""
        self.setVisible(reading is not None)
        if reading is None:
            return
        if self.isVisible() and reading.question != self._question.text():
            announce(self, f"{reading.sentence} {reading.question}")
        self._icon = reading.icon
        self._sentence.setText(reading.sentence)
        self._question.setText(reading.question)
        self.setAccessibleName(f"{reading.sentence} {reading.question}")
        for button, outcome in (
            (self._keep, reading.keep),
            (self._deduct, reading.deduct),
            (self._split, reading.split),
        ):
            button.setVisible(outcome is not None)
            button.set_outcome(outcome or "")
        self.update()

    def offers(self, decision: GapDecision) -> bool:
        """Tell whether an answer is offered now."""
        button = {
            GapDecision.KEEP: self._keep,
            GapDecision.DEDUCT: self._deduct,
            GapDecision.SPLIT: self._split,
        }[decision]
        return not self.isHidden() and not button.isHidden()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, round at the top as the card is, the line below and the icon."""
        colours = theme.palette()
        painter = paint.start(self)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()).adjusted(0, 0, 0, 16), 9, 9)
        painter.setClipRect(self.rect())
        painter.fillPath(ground, colours.amber_soft)
        paint.rule(painter, 0, self.height() - 1, self.width(), colours.border)
        icons.paint(painter, self._icon, QPointF(24, (self.height() - 20) // 2), 20, colours.amber)
        painter.end()

    def _on_keep_clicked(self) -> None:
        self.decided.emit(GapDecision.KEEP)

    def _on_deduct_clicked(self) -> None:
        self.decided.emit(GapDecision.DEDUCT)

    def _on_split_clicked(self) -> None:
        self.decided.emit(GapDecision.SPLIT)

"""The steps at the left of the assistant: what is done, what is asked now, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label


@dataclass(frozen=True)
class StepWords:
    """A step: its name, and what it asks for, or, once it is done, what was answered."""

    name: str
    summary: str
    done: bool = False


class _StepLine(QWidget):
    """One step, 56 px high."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number, self._words, self._current = number, StepWords("", ""), False
        self.setFixedHeight(56)

    def show_step(self, words: StepWords, *, current: bool) -> None:
        self._words, self._current = words, current
        said = {
            True: _("%(step)s, current step") % {"step": words.name},
            False: _("%(step)s, done") % {"step": words.name} if words.done else words.name,
        }
        self.setAccessibleName(said[current])
        self.setAccessibleDescription(words.summary)
        self.setToolTip(words.summary)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        circle = QRectF(16, 16, 24, 24)
        if self._current:
            paint.box(painter, self.rect(), fill=c.primary_soft)
            paint.box(painter, circle, fill=c.surface, edge=c.primary, radius=12, width=2)
        elif self._words.done:
            paint.box(painter, circle, edge=c.green_line, radius=12)
        else:
            paint.box(painter, circle, edge=c.field, radius=12)
        if self._words.done and not self._current:
            icons.paint(painter, "check", QPointF(20, 20), 16, c.green)
        else:
            ink = c.primary if self._current else c.muted
            paint.text(painter, circle, str(self._number), px=12, weight=600, colour=ink, align="centre")
        room = self.width() - 52 - 8
        ink, weight = (c.primary, 600) if self._current else (c.text, 500)
        paint.text(painter, QRectF(52, 8, room, 20), self._words.name, px=14, weight=weight, colour=ink)
        paint.text(painter, QRectF(52, 28, room, 20), self._words.summary, px=13, colour=c.muted)
        painter.end()


class StepRail(QWidget):
    """The rail, 288 px wide. Emits `demo_requested`."""

    demo_requested = Signal()

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(288)
        self.setAccessibleName(_("Steps"))
        self._place = Label("", self, tone="muted")
        self._lines = [_StepLine(number, self) for number in range(1, count + 1)]
        self.demo = Button(_("Look at it with sample data"), "quiet", "eye", small=True, parent=self)
        self.demo.clicked.connect(self.demo_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 32, 9, 16)
        column.setSpacing(0)
        for label in (Label(_("Set up Laverma Desk"), self, px=20, weight=600, line=32), self._place):
            inset = QHBoxLayout()
            inset.setContentsMargins(16, 0, 16, 0)
            inset.addWidget(label)
            column.addLayout(inset)
        column.addSpacing(20)
        for line in self._lines:
            column.addWidget(line)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(4, 0, 0, 0)
        foot.addWidget(self.demo)
        foot.addStretch(1)
        column.addLayout(foot)
        self.setFocusProxy(self.demo)

    def show_steps(self, steps: Sequence[StepWords], current: int) -> None:
        """Show all steps, `current` counted from 0."""
        self._place.setText(
            _("Step %(step)d of %(count)d") % {"step": current + 1, "count": len(self._lines)}
        )
        for place, (line, words) in enumerate(zip(self._lines, steps, strict=True)):
            line.show_step(words, current=place == current)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the line at the right."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.chrome)
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), c.border)
        painter.end()

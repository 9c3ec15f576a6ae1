"""The section that opens and closes: what to say on the phone, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.context_panel import PanelSection
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.pressable import Pressable


class _Head(Pressable):
    """The line that is pressed to open or close."""

    def __init__(self, title: str, shortcut_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_words(title)
        self._title, self._shortcut = title, shortcut_text
        self.setCheckable(True)
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = 24 + fonts.width(self._title, 13, 600) + 16 + fonts.width(self._shortcut, 12)
        return QSize(int(wide), 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        if self.hasFocus():
            painter.fillRect(self.rect(), c.primary_soft)
            painter.fillRect(QRectF(0, 22, self.width(), 2), c.primary)
        chevron = "chevron-down" if self.isChecked() else "chevron-right"
        icons.paint(painter, chevron, QPointF(0, 4), 16, c.text if self.underMouse() else c.muted)
        short = fonts.width(self._shortcut, 12)
        room = QRectF(24, 0, self.width() - 24 - short - 8, 24)
        paint.text(painter, room, self._title, px=13, weight=600, colour=c.text)
        area = QRectF(self.width() - short, 0, short + 1, 24)
        paint.text(painter, area, self._shortcut, px=12, colour=c.muted)
        painter.end()


class GuideSection(PanelSection):
    """A section with a title, its shortcut and numbered steps, closed at first. Emits `toggled(bool)`."""

    toggled = Signal(bool)

    def __init__(self, title: str, shortcut_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, last=True)
        self._head = _Head(title, shortcut_text, self)
        self._head.toggled.connect(self._on_head_toggled)
        self.body.addWidget(self._head)
        self._steps = QWidget(self)
        self._list = QVBoxLayout(self._steps)
        self._list.setContentsMargins(0, 12, 0, 0)
        self._list.setSpacing(8)
        self.body.addWidget(self._steps)
        self.set_open(False)
        self._fit()

    def show_steps(self, steps: Sequence[str]) -> None:
        """Show these sentences, numbered from 1."""
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for number, words in enumerate(steps, start=1):
            step = QWidget(self._steps)
            row = QHBoxLayout(step)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(0)
            figure = Label(str(number), step, px=13, weight=500, tone="muted")
            figure.setFixedWidth(20)
            row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(words, step, px=13, wrap=True), 1)
            self._list.addWidget(step)

    def is_open(self) -> bool:
        """Tell whether the steps are shown."""
        return self._head.isChecked()

    def set_open(self, on: bool) -> None:
        """Open or close the section."""
        self._head.setChecked(on)

    def _on_head_toggled(self, on: bool) -> None:
        self._fit()
        self.toggled.emit(on)

    def _fit(self) -> None:
        on = self._head.isChecked()
        side = 16 if on else 12
        self.body.setContentsMargins(23, side, 24, side)
        self._steps.setVisible(on)

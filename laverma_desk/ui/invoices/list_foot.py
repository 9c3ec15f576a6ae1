"""What stands below a list: its sum and the next step, or how far a long job is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.ui import theme
from laverma_desk.ui.invoices.rows import Foot
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.progress_line import ProgressLine

_WITH_BUTTON, _PLAIN = 104, 56
_TOP, _TOP_RUNNING = 18, 4


class ListFoot(QWidget):
    """104 px, or 56 where there is no button. Emits `pressed`, `second_pressed` and `cancelled` (the job).

    `focus_given_up` comes just before the part that has the focus goes.
    """

    pressed = Signal()
    second_pressed = Signal()
    cancelled = Signal()
    focus_given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label("", self, px=13, tone="muted")
        self._amount = Label("", self, px=13, weight=600, align="right")
        self.button = Button("", "primary", "invoice", parent=self)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.second = Button("", "secondary", "mail", parent=self)
        self.second.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.progress = ProgressLine(self)
        self._sum = QWidget(self)
        line = QHBoxLayout(self._sum)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._words, 1)
        line.addWidget(self._amount)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, _TOP, 24, 16)
        column.setSpacing(0)
        column.addWidget(self._sum)
        column.addWidget(self.progress)
        column.addStretch(1)
        self._column, self._running = column, False
        steps = QHBoxLayout()
        steps.setSpacing(8)
        steps.addWidget(self.button)
        steps.addWidget(self.second)
        column.addLayout(steps)
        self.second.clicked.connect(self._on_second_clicked)
        self.button.clicked.connect(self._on_button_clicked)
        self.progress.cancelled.connect(self._on_progress_cancelled)
        self.show_foot(Foot("", ""))

    def show_foot(self, foot: Foot) -> None:
        """Show sum and button; words that are empty leave their line empty; a job that runs stays in view."""
        if (self.button.hasFocus() and not foot.label) or (self.second.hasFocus() and not foot.second):
            self.focus_given_up.emit()
        self._words.setText(foot.words)
        self._amount.setText(foot.amount)
        self._amount.updateGeometry()
        self.button.setVisible(bool(foot.label))
        self.button.set_kind("primary" if foot.filled else "secondary")
        self.button.set_icon(foot.icon or None)
        self.button.set_label(foot.label)
        self.button.set_blocked(foot.blocked)
        self.second.setVisible(bool(foot.second))
        self.second.set_label(foot.second)
        self.setFixedHeight(_WITH_BUTTON if foot.label or foot.second else _PLAIN)
        self._has_words = bool(foot.words)
        self.setVisible(self._has_words or self._running)

    def words(self) -> tuple[str, str]:
        """Return what is said and the sum."""
        return self._words.text(), self._amount.text()

    def begin(self, what: str) -> None:
        """Show a job in place of the sum; the button waits."""
        self._running = True
        self._sum.hide()
        self._column.setContentsMargins(24, _TOP_RUNNING, 24, 16)
        self.setVisible(True)
        self.progress.begin(what)
        self.button.set_blocked(what)

    def end(self) -> None:
        """Show the sum again."""
        self._running = False
        focus = QApplication.focusWidget()
        if focus is not None and self.progress.isAncestorOf(focus):
            self.focus_given_up.emit()
        self.progress.end()
        self._column.setContentsMargins(24, _TOP, 24, 16)
        self._sum.show()
        self.setVisible(self._has_words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface and the line on top."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.surface)
        paint.rule(painter, 0, 0, self.width(), c.border)
        painter.end()

    def _on_button_clicked(self) -> None:
        self.pressed.emit()

    def _on_progress_cancelled(self) -> None:
        # The link takes no second press: Qt would hand its focus to whatever stands next, "Issue" above all.
        self.focus_given_up.emit()
        self.cancelled.emit()

    def _on_second_clicked(self) -> None:
        self.second_pressed.emit()

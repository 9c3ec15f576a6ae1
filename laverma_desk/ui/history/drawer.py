"""What opens below the chosen session to be filled in: fields in a row, and two ways out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.text_field import TextField


class Drawer(QWidget):
    """A form 104 px high. Emits `accepted` for its button or Enter, `given_up` for Cancel."""

    accepted = Signal()
    given_up = Signal()

    def __init__(self, label: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(104)
        self.ok = Button(label, "primary", icon, parent=self)
        self.cancel = Button(_("Cancel"), parent=self)
        self._fields: dict[str, LabeledField] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 12, 24, 4)
        self._row.setSpacing(8)
        buttons = QVBoxLayout()
        buttons.setSpacing(0)
        buttons.addSpacing(24)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.ok)
        line.addWidget(self.cancel)
        buttons.addLayout(line)
        buttons.addStretch(1)
        self._row.addLayout(buttons)
        self.ok.clicked.connect(self.accepted)
        self.cancel.clicked.connect(self.given_up)

    def add_field(self, name: str, label: str, field: QWidget, *, stretch: int = 0) -> LabeledField:
        """Put a field with its label before the buttons; errors name it by `name`."""
        held = LabeledField(label, field, parent=self, reserve=True)
        self._fields[name] = held
        self._row.insertWidget(self._row.count() - 1, held, stretch, Qt.AlignmentFlag.AlignTop)
        if isinstance(field, TextField):
            field.returnPressed.connect(self.accepted)
        return held

    def show_error(self, field: str | None, sentence: str) -> None:
        """Say what is wrong at a field, or at the first one, and put the focus there."""
        self.clear_errors()
        held = self._fields.get(field or "") or next(iter(self._fields.values()))
        held.set_error(sentence)
        held.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_errors(self) -> None:
        """Take every error away."""
        for held in self._fields.values():
            held.clear_error()

    def errors(self) -> Sequence[str]:
        """Return what is said to be wrong."""
        return [held.error() for held in self._fields.values() if held.error()]

    def show_running(self, words: str | None) -> None:
        """Say on the button that the work is being done; None: it is over."""
        self.ok.set_busy(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the line above it."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.window)
        paint.rule(painter, 0, 0, self.width(), c.border)
        painter.end()

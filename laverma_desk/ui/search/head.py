"""Who is calling: the question and the field, there before the desk is; what is typed then is kept."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.search.arrow_field import ArrowField
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.card import ActionBar
from laverma_desk.ui.widgets.label import Label

NARROWEST_WITH_CONTEXT = 1240 - 176
"""A page less wide than this does without the panel at its right."""

_CONTEXT = 288


class SearchHead(QWidget):
    """The question, a line below it and the field. `entered`: Enter was pressed and nothing typed since."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", px=20, weight=600, line=32)
        self.subtitle = Label("", tone="muted")
        self.field = ArrowField(height=56, icon="search", px=20)
        self.field.setAccessibleName(_("Who is calling?"))
        self.entered = False
        self.field.entered.connect(self._on_field_entered)
        self.field.textChanged.connect(self._on_field_text_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 8)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.subtitle)
        column.addSpacing(20)
        column.addWidget(self.field)
        self.ask()

    def ask(self) -> None:
        """Ask who is calling."""
        self.title.setText(_("Who is calling?"))
        self.subtitle.setText(_("Enter name, workstation, phone, customer number or partner ID"))

    def _on_field_entered(self) -> None:
        self.entered = True

    def _on_field_text_changed(self, _words: str) -> None:
        self.entered = False


class SearchPrelude(QWidget):
    """The search page as it is before the desk is open: its head works, the rest is only its ground."""

    def __init__(self) -> None:
        super().__init__()
        self.head = SearchHead()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self._column.addStretch(1)
        self._column.addWidget(ActionBar())

    def _context(self) -> int:
        return _CONTEXT if self.width() >= NARROWEST_WITH_CONTEXT else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room of the panel at the right."""
        super().resizeEvent(event)
        self._column.setContentsMargins(0, 0, self._context(), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of that panel, and its line."""
        c, wide = theme.palette(), self._context()
        painter = paint.start(self)
        painter.fillRect(self.width() - wide, 0, wide, self.height(), c.surface)
        if wide:
            painter.fillRect(self.width() - wide, 0, 1, self.height(), c.border)
        painter.end()

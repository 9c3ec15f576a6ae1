"""The form's text field: when it is only to be read it looks like that, and still can be read well."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLineEdit

from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.text_field import TextField


class FormField(TextField):
    """A text field 40 px high; read-only it stands on the subtle ground in full text colour."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box of a field that cannot be changed, or that of any other field."""
        if not self.isReadOnly():
            super().paintEvent(event)
            return
        c = theme.palette()
        painter = paint.start(self)
        focused = self.hasFocus()
        edge, width = (c.primary, 2) if focused else (c.border, 1)
        paint.box(painter, self.rect(), fill=c.subtle, edge=edge, width=width)
        painter.end()
        QLineEdit.paintEvent(self, event)

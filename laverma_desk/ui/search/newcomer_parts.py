"""The form for a new customer with what belongs to it, made when somebody wants it: most calls do not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from laverma_desk.ui.search.form_bar import FormBar
from laverma_desk.ui.search.form_context import FormContext
from laverma_desk.ui.search.new_customer_form import NewCustomerForm


class FormPage(QScrollArea):
    """The form, scrolled where the window is low; the scroll bar lies in the page's margin."""

    def __init__(self, form: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(24, 0, 24, 12)
        self._column.addWidget(form)
        self._column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)
        self.viewport().installEventFilter(self)

    def settle(self) -> None:
        """Lay out what has just appeared, so that it can be scrolled to."""
        self._column.activate()
        needed = self._inside.sizeHint().height()
        self._inside.resize(self.viewport().width(), max(needed, self.viewport().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the form's width when the scroll bar comes."""
        if watched is self.viewport() and event.type() == QEvent.Type.Resize:
            inset = self.width() - self.viewport().width()
            self._column.setContentsMargins(24, 0, 24 - inset, 12)
        return super().eventFilter(watched, event)


class NewcomerParts:
    """The form on its page, the bar below and the panel beside it; hidden until the page shows them."""

    def __init__(self, area: QWidget) -> None:
        """Make them for the area of the search page."""
        self.form = NewCustomerForm()
        self.page = FormPage(self.form, area)
        self.bar = FormBar(area)
        self.context = FormContext(area)
        for part in (self.page, self.bar, self.context):
            part.hide()

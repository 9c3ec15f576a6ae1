"""The house's form of agreement: which PDF it is, and the button that puts another in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.error_line import ErrorLine
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link


class TemplateRow(QWidget):
    """Name, size and button. Emits `choose_requested` and `open_requested`."""

    choose_requested = Signal()
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Link("", self, icon="attachment")
        self._size = Label("", self, px=13, tone="muted")
        self._none = Prose(
            _("The house has none yet, and the program makes none by itself. Choose your own PDF."),
            self,
            tone="muted",
        )
        self.choose = Button("", icon="folder", parent=self)
        self._error = ErrorLine(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._size)
        row.addWidget(self._none, 1)
        row.addStretch(0)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._error)
        self._name.clicked.connect(self.open_requested)
        self.choose.clicked.connect(self.choose_requested)
        self.show_file("", "")

    def show_file(self, name: str, size: str) -> None:
        """Show the template, or with an empty name that there is none."""
        self._name.set_words(name)
        self._name.setVisible(bool(name))
        self._size.setText(size)
        self._size.setVisible(bool(name))
        self._none.setVisible(not name)
        self.choose.set_label(_("Replace PDF") if name else _("Choose a PDF"))

    def file_name(self) -> str:
        """Return the name that is shown."""
        return self._name.text()

    def show_error(self, sentence: str) -> None:
        """Say why a file was not taken; an empty sentence takes it back."""
        self._error.show_error("", sentence, _("Not stored"))

    def error(self) -> str:
        """Return what is said to be wrong."""
        return self._error.words()

"""A form inside a card: its fields, and the two buttons at its foot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.settings.error_line import ErrorLine
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.text_field import TextField

GAP = 12


class CardForm(Form):
    """Fields with the buttons Save and Discard. Emits `save_requested` and `discard_requested`."""

    save_requested = Signal()
    discard_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=16_777_215)
        self._problem = ErrorLine(self)
        self.save = Button(_("Save"), "tonal", shortcut_text=key_name("Ctrl+Return"), small=True, parent=self)
        self.discard = Button(_("Discard"), "quiet", small=True, parent=self)
        for part in (self._problem, self.save, self.discard):
            part.hide()
        self.save.clicked.connect(self.save_requested)
        self.discard.clicked.connect(self.discard_requested)

    def text_field(
        self, name: str, label: str, hint: str = "", *, placeholder: str = "", trailing: str = ""
    ) -> LabeledField:
        """Return a line of text with its label."""
        field = TextField(self, placeholder=placeholder, trailing=trailing)
        field.setMaxLength(300)
        return self.labeled(name, label, field, hint)

    def rows(self, *rows: tuple[LabeledField, ...]) -> None:
        """Put fields side by side, row below row."""
        for place, row in enumerate(rows):
            self.add_row(*((field, 1) for field in row), above=GAP if place else 4)

    def add_foot(self, extra: Button | None = None) -> None:
        """Put the buttons below the fields, and `extra` below them."""
        self.column.addWidget(self._problem)
        self.save.show()
        self.discard.show()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.save)
        row.addWidget(self.discard)
        row.addStretch(1)
        self.column.addSpacing(16)
        self.column.addLayout(row)
        if extra is not None:
            self.column.addSpacing(8)
            self.column.addWidget(extra)

    def show_problem(self, sentence: str) -> None:
        """Say what no single field can say; an empty sentence takes it back."""
        self._problem.show_error("", sentence, _("Not saved"))

    def problem(self) -> str:
        """Return what is said above the buttons."""
        return self._problem.words()

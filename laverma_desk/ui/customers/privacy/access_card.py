"""The card that tells somebody everything (Art. 15 GDPR): for whom, into which file, how far."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.progress_line import ProgressLine


class AccessCard(Card):
    """Emits `export_requested(int)` with the row of a contact, 0 for the whole practice."""

    export_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16)
        self.body.addWidget(Label(_("Access (Art. 15 GDPR)"), self, px=16, weight=600))
        self.body.addSpacing(4)
        self.body.addWidget(
            Prose(
                _(
                    "Everything that is stored, as a ZIP: a PDF to read, tables, JSON, "
                    "and the DPAs, reports and mails as they are."
                ),
                self,
                px=13,
                tone="muted",
            )
        )
        self.body.addSpacing(12)
        self.whom = ComboBox(parent=self)
        self.save = Button(_("Save access file …"), "secondary", "export", parent=self)
        self.save.clicked.connect(self._on_save_clicked)
        field = LabeledField(_("About"), self.whom, parent=self)
        field.setFixedWidth(320)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(field)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.body.addLayout(row)
        self.progress = ProgressLine(self)
        self.body.addWidget(self.progress)
        self._told = Prose("", self, px=13)
        self._told.set_live()
        self.body.addSpacing(4)
        self.body.addWidget(self._told)
        self.tell("")

    def show_people(self, practice: str, people: Sequence[tuple[int, str]]) -> None:
        """Offer the whole practice and each of its people."""
        self.whom.clear()
        self.whom.addItem(practice, 0)
        for number, name in people:
            self.whom.addItem(name, number)

    def tell(self, sentence: str, *, failed: bool = False) -> None:
        """Say what came of it; an empty sentence takes it away."""
        self._told.set_tone("red" if failed else "green")
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def told(self) -> str:
        """Return what is said."""
        return self._told.text()

    def set_busy(self, busy: bool) -> None:
        """Let nobody ask twice."""
        self.save.setEnabled(not busy)
        self.whom.setEnabled(not busy)

    def _on_save_clicked(self) -> None:
        self.export_requested.emit(int(self.whom.currentData() or 0))

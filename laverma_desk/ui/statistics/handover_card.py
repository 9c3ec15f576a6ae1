"""What follows from the figures: the files for tax adviser and auditor, and the desk's own check."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label


class HandoverCard(Card):
    """Three buttons. Emits `handover_wanted("datev" or "gdpdu")` and `audit_wanted`."""

    handover_wanted = Signal(str)
    audit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(90)
        self.body.setContentsMargins(17, 9, 17, 17)
        self.body.setSpacing(8)
        self.datev = Button(_("DATEV for the tax adviser"), small=True, icon="export", parent=self)
        self.gdpdu = Button(_("Data for a tax audit (Z3)"), small=True, icon="export", parent=self)
        self.audit = Button(_("Audit"), small=True, icon="shield-valid", parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.datev, self.gdpdu, self.audit):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addWidget(Label(_("Handover and audit"), self, weight=600, line=24))
        self.body.addLayout(row)
        self.datev.clicked.connect(self._on_datev_clicked)
        self.gdpdu.clicked.connect(self._on_gdpdu_clicked)
        self.audit.clicked.connect(self.audit_wanted)

    def _on_datev_clicked(self) -> None:
        self.handover_wanted.emit("datev")

    def _on_gdpdu_clicked(self) -> None:
        self.handover_wanted.emit("gdpdu")

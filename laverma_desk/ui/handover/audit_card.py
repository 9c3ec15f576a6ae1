"""The card for a tax audit: which days, what it is, and the export."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.handover.export_part import ExportPart
from laverma_desk.ui.handover.period_field import PeriodField
from laverma_desk.ui.history.periods import of_audit
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label


class AuditCard(Card):
    """Its parts are `period` and `foot`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16)
        self.period = PeriodField(of_audit, self)
        self.foot = ExportPart("secondary", _("Export for a tax audit"), self)
        lead = _(
            "Customers, invoices with their lines, payments, reminders, sessions and the log of changes as "
            "tables with the description that audit programs import (Z3). Of notes only what an invoice "
            "prints goes along."
        )
        row = QHBoxLayout()
        row.addWidget(self.period)
        row.addStretch(1)
        self.body.addWidget(Label(_("Data for a tax audit (Z3)"), self, px=16, weight=600, line=24))
        self.body.addSpacing(4)
        self.body.addWidget(Prose(lead, self, px=13, tone="muted"))
        self.body.addSpacing(16)
        self.body.addLayout(row)
        self.body.addSpacing(16)
        self.body.addWidget(self.foot)

"""The card for the tax adviser: which days, what goes along, what it will be, and the export."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.handover.export_part import ExportPart
from laverma_desk.ui.handover.period_field import PeriodField
from laverma_desk.ui.handover.preview_list import PreviewList
from laverma_desk.ui.history.periods import of_bookkeeping
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.card import Card, Divider
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.label import Label


class DatevCard(Card):
    """Emits `wish_changed` when somebody wants other days or something else to go along."""

    wish_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16)
        self.period = PeriodField(of_bookkeeping, self)
        self.payments = CheckBox(_("Payments"), self, gap=8)
        self.masters = CheckBox(_("Master data of the debtors"), self, gap=8)
        self.masters.setChecked(True)
        self.preview = PreviewList(self)
        self.foot = ExportPart("primary", _("Export for the tax adviser"), self)
        lead = _(
            "Invoices and their cancellations as postings that DATEV reads, a file for each fiscal year. "
            "Neither notes nor names of patients go along."
        )
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.period)
        row.addWidget(self.payments)
        row.addWidget(self.masters)
        row.addStretch(1)
        self.body.addWidget(Label(_("DATEV for the tax adviser"), self, px=16, weight=600, line=24))
        self.body.addSpacing(4)
        self.body.addWidget(Prose(lead, self, px=13, tone="muted"))
        self.body.addSpacing(16)
        self.body.addLayout(row)
        self.body.addSpacing(16)
        self.body.addWidget(Divider(self))
        self.body.addSpacing(12)
        self.body.addWidget(self.preview)
        self.body.addSpacing(16)
        self.body.addWidget(self.foot)
        self.period.period_chosen.connect(self.wish_changed)
        self.payments.clicked.connect(self._on_box_clicked)
        self.masters.clicked.connect(self._on_box_clicked)

    def days(self) -> tuple[date, date]:
        """Return the first and the last day that are wanted."""
        return self.period.days()

    def _on_box_clicked(self) -> None:
        self.wish_changed.emit()

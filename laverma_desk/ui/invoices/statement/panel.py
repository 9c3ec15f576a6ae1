"""The statement as it is seen: of whom, from when to when, what it comes to, and the paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.invoices.form.frame import SIDE, FormFrame
from laverma_desk.ui.invoices.form.sum_line import SumLine
from laverma_desk.ui.invoices.statement.customer_field import CustomerField
from laverma_desk.ui.report.preview import Preview
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.date_field import DateField

CUSTOMER, FIRST, LAST = "customer", "first", "last"


class StatementPanel(FormFrame):
    """Emits `period_changed` when another day is meant, `csv_wanted`, and `stepped` for the PDF."""

    period_changed = Signal()
    csv_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Save PDF"), parent, icon="download", scrolls=False)
        self.show_heading(_("Statement"), _("What was done in a period, without an invoice."))
        self.form = Form(self, widest=16_777_215)
        self.customer = CustomerField(self.form)
        self.first, self.last = DateField(self.form), DateField(self.form)
        self.form.add_row(
            (self.form.labeled(CUSTOMER, _("Customer"), self.customer), 5),
            (self.form.labeled(FIRST, _("From"), self.first), 3),
            (self.form.labeled(LAST, _("Until"), self.last), 3),
            above=0,
        )
        self.sums = SumLine(self)
        self.preview = Preview(self)
        self.csv = Button("CSV", icon="export", parent=self)
        self.csv.setAccessibleName(_("Save CSV"))
        self.ways.addWidget(self.csv)
        above = QHBoxLayout()
        above.setContentsMargins(SIDE, 0, SIDE, 12)
        above.addWidget(self.form)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(above)
        self.body.addWidget(self.sums)
        self.body.addWidget(self.preview, 1)
        self.setFocusProxy(self.customer)
        self.csv.clicked.connect(self.csv_wanted)
        for field in (self.first, self.last):
            field.day_chosen.connect(self._on_day_chosen)

    def allow_saving(self, reason: str | None) -> None:
        """Say in the tooltips why nothing can be saved; None allows it."""
        self.step.set_blocked(reason)
        self.csv.set_blocked(reason)

    def _on_day_chosen(self, _day: object) -> None:
        self.period_changed.emit()

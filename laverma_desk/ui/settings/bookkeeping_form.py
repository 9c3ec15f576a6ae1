"""What the tax adviser tells the house: numbers, accounts, and what is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from laverma_desk import text
from laverma_desk.domain.bookkeeping import LENGTHS, MONTHS, Chart
from laverma_desk.i18n import _
from laverma_desk.services.datev.settings import WayOfTaxing
from laverma_desk.ui.settings.error_line import ErrorLine
from laverma_desk.ui.settings.form import GAP, Form
from laverma_desk.ui.settings.revenue_accounts import field_of, label_of, way_of
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.text_field import TextField

_ACROSS = 2
_ANY_YEAR = 2000


class BookkeepingForm(Form):
    """Fields of `BookkeepingSettings` by their names; `revenue` has one for each way of taxing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._revenue = QGridLayout()
        self._wrong_revenue = ErrorLine(self)
        self._add_numbers()
        self._add_accounts()
        self._add_handover()

    def _add_numbers(self) -> None:
        self.add_heading(_("Numbers and chart of accounts"), above=0)
        self.add_prose(
            _("Your tax adviser knows all of this. Without the first two numbers nothing can be handed over.")
        )
        chart = ComboBox(self)
        for one in Chart:
            chart.addItem(f"SKR{one.value}", one)
        lengths = ComboBox(self)
        for digits in range(LENGTHS[0], LENGTHS[1] + 1):
            lengths.addItem(_("%(count)s digits") % {"count": digits}, digits)
        months = ComboBox(self)
        for month in range(MONTHS[0], MONTHS[1] + 1):
            months.addItem(text.month_name(date(_ANY_YEAR, month, 1)), month)
        self.add_row(
            (self.labeled("consultant", _("Tax adviser's number"), TextField(self)), 1),
            (self.labeled("client", _("Client number"), TextField(self)), 1),
            (self.labeled("chart", _("Chart of accounts"), chart), 1),
            above=8,
        )
        self.add_row(
            (self.labeled("account_length", _("Length of general accounts"), lengths), 1),
            (self.labeled("fiscal_month", _("Fiscal year begins in"), months), 1),
            (QWidget(self), 1),
        )

    def _add_accounts(self) -> None:
        self.add_heading(_("Accounts"))
        self.add_prose(_("What is left empty takes the usual account of the chart, shown in grey."))
        self.add_row(
            (self.labeled("bank", _("Bank"), TextField(self)), 1),
            (self.labeled("first_debtor", _("First debtor account"), TextField(self)), 1),
            above=8,
        )
        self._revenue.setContentsMargins(0, GAP, 0, 0)
        self._revenue.setHorizontalSpacing(GAP)
        self._revenue.setVerticalSpacing(GAP)
        for side in range(_ACROSS):
            self._revenue.setColumnStretch(side, 1)
        self.column.addLayout(self._revenue)
        self.column.addWidget(self._wrong_revenue)

    def _add_handover(self) -> None:
        self.add_heading(_("What is handed over"))
        self.add_box(
            "payments",
            _("Hand over payments as well"),
            _("Only where the tax adviser does not book the bank statements: else they are booked twice."),
        )
        self.add_box(
            "service_dates",
            _("State the day of the service"),
            _("By it VAT has its period. Left out where VAT is owed on receipt of payment."),
        )
        self.add_box(
            "committed",
            _("Hand over as committed (Festschreibung)"),
            _("The tax adviser can then correct nothing in these postings."),
        )

    def show_ways(self, ways: Sequence[WayOfTaxing]) -> None:
        """Have a field for each way of taxing, in this order; those of other ways are emptied and hidden."""
        wanted = [field_of(one) for one in ways]
        for name, field in self._labeled.items():
            if way_of(name) is not None and name not in wanted:
                self._revenue.removeWidget(field)
                field.hide()
                self.show_field(name, "")
        for place, (name, way) in enumerate(zip(wanted, ways, strict=True)):
            if name not in self._labeled:
                self.labeled(name, label_of(way), TextField(self))
                self._lines[name] = self._wrong_revenue
            field = self._labeled[name]
            field.show()
            self._revenue.addWidget(field, place // _ACROSS, place % _ACROSS, Qt.AlignmentFlag.AlignTop)

    def show_usual(self, name: str, account: int | None) -> None:
        """Show in an empty field which account counts, or that there is no usual one."""
        field = self.field(name)
        if isinstance(field, TextField):
            field.setPlaceholderText(str(account) if account is not None else _("no usual one"))

"""The terms of a draft: its date, when it is due, as what it is sent, and the words at its head."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import InvoiceDraft
from laverma_desk.i18n import _
from laverma_desk.services import checks
from laverma_desk.services.invoicing.drafts import DraftChange
from laverma_desk.ui.customers.words import invoice_format
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField

ISSUED_ON, DAYS, FORMAT, INTRODUCTION, REPORTS = (
    "issued_on", "payment_days", "format", "introduction", "attach_reports",
)  # fmt: skip
_LONGEST_DAYS = 365


class TermsForm(Form):
    """Empty fields follow the customer's record and the day of issuing; `show_usual` says what that is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=16_777_215)
        self.day = DateField(self, placeholder=_("when it is issued"))
        self.days = TextField(self, trailing=_("days"))
        self.format = ComboBox(self, name=_("Sent as"))
        for one in (InvoiceFormat.HOUSE, InvoiceFormat.PDF, InvoiceFormat.ZUGFERD, InvoiceFormat.XRECHNUNG):
            self.format.addItem(invoice_format(one), one)
        self.introduction = TextArea(self)
        self.introduction.setAccessibleName(_("Introduction"))
        self.introduction.setFixedHeight(86)
        self.reports = CheckBox(_("Attach the reports of the sessions"), self)
        self.add_row(
            (self.labeled(ISSUED_ON, _("Invoice date"), self.day), 4),
            (self.labeled(DAYS, _("Payable within"), self.days), 3),
            (self.labeled(FORMAT, _("Sent as"), self.format), 5),
            above=0,
        )
        self.add_row((self.labeled(INTRODUCTION, _("Introduction"), self.introduction), 1), above=12)
        self.column.addSpacing(12)
        self.take(REPORTS, self.reports)
        self.column.addWidget(self.reports)

    def show_draft(self, draft: InvoiceDraft) -> None:
        """Show what the draft holds, without a signal."""
        self.clear_errors()
        self.show_values(shown_terms(draft))

    def show_usual(self, payment_days: int, format_: InvoiceFormat, introduction: str) -> None:
        """Say what counts where a field is empty."""
        self.days.setPlaceholderText(text.number(payment_days))
        self.format.setItemText(
            0, _("as agreed: %(format)s") % {"format": invoice_format(format_).partition(",")[0]}
        )
        self.introduction.set_placeholder(introduction)

    def change(self) -> DraftChange:
        """Return what is typed. Raises RuleBroken at the field that is wrong."""
        day = self.value(ISSUED_ON)
        if day and not isinstance(day, date):
            raise RuleBroken(Rule.DATE_INVALID, field=ISSUED_ON, value=str(day))
        typed = self.text(DAYS).strip()
        return DraftChange(
            issued_on=day if isinstance(day, date) else None,
            payment_days=checks.whole_number(typed, DAYS, 0, _LONGEST_DAYS) if typed else None,
            introduction=self.text(INTRODUCTION).strip(),
            format=InvoiceFormat(str(self.value(FORMAT))),
            attach_reports=bool(self.value(REPORTS)),
        )


def shown_terms(draft: InvoiceDraft) -> dict[str, object]:
    """Return the terms of a draft as the fields show them."""
    return {
        ISSUED_ON: draft.issued_on or "",
        DAYS: "" if draft.payment_days is None else str(draft.payment_days),
        FORMAT: draft.format,
        INTRODUCTION: draft.introduction,
        REPORTS: draft.attach_reports,
    }

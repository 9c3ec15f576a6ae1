"""A person of the practice: how to reach them, and what they get."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers import words
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.customers.choice_field import choice_field
from laverma_desk.ui.customers.sure_button import SureButton
from laverma_desk.ui.widgets.check_box import CheckBox


class ContactForm(CardForm):
    """The fields of a contact. The button at the right takes a known one out of the record."""

    def __init__(self, parent: QWidget | None = None, *, foot: bool = True) -> None:
        super().__init__(parent)
        self.rows(
            (self.text_field("name", _("Name")),),
            (
                self.labeled(
                    "salutation", _("Salutation"), choice_field(words.salutations(), self, _("Salutation"))
                ),
                self.text_field("role", _("Role"), placeholder=_("Reception")),
            ),
            (self.text_field("phone", _("Phone")), self.text_field("mobile", _("Mobile"))),
            (self.text_field("email", _("E-mail")),),
        )
        self.column.addSpacing(12)
        for name, label in (
            ("gets_reports", _("gets reports")),
            ("gets_invoices", _("gets invoices")),
            ("signs_agreement", _("signs the DPA")),
        ):
            box = CheckBox(label, self, px=13)
            self.take(name, box)
            self.column.addWidget(box)
            self.column.addSpacing(4)
        self.removal = SureButton(_("Remove"), _("Remove for good"), self)
        if foot:
            self.add_foot(self.removal)
        else:
            self.removal.hide()

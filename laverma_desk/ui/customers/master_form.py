"""Name, address, and what goes where."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.ui.customers import words
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.customers.choice_field import choice_field
from laverma_desk.ui.widgets.date_field import DateField


class MasterForm(CardForm):
    """The fields of the card „Stammdaten“; without a foot where it is part of a larger form."""

    def __init__(self, parent: QWidget | None = None, *, foot: bool = True) -> None:
        super().__init__(parent)
        name = self.text_field("name", _("Practice"))
        number = self.text_field("number", _("Customer number"))
        since = self.labeled("since", _("Customer since"), DateField(self))
        street = self.text_field("street", _("Street and number"))
        postcode = self.text_field("postcode", _("Postcode"))
        city = self.text_field("city", _("City"))
        country = self.text_field("country", _("Country"), placeholder=text.country("DE"))
        phone = self.text_field("phone", _("Phone"))
        report = self.text_field(
            "email_report", _("Report to"), _("Empty: the first contact who gets reports.")
        )
        invoice = self.text_field("email_invoice", _("Invoice to"))
        software = self.text_field("software", _("Software used"), placeholder=_("Synadoc, X-ray"))
        language = self.labeled(
            "language",
            _("Language of documents"),
            choice_field(words.languages(), self, _("Language of documents")),
            _("Reports and what the program words in mails."),
        )
        self.rows(
            (name,), (number, since), (street,), (postcode, city), (country, phone), (report,), (invoice,),
            (software,), (language,),
        )  # fmt: skip
        self.number = number
        if foot:
            self.add_foot()

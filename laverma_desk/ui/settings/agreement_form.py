"""The page about the house's form of agreement: the PDF, and the mail that carries it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.placeholder_row import PlaceholderRow
from laverma_desk.ui.settings.placeholder_target import PlaceholderTarget
from laverma_desk.ui.settings.template_row import TemplateRow
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField


class AgreementForm(Form):
    """The fields `subject` and `body` of the mail; `template` is the row of the PDF, stored at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_heading(_("DPA template as PDF"), above=0)
        self.template = TemplateRow(self)
        self.column.addSpacing(8)
        self.column.addWidget(self.template)
        self.add_heading(_("Mail with the template"), above=32)
        self.add_row((self.labeled("subject", _("Subject"), TextField(self)), 1), above=8)
        area = TextArea(self)
        area.setFixedHeight(246)
        self.add_row((self.labeled("body", _("Text"), area), 1))
        self.words = PlaceholderRow(
            _("Put in at the caret:"),
            {
                "salutation": _("Salutation"),
                "customer": _("Customer"),
                "supporter": _("Supporter"),
                "company": _("Company"),
                "phone": _("Phone"),
            },
            self,
        )
        PlaceholderTarget(self, self.words, ("subject", "body"))
        self.column.addSpacing(16)
        self.column.addWidget(self.words)
        self.setFocusProxy(self.template.choose)

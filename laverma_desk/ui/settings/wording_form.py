"""The house's own words around a report and on the phone."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.placeholder_row import PlaceholderRow
from laverma_desk.ui.settings.placeholder_target import PlaceholderTarget
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField


class Preview(Card):
    """A mail as the customer reads it: subject and text."""

    def __init__(self, lead: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16)
        self._subject = Label("", self, weight=600)
        self._text = Prose("", self)
        self.body.addWidget(Label(lead, self, px=13, tone="muted"))
        self.body.addSpacing(8)
        self.body.addWidget(self._subject)
        self.body.addSpacing(8)
        self.body.addWidget(self._text)

    def show_mail(self, subject: str, text: str) -> None:
        """Show a subject and a text."""
        self._subject.setText(subject)
        self._text.setText(text)
        self._text.updateGeometry()

    def subject(self) -> str:
        """Return the subject."""
        return self._subject.text()

    def text(self) -> str:
        """Return the text."""
        return self._text.text()


class WordingForm(Form):
    """The fields of `ReportTemplate` by their names; the guide has one step in each line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._add_report()
        self._add_guide()

    def _add_report(self) -> None:
        self.add_heading(_("Mail with the report"), above=0)
        self.add_row((self.labeled("subject", _("Subject"), TextField(self)), 1), above=8)
        self.add_row((self.labeled("body", _("Text"), self._area(206)), 1))
        self.report_words = PlaceholderRow(
            _("Put in at the caret what is different in each report:"),
            {
                "salutation": _("Salutation"),
                "date": _("Date"),
                "time": _("Time"),
                "duration": _("Duration"),
                "notes": _("Notes"),
                "customer": _("Customer"),
                "workstation": _("Workstation"),
                "supporter": _("Supporter"),
                "company": _("Company"),
                "number": _("Number of the session"),
            },
            self,
        )
        PlaceholderTarget(self, self.report_words, ("subject", "body"))
        self.column.addSpacing(16)
        self.column.addWidget(self.report_words)
        self.preview = Preview(_("This is how it reads, with an example:"), self)
        self.column.addSpacing(16)
        self.column.addWidget(self.preview)

    def _add_guide(self) -> None:
        self.add_heading(_("Phone guide for QuickSupport"), above=32)
        steps = self.labeled(
            "guide", _("Steps"), self._area(166), _("One line for each step, as you say it on the phone.")
        )
        link = self.labeled(
            "download_link",
            _("Link to the download"),
            TextField(self),
            _("Empty: the website of the company."),
        )
        self.add_row((steps, 1), above=8)
        self.add_row((link, 1))
        self.add_row((self.labeled("guide_subject", _("Subject of the mail"), TextField(self)), 1))
        self.add_row((self.labeled("guide_body", _("Text of the mail"), self._area(206)), 1))
        self.guide_words = PlaceholderRow(
            _("Put in at the caret:"),
            {
                "link": _("Link"),
                "guide": _("Steps"),
                "supporter": _("Supporter"),
                "company": _("Company"),
                "phone": _("Phone"),
            },
            self,
        )
        PlaceholderTarget(self, self.guide_words, ("guide", "guide_subject", "guide_body"))
        self.column.addSpacing(16)
        self.column.addWidget(self.guide_words)

    def _area(self, height: int) -> TextArea:
        area = TextArea(self)
        area.setFixedHeight(height)
        return area

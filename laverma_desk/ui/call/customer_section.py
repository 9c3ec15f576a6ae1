"""Who is on the phone, and under which agreement."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Contact, CustomerCard
from laverma_desk.domain.support_session import AgreementException
from laverma_desk.i18n import _
from laverma_desk.ui.agreement_badge import agreement_badge
from laverma_desk.ui.widgets.badge import Badge
from laverma_desk.ui.widgets.context_panel import IconRow, PanelSection
from laverma_desk.ui.widgets.label import Label


class CustomerSection(PanelSection):
    """Name, number, agreement, and how to reach the practice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._number = Label("", px=13, tone="muted")
        super().__init__(" ", self._number, parent, title_px=16)
        self._badge = Badge("", "neutral", self)
        self._exception = Label("", self, px=13, tone="amber", wrap=True)
        self.others = Label("", self, px=13, tone="amber", wrap=True)
        self.others.set_live()
        self.others.hide()
        self._phone = IconRow("phone", parent=self)
        self._contact = IconRow("user", parent=self)
        self._mail = IconRow("mail", parent=self)
        badges = QHBoxLayout()
        badges.addWidget(self._badge)
        badges.addStretch(1)
        self.body.addSpacing(8)
        self.body.addLayout(badges)
        self.body.addWidget(self._exception)
        self.body.addSpacing(4)
        self.body.addWidget(self.others)
        self.body.addSpacing(4)
        for row in (self._phone, self._contact, self._mail):
            self.body.addWidget(row)

    def show_customer(self, card: CustomerCard, exception: AgreementException | None) -> None:
        """Show a customer and, if the session rests on one, the exception with its reason."""
        self.title.setText(card.customer.name)
        self._number.setText(_("No. %(number)s") % {"number": card.customer.number})
        self._badge.show_state(*agreement_badge(card.agreement))
        self._exception.setText(_exception_words(exception) if exception else "")
        self._exception.setVisible(exception is not None)
        self._show_row(self._phone, text.phone(card.customer.phone))
        self._show_row(self._contact, _contact_words(card.first_contact))
        self._show_row(self._mail, card.customer.email_report)

    def show_others(self, sentence: str) -> None:
        """Say who else is on the phone with this practice; empty: nobody."""
        self.others.setVisible(bool(sentence))
        self.others.setText(sentence)

    def badge(self) -> Badge:
        """Return the badge of the agreement."""
        return self._badge

    def exception_words(self) -> str:
        """Return what is said about an exception."""
        return self._exception.text()

    def _show_row(self, row: IconRow, words: str) -> None:
        row.label.setText(words)
        row.setVisible(bool(words))


def _contact_words(contact: Contact | None) -> str:
    if contact is None:
        return ""
    return text.list_sentence([part for part in (contact.name, contact.role) if part])


def _exception_words(exception: AgreementException) -> str:
    return _("Exception without a DPA: %(reason)s (%(name)s, %(date)s)") % {
        "reason": exception.reason,
        "name": exception.decided_by,
        "date": text.date(local_day(exception.decided_at)),
    }

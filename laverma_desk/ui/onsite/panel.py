"""The form of a visit as it is seen: when, where, whom to ask for, and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.appointment import Appointment
from laverma_desk.i18n import _
from laverma_desk.ui.history.entry.moment_field import MomentField
from laverma_desk.ui.invoices.form.frame import FormFrame
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField

BEGIN, MINUTES, PLACE, CONTACT, PHONE, REASON = "begin", "minutes", "place", "contact", "phone", "reason"
_LENGTHS = (30, 60, 90, 120, 180, 240, 480)
_WIDEST = 720


class VisitForm(Form):
    """Begin and length, place, person and phone, reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=_WIDEST)
        self.begin = MomentField(_("Begin"), self)
        self.minutes = ComboBox(self)
        for minutes in _LENGTHS:
            self.minutes.addItem(text.duration_words(minutes * 60), minutes)
        self.place = TextField(self, placeholder=_("Street, postcode and town"))
        self.contact = TextField(self)
        self.phone = TextField(self)
        for field in (self.place, self.contact, self.phone):
            field.setMaxLength(300)
        self.reason = TextArea(self, placeholder=_("What is to be done on site?"))
        self.reason.setFixedHeight(128)
        self.add_row((self.begin, 1), (self.labeled(MINUTES, _("Duration"), self.minutes), 1), above=0)
        self.add_row((self.labeled(PLACE, _("Where"), self.place), 1), above=4)
        self.add_row(
            (self.labeled(CONTACT, _("Contact person"), self.contact), 1),
            (self.labeled(PHONE, _("Phone"), self.phone), 1),
        )
        self.add_row((self.labeled(REASON, _("Reason"), self.reason), 1))
        self.setFocusProxy(self.begin)

    def show_visit(self, one: Appointment) -> None:
        """Show a visit to be changed."""
        self.begin.show_instant(one.begin)
        self.minutes.choose(one.minutes)
        self.place.setText(one.place)
        self.contact.setText(one.contact)
        self.phone.setText(text.phone(one.phone))
        self.reason.set_text(one.reason)
        self.clear_errors()

    def show_wrong(self, field: str, sentence: str) -> None:
        """Show what is wrong at a field, and go there."""
        if field == BEGIN:
            self.begin.show_error(sentence)
            self.begin.focus_faulty()
        else:
            self.show_error(field, sentence)
            self.focus_field(field)


class VisitPanel(FormFrame):
    """Emits `open_wanted` for the calendar program, besides what every form emits."""

    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Save appointment"), parent, icon="calendar")
        self.setAccessibleName(_("On-site appointment"))
        card = Card(self, padding=16)
        card.setMaximumWidth(_WIDEST + 34)
        self.form = VisitForm(card)
        card.body.addWidget(self.form)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.open = Button(_("Open in calendar"), "ghost", "calendar", parent=self)
        self.open.clicked.connect(self.open_wanted)
        self.ways.addWidget(self.open)
        self.open.hide()
        self.setFocusProxy(self.form.begin)

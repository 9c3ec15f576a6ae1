"""The form of a new agreement: it stands beside the older ones, nothing of them is overwritten."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.settings.form import Values
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.link import Link


class RenewalForm(CardForm):
    """The fields of an `AgreementDraft`, `open_ended`, and the file beside them.

    Emits `attach_requested` and `detach_requested`.
    """

    attach_requested = Signal()
    detach_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows(
            (
                self._day_field("valid_from", _("Agreement valid from")),
                self._day_field("valid_until", _("Agreement valid until")),
            ),
        )
        self.open_ended = CheckBox(_("no end date"), self, gap=8)
        self.take("open_ended", self.open_ended)
        self.column.addSpacing(8)
        self.column.addWidget(self.open_ended)
        for row in (
            (
                self.text_field("signed_by_customer", _("Signed by customer")),
                self._day_field("signed_on", _("Signed on")),
            ),
            (
                self.text_field("signed_by_house", _("Signed by us")),
                self._day_field("signed_on_house", _("Signed on")),
            ),
            (
                self._day_field("secrecy_on", _("§ 203 StGB of")),
                self.text_field("version", _("Version")),
            ),
        ):
            self.add_row(*((field, 1) for field in row), above=12)
        reminder = self.text_field("reminder_days", _("Reminder"), trailing=_("days before"))
        self.add_row((reminder, 1), (QWidget(self), 1), above=12)
        self._name_days()
        self._add_file_line()
        self.add_foot()
        self.save.set_label(_("Enter DPA"))
        self.open_ended.toggled.connect(self._on_open_ended_toggled)

    def _day_field(self, name: str, label: str) -> LabeledField:
        return self.labeled(name, label, DateField(self))

    def _name_days(self) -> None:
        """Say to a screen reader whose day it is, which the eye sees from the row."""
        self.field("signed_on").setAccessibleName(_("Day of the customer's signature"))
        self.field("signed_on_house").setAccessibleName(_("Day of our signature"))

    def _add_file_line(self) -> None:
        self._attach = Link(_("Attach signed PDF"), self, px=13, icon="attachment")
        self._file = Label("", self, px=13, weight=500)
        self._detach = Button(_("Remove file"), "icon", "close", small=True, parent=self)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._attach)
        line.addWidget(self._file, 1)
        line.addWidget(self._detach)
        line.addStretch(0)
        self.column.addSpacing(12)
        self.column.addLayout(line)
        self._attach.clicked.connect(self.attach_requested)
        self._detach.clicked.connect(self.detach_requested)
        self.show_file("")

    def begin(self, values: Values) -> None:
        """Show the values to begin with, without errors and without a file."""
        self.show_values(values)
        self.show_file("")
        self.clear_errors()
        self.show_problem("")
        self._settle()

    def show_file(self, name: str) -> None:
        """Show the name of the attached file, or the link that attaches one."""
        had_focus = self._attach.hasFocus() or self._detach.hasFocus()
        self._file.setText(name)
        self._file.setVisible(bool(name))
        self._detach.setVisible(bool(name))
        self._attach.setVisible(not name)
        if had_focus:
            (self._detach if name else self._attach).setFocus(Qt.FocusReason.OtherFocusReason)

    def file_name(self) -> str:
        """Return the name of the attached file."""
        return self._file.text()

    def _settle(self) -> None:
        self.field("valid_until").setEnabled(not self.open_ended.isChecked())

    def _on_open_ended_toggled(self, _on: bool) -> None:
        self.show_error("valid_until", "")
        self._settle()

"""The form that ends an agreement before its time: a day and a reason."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.date_field import DateField


class EndingForm(CardForm):
    """The fields `ended_on` and `reason`; what follows is said above them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead = Prose("", self, px=13, tone="muted")
        self.column.addWidget(self._lead)
        day = self.labeled("ended_on", _("Not valid any more from"), DateField(self))
        self.add_row((day, 1), (QWidget(self), 1), above=12)
        self.add_row((self.text_field("reason", _("Reason")), 1), above=12)
        self.add_foot()
        self.save.set_label(_("End DPA"))

    def begin(self, days: str, today: date) -> None:
        """Ask about the agreement with these days."""
        self._lead.setText(
            _("DPA %(days)s: it stays on record. From that day on no remote support without a new one.")
            % {"days": days}
        )
        self.show_values({"ended_on": today, "reason": ""})
        self.clear_errors()
        self.show_problem("")

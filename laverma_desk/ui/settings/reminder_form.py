"""How the house reminds: days to pay, fees, default, base rates, and the words of the letters."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.domain.reminder import LEVELS
from laverma_desk.i18n import _
from laverma_desk.ui.settings.base_rate_list import BaseRateList
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.list_form import ListForm
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.settings.reminder_words_list import ReminderWordsList, level_names
from laverma_desk.ui.settings.rows_input import RowsInput
from laverma_desk.ui.widgets.text_field import TextField


class ReminderForm(Form):
    """Fields of `ReminderSettings`: days_1 to days_3, fee_2, fee_3, interest, lump_sum, base_rates, words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._add_levels()
        self._add_default()
        self.rates = BaseRateList(self)
        self.words = ReminderWordsList(self)
        self.add_heading(_("Base rate (§ 247 BGB)"))
        self.add_prose(
            _("The Deutsche Bundesbank announces it for 1 January and 1 July. No half-year is guessed.")
        )
        self._add_list("base_rates", self.rates)
        self.add_heading(_("Words of the letters"), above=32)
        self.add_prose(_("Letters that were issued keep the words that they have."))
        self._add_list("words", self.words)

    def _add_levels(self) -> None:
        self.add_heading(_("Days to pay and fees"), above=0)
        names = level_names()
        days = [
            (self.labeled(f"days_{one}", names[one], TextField(self), _("Days to pay")), 1) for one in LEVELS
        ]
        self.add_row(*days, above=8)
        fees = [
            (self.labeled(f"fee_{one}", _("Fee: %(letter)s") % {"letter": names[one]}, TextField(self)), 1)
            for one in LEVELS[1:]
        ]
        self.add_row((self._first_is_free(), 1), *fees)

    def _first_is_free(self) -> QWidget:
        return Prose(
            _("The first letter costs nothing. A fee contains those of the letters before it."),
            self,
            px=13,
            tone="muted",
        )

    def _add_default(self) -> None:
        self.add_heading(_("Default"))
        self.add_prose(
            _(
                "Asked from the dunning letter on, and only of those in default: 30 days after the due day,"
                " or once the days of a letter have passed."
            )
        )
        self.add_box(
            "interest",
            _("Ask default interest (§ 288 Abs. 2 BGB)"),
            _("Base rate plus 9 percentage points, exact to the day. For business customers only."),
        )
        self.add_box(
            "lump_sum",
            _("Ask the lump sum of 40 € (§ 288 Abs. 5 BGB)"),
            _("A fee counts towards it: only what it exceeds the lump sum by is asked on top."),
        )

    def _add_list(self, name: str, part: ListForm) -> None:
        part.setAccessibleName(part.list.accessibleName())
        made = RowsInput(name, part)
        made.edited.connect(self._on_input_edited)
        self._inputs[name] = made
        self.column.addSpacing(8)
        self.column.addWidget(part)

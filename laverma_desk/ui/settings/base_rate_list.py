"""The base rates of § 247 BGB, half-year by half-year."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.interest import half_year_of
from laverma_desk.i18n import _
from laverma_desk.ui.settings.entry_list import Entry
from laverma_desk.ui.settings.list_form import ListForm, Row
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.text_field import TextField

_BEYOND_A_HALF_YEAR = dt.timedelta(days=190)


class BaseRateList(ListForm):
    """Each half-year with its rate. A half-year without one is a gap: nothing is carried on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            parent, name=_("Base rates"), add=_("Another half-year"), movable=False, visible_rows=4
        )
        self.today = dt.date.max
        self.add_row(
            (self.labeled("valid_from", _("Half-year from"), DateField(self)), 200),
            (self.labeled("rate", _("Base rate in percent"), TextField(self)), 200),
            (QWidget(self), 224),
        )

    def entry_of(self, row: Row, place: int) -> Entry:  # noqa: ARG002 (rows are told apart by their day)
        """Show the half-year, its rate, and whether it is the present one."""
        day, rate = row["valid_from"], str(row["rate"]).strip()
        present = isinstance(day, dt.date) and day == half_year_of(self.today)
        return Entry(
            _half_year(day), f"{rate}{text.NBSP}%" if rate else "", _("counts today") if present else ""
        )

    def blank(self) -> Row:
        """Return the half-year after the last one, its rate still to be looked up."""
        known = [row["valid_from"] for row in self.rows()]
        last = max((day for day in known if isinstance(day, dt.date)), default=None)
        following = half_year_of(self.today if last is None else last + _BEYOND_A_HALF_YEAR)
        return {"valid_from": following, "rate": ""}

    def is_left_out(self, row: Row) -> bool:  # noqa: ARG002 (a half-year that was added is meant)
        """Leave out none."""
        return False


def _half_year(day: object) -> str:
    if not isinstance(day, dt.date):
        return _("No day yet")
    if day != half_year_of(day):
        return text.date(day)
    words = _("First half of %(year)s") if day.month == 1 else _("Second half of %(year)s")
    return words % {"year": day.year}

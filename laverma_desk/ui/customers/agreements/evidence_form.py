"""The choice of a period for the extract of the records, its progress, and the finished paper."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.progress_line import ProgressLine
from laverma_desk.ui.widgets.segmented import Segment, SegmentedControl


class EvidenceForm(CardForm):
    """The fields `first` and `last`, and three usual periods.

    Emits `paper_opened` and `copy_wanted` once a paper is there.
    """

    paper_opened = Signal()
    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date.min
        self._earliest = date.min
        parts = [
            Segment("year", _("This year")),
            Segment("before", _("Last year")),
            Segment("all", _("Everything")),
        ]
        self.period = SegmentedControl(parts, self, name=_("Period"))
        self.column.addSpacing(4)
        self.column.addWidget(self.period)
        self.add_row(
            (self.labeled("first", _("From"), DateField(self)), 1),
            (self.labeled("last", _("Until"), DateField(self)), 1),
            above=12,
        )
        self.progress = ProgressLine(self)
        self.column.addWidget(self.progress)
        self._done = QWidget(self)
        line = QHBoxLayout(self._done)
        line.setContentsMargins(0, 12, 0, 0)
        line.setSpacing(16)
        self.paper = Link("", self._done, px=13, icon="attachment")
        self.keep = Link(_("Save a copy"), self._done, px=13)
        line.addWidget(self.paper, 1)
        line.addWidget(self.keep)
        self.column.addWidget(self._done)
        self.add_foot()
        self.save.set_label(_("Create record"))
        self.discard.set_label(_("Close"))
        self.period.segment_chosen.connect(self._on_segment_chosen)
        self.paper.clicked.connect(self.paper_opened)
        self.keep.clicked.connect(self.copy_wanted)
        self._done.hide()

    def begin(self, today: date, earliest: date) -> None:
        """Offer this year; `earliest` is the first day of which anything can be on record."""
        self._today, self._earliest = today, min(earliest, today)
        self.clear_errors()
        self.show_problem("")
        self.show_paper("")
        self.period.set_current("year")
        self._on_segment_chosen("year")

    def show_paper(self, name: str) -> None:
        """Show the finished paper, or none."""
        self.paper.set_words(name)
        self._done.setVisible(bool(name))

    def show_running(self, *, running: bool) -> None:
        """Show that a paper is being made; meanwhile no other one can be asked for."""
        self.save.set_blocked(_("A record is being created.") if running else None)
        if running:
            self.show_problem("")
            self.show_paper("")
            self.progress.begin(_("Record is being created …"))
        else:
            self.progress.end()

    def _on_segment_chosen(self, key: str) -> None:
        first_of_year = self._today.replace(month=1, day=1)
        first, last = {
            "year": (first_of_year, self._today),
            "before": (first_of_year.replace(year=first_of_year.year - 1), first_of_year - timedelta(days=1)),
            "all": (self._earliest, self._today),
        }[key]
        self.show_values({"first": first, "last": last})
        self.clear_errors()

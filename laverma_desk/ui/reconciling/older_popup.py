"""Passes over what is older than a day: the first log that a house reads goes back for years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.reconciling.reason_popup import LONGEST
from laverma_desk.ui.reconciling.row_popup import RowPopup
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.text_field import TextField

_WIDE = 360


class OlderPopup(RowPopup):
    """Emits `older_taken(date, reason)` and closes; how many that are is said while the day is typed."""

    older_taken = Signal(object, str)

    def __init__(self, owner: QWidget, days: Sequence[date], proposed: date) -> None:
        super().__init__(owner)
        self._days = sorted(days)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.day = DateField(self, height=32)
        self.day.set_day(proposed)
        self.reason = TextField(self, height=32)
        self.reason.setText(_("from before our records"))
        self.reason.setMaxLength(LONGEST)
        self.count = Label("", self, px=13, tone="muted")
        self.count.set_live()
        self.go = Button(_("Skip"), small=True, parent=self)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(LabeledField(_("Skip all connections before"), self.day, parent=self))
        column.addWidget(LabeledField(_("Reason"), self.reason, parent=self))
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.go)
        column.addLayout(foot)
        self.body.addLayout(column)
        self.reason.setFixedWidth(_WIDE)
        self.day.day_chosen.connect(self._on_day_chosen)
        self.day.returnPressed.connect(self._on_accepted)
        self.reason.returnPressed.connect(self._on_accepted)
        self.go.clicked.connect(self._on_accepted)
        self._show_count()

    def open_below(self) -> None:
        """Show it with the focus on the day."""
        super().open_below()
        self.day.setFocus(Qt.FocusReason.PopupFocusReason)
        self.day.selectAll()

    def _older(self) -> int:
        day = self.day.day()
        return sum(one < day for one in self._days) if day is not None else 0

    def _show_count(self) -> None:
        count = self._older()
        words = ngettext("%(n)s connection", "%(n)s connections", count) % {"n": text.number(count)}
        self.count.setText(words)
        self.go.set_blocked(None if count else _("No open connection is older."))

    def _on_day_chosen(self, _day: date | None) -> None:
        self._show_count()

    def _on_accepted(self) -> None:
        day, reason = self.day.day(), self.reason.text().strip()
        self.day.set_invalid(day is None)
        self.reason.set_invalid(not reason)
        if day is not None and reason and self._older():
            self.close()
            self.older_taken.emit(day, reason)

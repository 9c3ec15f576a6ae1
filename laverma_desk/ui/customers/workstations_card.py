"""The machines of the practice as a table; archived ones are folded away below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _, ngettext
from laverma_desk.services.customers.customer_record import WorkstationRecord
from laverma_desk.ui import theme
from laverma_desk.ui.customers.record_card import RecordCard
from laverma_desk.ui.customers.workstation_form import WorkstationForm
from laverma_desk.ui.customers.workstation_row import EDGE, WorkstationRow, columns
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link


class _TableHead(QWidget):
    """The names of the columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(32)
        self._names = (_("Designation"), _("Partner ID"), _("Location"), _("Last session"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.subtle)
        paint.rule(painter, 0, 0, self.width(), c.border)
        paint.rule(painter, 0, 31, self.width(), c.border)
        for name, (left, wide) in zip(self._names, columns(self.width()), strict=False):
            area = QRectF(left, 0, wide - 8, 32)
            paint.text(painter, area, name, px=12, weight=500, colour=c.muted)
        painter.end()


class WorkstationsCard(RecordCard):
    """Emits `workstation_chosen(number)`, `start_requested(number)`, `edit_requested` for a new one."""

    workstation_chosen = Signal(int)
    start_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.workstation_form = WorkstationForm()
        super().__init__(_("Workstations"), self.workstation_form, parent, foot=0, side=1)
        self.set_action("plus", _("New workstation"), words=_("Workstation"))
        self.rows: list[WorkstationRow] = []
        self._records: list[WorkstationRecord] = []
        self._unsaved: frozenset[int] = frozenset()
        self._editable = self._startable = True
        self._unfolded = False
        self.head = _TableHead(self)
        self.none = Label(_("No workstation yet."), self, px=13, tone="muted", line=40)
        self.none.setContentsMargins(0, 0, 0, 0)
        self.fold = Link("", self, px=13, chevron="chevron-down")
        self._fold_row = QWidget(self)
        row = QHBoxLayout(self._fold_row)
        row.setContentsMargins(EDGE, 8, EDGE, 8)
        row.addWidget(self.fold)
        row.addStretch(1)
        inset = QHBoxLayout()
        inset.setContentsMargins(EDGE, 0, 0, 0)
        inset.addWidget(self.none)
        self.content.addWidget(self.head)
        self.content.addLayout(inset)
        self.content.addWidget(self._fold_row)
        self.fold.clicked.connect(self._on_fold_clicked)

    def show_workstations(
        self,
        records: Sequence[WorkstationRecord],
        unsaved: frozenset[int],
        *,
        editable: bool,
        startable: bool,
    ) -> None:
        """Show these machines; a session can begin at those in use where `startable`."""
        self._records, self._unsaved = list(records), unsaved
        self._editable, self._startable = editable, startable
        self.set_editable(editable)
        self._arrange()

    def fold_away(self) -> None:
        """Fold archived machines away: another customer is shown."""
        self._unfolded = False

    def chosen(self) -> int | None:
        """Return the machine whose row has the focus, else the first in use, None where there is none."""
        used = [row.record.workstation.id for row in self.rows if not row.record.workstation.archived]
        focus = self.focusWidget()
        for row in self.rows:
            if focus is not None and (row is focus or row.isAncestorOf(focus)) and focus.hasFocus():
                number = row.record.workstation.id
                return number if number in used else None
        return used[0] if used else None

    def focus_workstation(self, number: int) -> None:
        """Put the focus onto a machine's row, or onto the plus."""
        found = next((row for row in self.rows if row.record.workstation.id == number), None)
        target = found or self.action
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        archived = [one for one in self._records if one.workstation.archived]
        shown = [one for one in self._records if self._unfolded or not one.workstation.archived]
        while len(self.rows) > len(shown):
            row = self.rows.pop()
            self.content.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(shown):
            row = WorkstationRow(self)
            row.clicked.connect(self._on_row_clicked)
            row.start_requested.connect(self.start_requested)
            self.content.insertWidget(1 + len(self.rows), row)
            self.rows.append(row)
        for row, one in zip(self.rows, shown, strict=True):
            row.last = one is shown[-1] and not archived
            row.show_record(one, startable=self._startable and not one.workstation.archived)
            row.setEnabled(self._editable or self._startable)
            row.set_unsaved(one.workstation.id in self._unsaved)
        self.none.setVisible(not shown)
        count = len(archived)
        words = ngettext("%(count)d archived", "%(count)d archived", count) % {"count": count}
        self.fold.set_words(_("Hide archived") if self._unfolded else words)
        self._fold_row.setVisible(bool(archived))

    def _on_fold_clicked(self) -> None:
        self._unfolded = not self._unfolded
        self._arrange()

    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, WorkstationRow) and self._editable:
            self.workstation_chosen.emit(row.record.workstation.id)

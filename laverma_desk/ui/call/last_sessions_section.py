"""What was done for this customer lately."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.i18n import _
from laverma_desk.ui.widgets.badge import Badge
from laverma_desk.ui.widgets.card import Divider
from laverma_desk.ui.widgets.context_panel import PanelSection
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link


class LastSessionsSection(PanelSection):
    """The latest sessions, the newest first: day, time, and the first line of the notes.

    Above them, where it is so, that this machine was in trouble again and again. Both links emit
    `all_pressed`.
    """

    all_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.all = Link(_("All"), px=13)
        super().__init__(_("Last sessions"), self.all, parent)
        self.all.setToolTip(_("All sessions of this customer"))
        self.all.setAccessibleName(_("All sessions of this customer"))
        self.recurring = Link("", self, px=13)
        self.recurring.setToolTip(_("All sessions of this customer"))
        self.recurring.hide()
        self.body.addWidget(self.recurring)
        for one in (self.all, self.recurring):
            one.clicked.connect(self.all_pressed)
        self._shown: tuple[SupportSession, ...] | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)

    def show_recurring(self, words: str) -> None:
        """Say how often this machine needed help lately; empty words say nothing."""
        self.recurring.set_words(words)
        self.recurring.setVisible(bool(words))

    def show_sessions(self, sessions: Sequence[SupportSession]) -> None:
        """Show these ended sessions."""
        if tuple(sessions) == self._shown:
            return
        self._shown = tuple(sessions)
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if not sessions:
            self._list.addWidget(Label(_("First session with this customer."), self, px=13, tone="muted"))
        for place, one in enumerate(sessions):
            if place:
                self._list.addWidget(Divider(self))
            self._list.addWidget(_row(one, self, first=place == 0, last=place == len(sessions) - 1))


def _row(session: SupportSession, parent: QWidget, *, first: bool, last: bool) -> QWidget:
    row = QWidget(parent)
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 8 if not first else 6, 0, 8 if not last else 0)
    column.setSpacing(0)
    line = QHBoxLayout()
    line.setSpacing(8)
    day = Label(text.date(local_day(session.begin)), row, px=13, weight=600, line=24)
    day.setMinimumWidth(day.sizeHint().width())
    line.addWidget(day, 1)
    if not session.billable:
        # Day and duration are always whole: a long reason is the one to be cut.
        free = session.free_reason or _("free of charge")
        reason = Badge(_("not possible") if session.not_possible else free, "neutral", row)
        reason.setToolTip(reason.text())
        line.addWidget(reason)
    took = text.duration(session.charge.seconds if session.charge else 0)
    duration = Label(took, row, px=13, line=24, align="right")
    duration.setMinimumWidth(duration.sizeHint().width())
    line.addWidget(duration)
    column.addLayout(line)
    first_line = next((words for words in session.notes.splitlines() if words.strip()), "")
    if session.not_possible is not None and not first_line:
        first_line = text.not_possible_reason(session.not_possible)
    column.addWidget(Label(first_line.strip(), row, px=13, tone="muted"))
    return row

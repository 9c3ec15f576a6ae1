"""The sessions that are on a draft or could be, as a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.services.invoicing.open_sessions import OpenSession
from laverma_desk.ui.invoices.draft.words import session_aside
from laverma_desk.ui.invoices.obstacle_words import obstacle_hint

ROW = 48
ITEM, TICKED = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Tick:
    """A session that is to go onto the draft, or off it."""

    session_id: int
    ticked: bool


class SessionModel(QAbstractListModel):
    """Holds the sessions, and which of them are ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.sessions: tuple[OpenSession, ...] = ()
        self.ticked: frozenset[int] = frozenset()

    def show_sessions(self, sessions: Sequence[OpenSession], ticked: frozenset[int]) -> None:
        """Show these; the same ones in the same order are only written anew."""
        same = [one.id for one in sessions] == [one.id for one in self.sessions]
        if not same:
            self.beginResetModel()
        self.sessions, self.ticked = tuple(sessions), ticked
        if not same:
            self.endResetModel()
        elif sessions:
            self.dataChanged.emit(self.index(0), self.index(len(sessions) - 1))

    def rowCount(self, _parent: Index = _NOWHERE) -> int:
        """Return how many sessions there are."""
        return len(self.sessions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the session, its tick, or its words for a screen reader."""
        one = self.sessions[index.row()]
        if role == ITEM:
            return one
        if role == TICKED:
            return one.id in self.ticked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = _("on the draft") if one.id in self.ticked else _("not on the draft")
            parts = (text.date_time(one.begin), one.workstation_name, one.first_line, session_aside(one))
            found = (*parts, text.money(one.net_cents), *_hindrances(one), state)
            return ", ".join(part for part in found if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (one.first_line, *_hindrances(one)) if part) or None
        return None


def _hindrances(one: OpenSession) -> list[str]:
    """Return what stands in the way of a session, or asks for a look."""
    return [obstacle_hint(found, 0).sentence for found in one.obstacles]

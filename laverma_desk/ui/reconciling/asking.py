"""Asks below a row what a decision needs: which session or connection, for what reason, whose machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.services.reconciling.records import LooseSession, OpenConnection
from laverma_desk.ui.history.entry.place_finding import ChosenPlace
from laverma_desk.ui.reconciling.older_popup import OlderPopup
from laverma_desk.ui.reconciling.option_popup import Option, OptionPopup
from laverma_desk.ui.reconciling.options import connection_options, session_options
from laverma_desk.ui.reconciling.place_popup import PlacePopup
from laverma_desk.ui.reconciling.reason_popup import ReasonPopup
from laverma_desk.ui.reconciling.row_list import RowList
from laverma_desk.ui.reconciling.row_popup import RowAnchor
from laverma_desk.ui.reconciling.rows import Act
from laverma_desk.ui.surroundings import Surroundings


class Asking(QObject):
    """One question is open at a time.

    Emits `joined(OpenConnection, LooseSession)`, `ignored(OpenConnection, reason)` and
    `tied(OpenConnection, ChosenPlace, keep)`; `keep`: the machine keeps the ID it has.
    `ignored_older(date, reason)` is about all before a day.
    """

    joined = Signal(object, object)
    ignored = Signal(object, str)
    tied = Signal(object, object, bool)
    ignored_older = Signal(object, str)

    def __init__(self, surroundings: Surroundings, table: RowList, parent: QObject) -> None:
        """Be ready; nothing is asked yet."""
        super().__init__(parent)
        self._surroundings, self._table = surroundings, table
        self._anchor = RowAnchor(table.rows.viewport())
        self._places: PlacePopup | None = None
        self._connection: OpenConnection | None = None
        self._session: LooseSession | None = None
        self._sessions: dict[object, LooseSession] = {}
        self._connections: dict[object, OpenConnection] = {}
        self.popup: OptionPopup | ReasonPopup | PlacePopup | OlderPopup | None = None

    def ask_for_session(self, one: OpenConnection, found: Sequence[LooseSession]) -> None:
        """Ask to which of these sessions a connection belongs."""
        self._connection, self._session = one, None
        self._sessions = {session.session_id: session for session in found}
        nothing = _("There is no session near this connection.")
        self._offer(_("Belongs to the session"), session_options(found), nothing)

    def ask_for_connection(self, one: LooseSession, found: Sequence[OpenConnection]) -> None:
        """Ask which of these connections a session had."""
        self._connection, self._session = None, one
        self._connections = {connection.ids: connection for connection in found}
        nothing = _("There is no open connection near this session.")
        self._offer(_("Belongs to the connection"), connection_options(found), nothing)

    def ask_for_reason(self, one: OpenConnection) -> None:
        """Ask why a connection is passed over."""
        self._connection = one
        self.popup = popup = ReasonPopup(self._owner(Act.IGNORE))
        popup.reason_taken.connect(self._on_reason_taken)
        popup.open_below()

    def ask_for_place(self, one: OpenConnection) -> None:
        """Ask to which machine the partner ID of a connection belongs."""
        self._connection = one
        owner = self._owner(Act.TIE)
        if self._places is None:
            self._places = PlacePopup(owner, self._surroundings)
            self._places.place_taken.connect(self._on_place_taken)
        self.popup = self._places
        self._places.open_for(one.partner_id, one.partner_name)

    def ask_for_day(self, days: Sequence[date], proposed: date) -> None:
        """Ask from which day on open connections are of interest; `days` are those of all of them."""
        self.popup = popup = OlderPopup(self._owner(Act.IGNORE_OLDER), days, proposed)
        popup.older_taken.connect(self.ignored_older)
        popup.open_below()

    def _owner(self, act: Act) -> QWidget:
        return self._anchor.lie_over(self._table.area_of(act))

    def _offer(self, title: str, options: Sequence[Option], nothing: str) -> None:
        self.popup = popup = OptionPopup(self._owner(Act.JOIN), title, options, nothing)
        popup.option_taken.connect(self._on_option_taken)
        popup.open_below()

    def _on_option_taken(self, option: Option) -> None:
        connection = self._connection or self._connections.get(option.key)
        session = self._session or self._sessions.get(option.key)
        if connection is not None and session is not None:
            self.joined.emit(connection, session)

    def _on_reason_taken(self, reason: str) -> None:
        if self._connection is not None:
            self.ignored.emit(self._connection, reason)

    def _on_place_taken(self, place: ChosenPlace, keep: bool) -> None:
        if self._connection is not None:
            self.tied.emit(self._connection, place, keep)

"""What happens when somebody else corrected the same session meanwhile: both versions, and a choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.edition import Clash, Side, Writer, clashes, settled
from laverma_desk.i18n import _
from laverma_desk.services import corrections
from laverma_desk.services.calls.timekeeping import session_history
from laverma_desk.services.corrections import Correctable, SessionEntry, entry_of
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import House
from laverma_desk.text.session_log import field_name, value_words
from laverma_desk.ui.history.entry import filling
from laverma_desk.ui.meeting_versions import MeetingVersions

_BILLING = "billing"
_TEXTS = frozenset({"notes", "internal_note", "requested_by"})
_LOGGED = {"workstation_id": "partner", "supporter_id": "supporter", _BILLING: "billable"}


class Settled(NamedTuple):
    """What is to be written over a session, and over which version of it."""

    entry: SessionEntry
    over: Correctable


class EntryVersions(QObject):
    """Emits `settled(Settled)` once it is clear what is to be written; until then nothing is."""

    settled = Signal(object)

    def __init__(self, desk: Desk, over: QWidget, parent: QObject) -> None:
        """Ask over the form."""
        super().__init__(parent)
        self._desk = desk
        self.meeting = MeetingVersions(over, self)
        self.meeting.decided.connect(self._on_meeting_decided)
        self._own: SessionEntry | None = None
        self._fresh: Correctable | None = None
        self._found: tuple[Clash, ...] = ()

    def meet(self, begun: Correctable, own: SessionEntry, place: str, house: House | None) -> None:
        """Compare what is typed with what is kept by now; `place` names the machine that is chosen.

        Raises RuleBroken SESSION_BILLED, SESSION_NOT_ENDED where nothing can be corrected any more.
        """
        fresh = corrections.read_correctable(self._desk, begun.session.id)
        seen, theirs = _fields(entry_of(begun.session)), _fields(entry_of(fresh.session))
        self._own, self._fresh = own, fresh
        self._found = clashes(seen, _fields(own), theirs)
        if theirs == seen or not self._found:
            self.settled.emit(Settled(own, fresh))
            return
        lines = session_history(self._desk, begun.session.id)
        writer = Writer(lines[-1].who, lines[-1].at) if lines else Writer()
        words = _Words(begun, fresh, place, house)
        self.meeting.ask(self._found, writer, words.label_of, words.words_of)

    def _on_meeting_decided(self, sides: dict[str, Side]) -> None:
        if self._own is not None and self._fresh is not None:
            values = settled(_fields(self._own), self._found, sides)
            self.settled.emit(Settled(_entry(self._own, values), self._fresh))


def _fields(entry: SessionEntry) -> dict[str, object]:
    """Return the fields of an entry as one decides about them: whether it is billed goes with the reason."""
    values = dict(vars(entry))
    values[_BILLING] = (values.pop("billable"), values.pop("free_reason_id"))
    return values


def _entry(own: SessionEntry, values: dict[str, object]) -> SessionEntry:
    rest: dict[str, Any] = {name: value for name, value in values.items() if name != _BILLING}
    billing: Any = values[_BILLING]
    return replace(own, **rest, billable=billing[0], free_reason_id=billing[1])


class _Words:
    """The fields in the words of the session's log."""

    def __init__(self, begun: Correctable, fresh: Correctable, place: str, house: House | None) -> None:
        self._sessions, self._place, self._house = (begun.session, fresh.session), place, house

    def label_of(self, name: str) -> str:
        return field_name(_LOGGED.get(name, name))

    def words_of(self, name: str, value: object) -> str:
        if name == "workstation_id":
            return next((one.partner for one in self._sessions if one.workstation_id == value), self._place)
        if name == "supporter_id":
            people = {one.supporter_id: one.supporter_name for one in self._sessions}
            people |= {one.id: one.name for one in (self._house.supporters if self._house else ())}
            return people.get(value, "") if isinstance(value, int) else ""
        if isinstance(value, tuple):
            return self._billing(*value)
        if name in _TEXTS or not value:
            return str(value or "")
        logged = value.isoformat() if isinstance(value, datetime) else str(value)
        return value_words(name, logged, whole=True)

    def _billing(self, billable: bool, reason_id: int | None) -> str:
        if billable:
            return _("billed")
        reasons = (filling.reason_name(self._house, one, reason_id) for one in self._sessions)
        reason = next((one for one in reasons if one), "")
        return _("free of charge, %(reason)s") % {"reason": reason} if reason else _("free of charge")

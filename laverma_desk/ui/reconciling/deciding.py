"""Carries out what is decided in a row, and takes it back for as long as the page is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.changes import Done
from laverma_desk.services.corrections import overlaps
from laverma_desk.services.reconciling import deciding, tying
from laverma_desk.services.reconciling.choosing import candidates, connections_near
from laverma_desk.services.reconciling.records import (
    IgnoredConnection,
    LooseSession,
    MatchedGroup,
    OpenConnection,
)
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.history.entry.place_finding import ChosenPlace
from laverma_desk.ui.history.entry.words import overlap_sentence
from laverma_desk.ui.reconciling.asking import Asking
from laverma_desk.ui.reconciling.content import Content, Subject
from laverma_desk.ui.reconciling.decisions import Decision, Verdict
from laverma_desk.ui.reconciling.panel import ReconcilingPanel
from laverma_desk.ui.reconciling.rows import Act
from laverma_desk.ui.reconciling.words import id_words
from laverma_desk.ui.surroundings import Surroundings

T = TypeVar("T")
Work = Callable[[], Done[Any]]


@dataclass(frozen=True)
class _Undo:
    """How something is taken back; `decision` is the number of its row, 0 where it has none."""

    work: Work
    decision: int = 0
    stays: str = ""


class Deciding(QObject):
    """Acts on what a row stands for. Emits `decided` when the rows are to be shown anew."""

    decided = Signal()

    def __init__(
        self, surroundings: Surroundings, panel: ReconcilingPanel, content: Content, parent: QObject
    ) -> None:
        """Be ready; nothing is decided yet."""
        super().__init__(parent)
        self._desk, self._bus = surroundings.desk, surroundings.bus
        self._panel, self._content = panel, content
        self._undos: list[_Undo] = []
        self.asking = Asking(surroundings, panel.table, self)
        self.asking.joined.connect(self._on_joined)
        self.asking.ignored.connect(self._on_ignored)
        self.asking.tied.connect(self._on_tied)
        self.asking.ignored_older.connect(self._on_ignored_older)
        panel.notice.link_activated.connect(self.take_back_latest)

    def act(self, act: Act, subject: Subject) -> None:
        """Do what was chosen for a row."""
        self._panel.tell("")
        if isinstance(subject, OpenConnection):
            self._act_on_connection(act, subject)
        elif isinstance(subject, LooseSession):
            self._act_on_session(act, subject)
        elif isinstance(subject, Decision):
            self._take_back_decision(subject)
        elif isinstance(subject, MatchedGroup) and act is Act.CONFIRM:
            self._confirm(subject)
        elif isinstance(subject, MatchedGroup) and act is Act.SEPARATE:
            self._separate(subject.ids)
        else:
            self._reopen(subject)

    def ask_for_older(self) -> None:
        """Ask which of the open connections are too old to be of interest."""
        self._panel.tell("")
        days = [local_day(one.begin) for one in self._content.open_connections()]
        self.asking.ask_for_day(days, local_day(self._desk.clock.now()).replace(day=1))

    def take_back_latest(self) -> None:
        """Take back what was decided last on this page, then what was before it."""
        if self._undos:
            self._undo(self._undos[-1])

    def forget(self) -> None:
        """Let everything stand that was decided."""
        self._undos.clear()
        self._content.decisions.clear()

    # --- what a row offers

    def _act_on_connection(self, act: Act, one: OpenConnection) -> None:
        if act is Act.MAKE:
            self._make(one)
        elif act is Act.TIE:
            self.asking.ask_for_place(one)
        elif act is Act.IGNORE:
            self.asking.ask_for_reason(one)
        elif act is Act.SEPARATE:
            self._separate(one.ids)
        else:
            found = self._read(partial(candidates, self._desk, one.ids))
            if found is not None:
                self.asking.ask_for_session(one, found)

    def _act_on_session(self, act: Act, one: LooseSession) -> None:
        if act is Act.TELEPHONE:
            self._telephone(one)
            return
        found = self._read(partial(connections_near, self._desk, one.session_id))
        if found is not None:
            self.asking.ask_for_connection(one, found)

    def _make(self, one: OpenConnection) -> None:
        done = self._do(partial(deciding.make_session, self._desk, one.ids), _("Session created."))
        if done is None:
            return
        number = done.value.number
        said = _("Session %(number)s, its notes are still empty") % {"number": number}
        self._keep(self._content.decisions.of_connection(Verdict.MADE, one, said), one.ids, stays=number)
        self._say_what_ran_meanwhile(done.value)

    def _say_what_ran_meanwhile(self, made: SupportSession) -> None:
        """Point out sessions of the same machine at the same time: that time would be charged twice."""
        end = made.end or made.begin
        found = self._read(partial(overlaps, self._desk, made.supporter_id, made.begin, end, made.id)) or []
        alike = [other for other in found if other.workstation_id == made.workstation_id]
        if alike:
            day = local_day(made.begin)
            sentences = [overlap_sentence(other, day) for other in alike]
            self._panel.tell(" ".join(sentences), tone="amber", icon="warning")

    def _on_joined(self, one: OpenConnection, session: LooseSession) -> None:
        work = partial(deciding.join_session, self._desk, one.ids, session.session_id)
        if self._do(work, _("Assigned.")) is None:
            return
        said = _("to session %(number)s, %(time)s") % {
            "number": session.number,
            "time": text.date_time(session.begin),
        }
        self._keep(self._content.decisions.of_connection(Verdict.JOINED, one, said), one.ids)

    def _on_ignored(self, one: OpenConnection, reason: str) -> None:
        if self._do(partial(deciding.ignore, self._desk, one.ids, reason), _("Skipped.")) is not None:
            self._keep(self._content.decisions.of_connection(Verdict.IGNORED, one, reason), one.ids)

    def _on_ignored_older(self, day: date, reason: str) -> None:
        found = [one for one in self._content.open_connections() if local_day(one.begin) < day]
        ids = tuple(number for one in found for number in one.ids)
        if self._do(partial(deciding.ignore, self._desk, ids, reason), "") is None:
            return
        self._undos.append(_Undo(partial(deciding.take_back, self._desk, ids)))
        sentence = ngettext("%(n)s connection was skipped.", "%(n)s connections were skipped.", len(found))
        self._panel.tell(sentence % {"n": text.number(len(found))}, link=_("Take it back"))

    def _telephone(self, one: LooseSession) -> None:
        work = partial(deciding.telephone_only, self._desk, one.session_id)
        if self._do(work, _("By telephone only.")) is None:
            return
        decision = self._content.decisions.of_session(one, _("needs no connection"))
        back = partial(deciding.not_telephone_only, self._desk, one.session_id)
        self._undos.append(_Undo(back, decision.number))
        self.decided.emit()

    def _confirm(self, one: MatchedGroup) -> None:
        if self._do(partial(deciding.confirm, self._desk, one.ids), _("Confirmed.")) is None:
            return
        decision = self._content.decisions.of_group(one)
        self._undos.append(_Undo(partial(deciding.unconfirm, self._desk, one.ids), decision.number))
        self.decided.emit()

    def _separate(self, ids: tuple[int, ...]) -> None:
        if self._do(partial(deciding.separate, self._desk, ids), _("Separated.")) is None:
            return
        self._undos.append(_Undo(partial(deciding.join_again, self._desk, ids)))
        self._panel.tell(_("Separated: what was joined is open by itself."), link=_("Take it back"))

    def _on_tied(self, one: OpenConnection, place: ChosenPlace, keep: bool) -> None:
        work = partial(tying.tie_workstation, self._desk, one.ids, place.workstation_id, keep_current=keep)
        done = self._do(work, "")
        if done is None:
            return
        self._undos.append(_Undo(partial(tying.untie_workstation, self._desk, done.value)))
        sentence = _("%(id)s belongs to %(machine)s now.") % {
            "id": id_words(one.partner_id),
            "machine": place.words,
        }
        self._panel.tell(f"{sentence} {_matched_words(done.value.matched)}".strip(), link=_("Take it back"))

    def _reopen(self, subject: MatchedGroup | IgnoredConnection) -> None:
        if self._do(partial(deciding.take_back, self._desk, subject.ids), _("Taken back.")) is None:
            return
        if isinstance(subject, MatchedGroup):
            self._say_that_it_stays(subject.session.number)

    # --- back again

    def _keep(self, decision: Decision, ids: tuple[int, ...], *, stays: str = "") -> None:
        back = partial(deciding.take_back, self._desk, ids)
        self._undos.append(_Undo(back, decision.number, stays))
        self.decided.emit()

    def _take_back_decision(self, decision: Decision) -> None:
        found = next((one for one in self._undos if one.decision == decision.number), None)
        if found is not None:
            self._undo(found)

    def _undo(self, undo: _Undo) -> None:
        self._panel.tell("")
        self._undos.remove(undo)
        if self._do(undo.work, _("Taken back.")) is None:
            return
        self._content.decisions.forget(undo.decision)
        if undo.stays:
            self._say_that_it_stays(undo.stays)
        self.decided.emit()

    def _say_that_it_stays(self, number: str) -> None:
        sentence = _("The connection is open again. Session %(number)s stays in the history.")
        self._panel.tell(sentence % {"number": number}, tone="amber", icon="info")

    # --- the desk

    def _do(self, work: Callable[[], Done[T]], said: str) -> Done[T] | None:
        """Write, say so aloud and tell everybody; where it is refused, say why and return None."""
        done = self._read(work)
        if done is not None:
            if said:
                announce(self._panel.table.rows, said)
            self._bus.publish(done)
        return done

    def _read(self, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except DeskError as error:
            self._panel.tell(explain(error), tone="red", icon="warning")
            return None


def _matched_words(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(n)s connection has found its session.", "%(n)s connections have found their session.", count
    ) % {"n": text.number(count)}

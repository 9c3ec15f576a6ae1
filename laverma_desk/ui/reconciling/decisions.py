"""What was decided since the page was opened: it stays in sight, so that each can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from laverma_desk.services.reconciling.records import LooseSession, MatchedGroup, OpenConnection
from laverma_desk.ui.look import Look
from laverma_desk.ui.reconciling.rows import Section
from laverma_desk.ui.reconciling.words import below_joined, machine_words, place_look


class Verdict(Enum):
    """What somebody made of a connection, or of a session without one."""

    MADE = auto()
    JOINED = auto()
    CONFIRMED = auto()
    IGNORED = auto()
    TELEPHONE = auto()


_SECTIONS = {
    Verdict.MADE: Section.MATCHED,
    Verdict.JOINED: Section.MATCHED,
    Verdict.CONFIRMED: Section.MATCHED,
    Verdict.IGNORED: Section.IGNORED,
    Verdict.TELEPHONE: Section.LOOSE,
}


@dataclass(frozen=True)
class Decision:
    """A decision with what stood in its row: `ids` are connections, or `session_id` a session alone."""

    number: int
    verdict: Verdict
    said: str
    ids: tuple[int, ...]
    session_id: int
    begin: datetime
    end: datetime | None
    seconds: int
    partner_id: str
    place: Look

    @property
    def section(self) -> Section:
        """Return the group in which it stands now."""
        return _SECTIONS[self.verdict]


class Decisions:
    """The decisions of a visit, the latest last."""

    def __init__(self) -> None:
        """Begin without any."""
        self._held: dict[int, Decision] = {}
        self._latest = 0

    def of_connection(self, verdict: Verdict, one: OpenConnection, said: str) -> Decision:
        """Keep what was decided about a connection."""
        return self._keep(verdict, one, said, place_look(one), ids=one.ids)

    def of_group(self, one: MatchedGroup) -> Decision:
        """Keep that a joining was confirmed."""
        said = below_joined(one.joined, one.restart)
        place = Look(machine_words(one.session), tone="text")
        return self._keep(Verdict.CONFIRMED, one, said, place, ids=one.ids)

    def of_session(self, one: LooseSession, said: str) -> Decision:
        """Keep that a session was by telephone alone."""
        place = Look(machine_words(one), tone="text")
        return self._keep(Verdict.TELEPHONE, one, said, place, session_id=one.session_id)

    def forget(self, number: int) -> None:
        """Drop a decision that was taken back."""
        self._held.pop(number, None)

    def clear(self) -> None:
        """Begin anew."""
        self._held.clear()

    def within(self, section: Section) -> list[Decision]:
        """Return those of a group, the latest first."""
        return [one for one in reversed(self._held.values()) if one.section is section]

    def connections(self) -> frozenset[int]:
        """Return the connections that stand as decisions, so that no row shows them twice."""
        return frozenset(number for one in self._held.values() for number in one.ids)

    def sessions(self) -> frozenset[int]:
        """Return the sessions that stand as decisions themselves."""
        return frozenset(one.session_id for one in self._held.values() if one.session_id)

    def _keep(
        self,
        verdict: Verdict,
        one: OpenConnection | MatchedGroup | LooseSession,
        said: str,
        place: Look,
        *,
        ids: tuple[int, ...] = (),
        session_id: int = 0,
    ) -> Decision:
        self._latest += 1
        kept = Decision(
            self._latest,
            verdict,
            said,
            ids,
            session_id,
            one.begin,
            one.end,
            one.seconds,
            one.partner_id,
            place,
        )
        self._held[kept.number] = kept
        return kept

"""Checked sessions meet those of the desk: new ones are numbered and charged, known ones corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from laverma_desk.domain.clock import local, local_day
from laverma_desk.domain.money import charge
from laverma_desk.domain.support_session import Origin, SessionState
from laverma_desk.domain.tariff import Tariff, tariff_on
from laverma_desk.storage import bulk_sessions, house, sessions
from laverma_desk.storage.bulk_sessions import ImportedSession
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_stage import SessionStage
from laverma_desk.storage.sessions import Change
from laverma_desk.storage.vat_rates import vat_rates

_WHO = "Import"


@dataclass(frozen=True)
class StagedSession:
    """A session of the file, checked; `key` is what it is known by, `begin` is UTC."""

    key: str
    line: int
    customer_id: int
    customer_name: str
    recipient: str
    workstation_id: int
    workstation_name: str
    tool: str
    partner_id: str
    supporter_id: int
    supporter_name: str
    begin: datetime
    seconds: int
    requested_by: str
    notes: str
    billable: bool
    free_reason_id: int | None
    not_possible: str = ""

    @property
    def end(self) -> datetime:
        """Return the last instant (UTC)."""
        return self.begin + timedelta(seconds=self.seconds)


@dataclass
class SessionTally:
    """How much was added and changed; `settled`: left alone because the report waits or is out."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    settled: int = 0


class SessionWriter:
    """Takes sessions in groups: new ones are made ready beside the desk, others wait to be corrected."""

    def __init__(self, connection: Connection, now: datetime, stage: SessionStage) -> None:
        """Read prices through a connection; `now` (UTC) is when the sessions were recorded."""
        self._now = now
        self._stage = stage
        self._house = house.tariffs(connection)
        self._vat = vat_rates(connection)
        self._own = bulk_sessions.customer_tariffs(connection)
        self.tally = SessionTally()

    def take(self, connection: Connection, staged: Sequence[StagedSession]) -> list[StagedSession]:
        """Make those ready that are new, in their order, and return those that may have to be corrected."""
        known = bulk_sessions.imported(connection, [one.key for one in staged])
        new = [one for one in staged if one.key not in known]
        self._stage.add([(local(one.begin).year, self._columns(one), one.begin, one.end) for one in new])
        self.tally.added += len(new)
        different = [one for one in staged if one.key in known and self._differences(one, known[one.key])]
        self.tally.unchanged += len(staged) - len(new) - len(different)
        return different

    def correct(self, connection: Connection, staged: Sequence[StagedSession]) -> None:
        """Correct sessions that are on the desk, unless they are settled."""
        known = bulk_sessions.imported(connection, [one.key for one in staged])
        self._change(connection, [(one, known[one.key]) for one in staged])

    def _columns(self, one: StagedSession) -> dict[str, Any]:
        tariff = self._tariff(one)
        return {
            "customer_id": one.customer_id,
            "workstation_id": one.workstation_id,
            "supporter_id": one.supporter_id,
            "state": SessionState.ENDED.value,
            "begin": one.begin,
            "requested_by": one.requested_by,
            "tool": one.tool,
            "partner_id": one.partner_id,
            "notes": one.notes,
            "billable": one.billable,
            "free_reason_id": one.free_reason_id,
            "not_possible": one.not_possible,
            "recipient": one.recipient,
            "origin": Origin.IMPORT.value,
            "import_key": one.key,
            "created_at": self._now,
            "customer_name": one.customer_name,
            "workstation_name": one.workstation_name,
            "supporter_name": one.supporter_name,
            **sessions.frozen_values(tariff, charge(one.seconds, tariff)),
        }

    def _tariff(self, one: StagedSession) -> Tariff:
        own = self._own.get(one.customer_id, ())
        return tariff_on(local_day(one.begin), self._house, own, self._vat)

    def _change(self, connection: Connection, pairs: Sequence[tuple[StagedSession, ImportedSession]]) -> None:
        rows: list[dict[str, Any]] = []
        ends: list[tuple[int, datetime]] = []
        log: list[tuple[int, Change]] = []
        for one, before in pairs:
            changes = self._differences(one, before)
            if not changes:
                self.tally.unchanged += 1
            elif before.settled or before.tariff is None:
                self.tally.settled += 1
            else:
                rows.append(_corrected(one, before, before.tariff))
                log.extend((before.id, change) for change in changes)
                if before.seconds != one.seconds:
                    ends.append((before.id, one.end))
        bulk_sessions.update_sessions(connection, rows)
        bulk_sessions.move_ends(connection, ends)
        bulk_sessions.log_changes(connection, log)
        self.tally.changed += len(rows)

    def _differences(self, one: StagedSession, before: ImportedSession) -> list[Change]:
        fields = ("seconds", "requested_by", "notes", "billable", "free_reason_id")
        return [
            Change(self._now, _WHO, name, str(getattr(before, name)), str(getattr(one, name)))
            for name in fields
            if getattr(before, name) != getattr(one, name)
        ]


def _corrected(one: StagedSession, before: ImportedSession, tariff: Tariff) -> dict[str, Any]:
    """Return the columns of a corrected session; the tariff that was frozen on it still counts."""
    cost = charge(one.seconds, tariff)
    return {
        "id": before.id,
        "requested_by": one.requested_by,
        "notes": one.notes,
        "billable": one.billable,
        "free_reason_id": one.free_reason_id,
        "seconds": cost.seconds,
        "billed_seconds": cost.billed_seconds,
        "net_cents": cost.net_cents,
        "vat_cents": cost.vat_cents,
    }

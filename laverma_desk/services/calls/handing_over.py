"""Give a session to another technician, or take over one whose technician is gone; both are logged."""

from __future__ import annotations

from datetime import datetime

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.rights import Right
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.domain.timekeeping import after_restart
from laverma_desk.i18n import _
from laverma_desk.services.alone import all_there, keep, no_longer_here, rows_to_keep
from laverma_desk.services.calls.interruptions import note_on, observe, read_clocks
from laverma_desk.services.calls.session_access import refuse_billed, session_on
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import presence, sessions
from laverma_desk.storage.database import Connection
from laverma_desk.storage.mine import me
from laverma_desk.storage.presence import Colleague
from laverma_desk.storage.session_history import Change, log_change


def receivers(desk: Desk) -> list[Colleague]:
    """Return who can be given a session, who sits at an open desk first."""
    with desk.database.read() as connection:
        return sorted(_receivers(desk, connection), key=lambda one: not one.present)


def _receivers(desk: Desk, connection: Connection) -> list[Colleague]:
    """Return the others who can run a session here, by name; on a server whoever has the right."""
    found = presence.colleagues(connection)
    if not desk.database.shared:
        return found
    from laverma_desk.storage.postgresql.roles import logins_with  # noqa: PLC0415 (only whoever has a server)

    may = logins_with(connection, Right.CALLS)
    return [one for one in found if one.role in may]


def hand_over(desk: Desk, session_id: int, supporter_id: int) -> Done[SupportSession]:
    """Give a session that runs, pauses or waits for its report to another technician; its time goes on.

    Raises RuleBroken SESSION_UNKNOWN, SESSION_ENDED (nothing is left to do), SESSION_BILLED,
    SESSION_OF_ANOTHER where it is no longer this desk's to give, SUPPORTER_UNKNOWN for who is not there,
    archived, or may run no sessions at the server; OutsideTrouble as `all_there` where something of it
    waits here.
    """
    all_there(desk, session_id)
    clocks = read_clocks(desk)
    with desk.database.write() as connection:
        found = _open_on(connection, session_id)
        own = me(connection)
        if found.supporter_id == supporter_id:
            return done(found)
        if own is not None and found.supporter_id != own:
            raise RuleBroken(Rule.SESSION_OF_ANOTHER, number=found.number, name=found.supporter_name)
        receiver = next((one for one in _receivers(desk, connection) if one.id == supporter_id), None)
        if receiver is None:
            raise RuleBroken(Rule.SUPPORTER_UNKNOWN)
        observe(connection, clocks)
        running = [one for one in sessions.open_sessions(connection) if one.state is SessionState.RUNNING]
        if own is not None and not any(one.supporter_id == supporter_id for one in running):
            presence.rest_heart(connection, supporter_id, clocks.wall)
        _give(connection, found, (receiver.id, receiver.name), clocks.wall)
        given = session_on(connection, session_id)
    no_longer_here(desk, session_id)
    return done(given, Topic.SESSIONS)


def take_over(desk: Desk, session_id: int) -> Done[SupportSession]:
    """Take a session whose technician is gone; the time since that desk was last heard of becomes a gap.

    Raises RuleBroken SESSION_UNKNOWN, SESSION_ENDED, SESSION_BILLED, and SUPPORTER_UNKNOWN where the login
    belongs to nobody, or there is no server; OutsideTrouble as `all_there` where something of it waits here.
    """
    all_there(desk, session_id)
    clocks = read_clocks(desk)
    with desk.database.write() as connection:
        found = _open_on(connection, session_id)
        own = me(connection)
        if own is None:
            raise RuleBroken(Rule.SUPPORTER_UNKNOWN)
        if found.supporter_id == own:
            return done(found)
        giver = next((one for one in presence.colleagues(connection) if one.id == found.supporter_id), None)
        observe(connection, clocks)
        if giver is None or not giver.present:
            _note_absence(connection, found, giver.last_beat if giver else None, clocks.wall)
        name = house_on(connection).supporter_name
        _give(connection, found, (own, name), clocks.wall)
        taken = session_on(connection, session_id)
        rows = rows_to_keep(desk, connection, session_id)
    keep(desk, session_id, rows)
    return done(taken, Topic.SESSIONS)


def giver_of(desk: Desk, session_id: int) -> str:
    """Return who gave a session away last; empty where it is still whose it was."""
    with desk.database.read() as connection:
        return presence.last_giver(connection, session_id)


def add_notes(desk: Desk, session_id: int, notes: str, internal_note: str) -> Done[None]:
    """Write below the notes of a session what was still being typed when it changed hands.

    Lines that stand there already are left out. Raises RuleBroken SESSION_UNKNOWN, SESSION_BILLED.
    """
    with desk.database.write() as connection:
        found = session_on(connection, session_id)
        refuse_billed(found)
        heading = _("From %(name)s:") % {"name": house_on(connection).supporter_name}
        both = {
            "notes": _below(found.notes, notes, heading),
            "internal_note": _below(found.internal_note, internal_note, heading),
        }
        sessions.update_session(connection, session_id, **both)
    return done(None, Topic.SESSIONS)


def _below(stored: str, typed: str, heading: str) -> str:
    known = stored.splitlines()
    new = [line for line in typed.splitlines() if line.strip() and line not in known]
    return "\n".join([stored.rstrip(), "", heading, *new]).lstrip("\n") if new else stored


def _open_on(connection: Connection, session_id: int) -> SupportSession:
    found = session_on(connection, session_id)
    refuse_billed(found)
    if found.state is SessionState.ENDED and not found.report_open:
        raise RuleBroken(Rule.SESSION_ENDED, number=found.number)
    return found


def _note_absence(
    connection: Connection, found: SupportSession, last: datetime | None, now: datetime
) -> None:
    """Note how long nobody was at a clock that ran on, if it is long enough to ask about."""
    absence = after_restart(last, now) if last is not None else None
    if absence is not None and found.state is SessionState.RUNNING:
        note_on(connection, found, absence)


def _give(connection: Connection, found: SupportSession, to: tuple[int, str], now: datetime) -> None:
    supporter_id, name = to
    # The name of an ended session is frozen: it goes along, so that history and report say whose it is.
    frozen = {"supporter_name": name} if found.state is SessionState.ENDED else {}
    sessions.update_session(connection, found.id, supporter_id=supporter_id, **frozen)
    who = house_on(connection).supporter_name
    log_change(connection, found.id, Change(now, who, "supporter", found.supporter_name, name))

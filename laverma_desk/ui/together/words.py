"""How other technicians and their sessions are spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from laverma_desk import text
from laverma_desk.domain.support_session import SessionState, SupportSession, seconds
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.presence import OnThePhone
from laverma_desk.ui.widgets.others_row import Other


def others_of(sessions: Sequence[SupportSession], now: datetime) -> list[Other]:
    """Return the sessions of others as the strip shows them."""
    names = {one.supporter_name for one in sessions}
    return [
        Other(
            key=one.id,
            initials=text.initials(one.supporter_name),
            title=f"{call_name(one.supporter_name, names)} · {one.customer_name}",
            time_text=time_of(one, now),
            paused=one.state is SessionState.PAUSED,
            spoken=talks(one),
        )
        for one in sessions
    ]


def call_name(name: str, among: set[str]) -> str:
    """Return a first name where it says who is meant, else the whole name."""
    first = (name.split() or [""])[0]
    alike = sum((one.split() or [""])[0] == first for one in among)
    return first if alike == 1 else name


def time_of(session: SupportSession, now: datetime) -> str:
    """Return the running time of a session."""
    return text.duration(seconds(session, now))


def aside_of(session: SupportSession, now: datetime) -> str:
    """Return what a list says at the right of a session: its time, or that it is paused."""
    return _("paused") if session.state is SessionState.PAUSED else time_of(session, now)


def folded_words(count: int) -> str:
    """Return how many others are on the phone: 2 im Gespräch."""
    return ngettext("%(n)s on the phone", "%(n)s on the phone", count) % {"n": text.number(count)}


def talks(session: SupportSession) -> str:
    """Return who is on the phone with whom."""
    values = {"name": session.supporter_name, "practice": session.customer_name}
    if session.state is SessionState.PAUSED:
        return _("%(name)s has paused the session with %(practice)s") % values
    return _("%(name)s is on the phone with %(practice)s") % values


def talking_words(sessions: Sequence[SupportSession]) -> str:
    """Return that others are on the phone with one practice; empty where nobody is."""
    return "\n".join(_talks_here(one) for one in sessions)


def _talks_here(one: SupportSession) -> str:
    values = {"name": one.supporter_name, "time": text.clock_time(one.begin)}
    if one.state is SessionState.PAUSED:
        return _("%(name)s has paused a session with this practice, begun at %(time)s.") % values
    return _("%(name)s is on the phone with this practice, since %(time)s.") % values


def presence_words(one: OnThePhone) -> str:
    """Return what is known of the desk of whoever runs a session, before it is taken over."""
    values = {"name": one.session.supporter_name}
    if one.present:
        return (
            _("%(name)s is logged in. Ask first; what is still being typed there goes below the notes.")
            % values
        )
    if one.last_beat is None:
        return _("%(name)s is not logged in.") % values
    values["time"] = text.date_time(one.last_beat)
    if one.session.state is not SessionState.RUNNING:
        return _("%(name)s is not logged in, last heard of %(time)s.") % values
    return (
        _("%(name)s is not logged in, last heard of %(time)s. The time since then is asked about.") % values
    )

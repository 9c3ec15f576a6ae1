"""The sentences about a server that is away or back."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.server_news import ServerNews

_MINUTE = 60


def away_sentence(kept: list[SupportSession], obstacle: OutsideTrouble | None = None) -> str:
    """Return what is said while the server is away, by the sessions that go on or wait here.

    `obstacle` is what keeps it away: it may be there and let nobody in.
    """
    going_on = any(one.state is not SessionState.ENDED for one in kept)
    ended = sum(one.state is SessionState.ENDED for one in kept)
    if obstacle is not None and obstacle.code is not Trouble.SERVER_AWAY:
        said = _let_in_sentence(obstacle, going_on=going_on)
    elif going_on:
        said = _("The server cannot be reached. Clock and notes go on here, everything else waits.")
    else:
        said = _("The server cannot be reached. Search, history and everything else wait for it.")
    if not ended:
        return said
    reports = ngettext(
        "The clock has stopped; %(count)s report waits.",
        "The clocks have stopped; %(count)s reports wait.",
        ended,
    )
    return f"{said} {reports % {'count': text.number(ended)}}"


def _let_in_sentence(obstacle: OutsideTrouble, *, going_on: bool) -> str:
    wants = obstacle.code is Trouble.SERVER_LOGIN
    said = _("The server is back and wants the password.") if wants else explain(obstacle)
    return f"{said} {_('Clock and notes go on here.')}" if going_on else said


def back_sentence(news: ServerNews) -> str:
    """Return what is said when the server is back."""
    said = [_("The server is back.")]
    minutes = news.seconds // _MINUTE
    if minutes:
        said.append(
            ngettext(
                "%(count)s minute carried over.", "%(count)s minutes carried over.", minutes
            ) % {"count": text.number(minutes)}
        )  # fmt: skip
    elif news.sessions:
        said.append(_("What was done here is carried over."))
    if news.apart:
        said.append(_("Somebody else has gone on with a session: your notes stand below theirs."))
    if news.unwritten:
        said.append(_("What was open last was not written. Do it once more."))
    elif news.written:
        said.append(_("What was open last is written."))
    return " ".join(said)

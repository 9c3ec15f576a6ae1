"""What a desk holds, in words for window and shell alike."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.i18n import _, ngettext
from laverma_desk.storage.backup_reading import Holdings


def customers(count: int) -> str:
    """Return how many customers."""
    return ngettext("%(n)s customer", "%(n)s customers", count) % {"n": text.number(count)}


def sessions(count: int) -> str:
    """Return how many sessions."""
    return ngettext("%(n)s session", "%(n)s sessions", count) % {"n": text.number(count)}


def documents(count: int) -> str:
    """Return how many documents."""
    return ngettext("%(n)s document", "%(n)s documents", count) % {"n": text.number(count)}


def workstations(count: int) -> str:
    """Return how many workstations."""
    return ngettext("%(n)s workstation", "%(n)s workstations", count) % {"n": text.number(count)}


def mails(count: int) -> str:
    """Return how many mails."""
    return ngettext("%(n)s mail", "%(n)s mails", count) % {"n": text.number(count)}


def newest_words(holdings: Holdings) -> str:
    """Return which session is the newest."""
    if holdings.newest is None:
        return _("no session yet")
    return _("newest %(number)s, %(time)s") % {
        "number": holdings.newest.number,
        "time": text.date_time(holdings.newest.begin),
    }


def newest_session(holdings: Holdings) -> str:
    """Return number and time of the newest session, as a table shows it."""
    if holdings.newest is None:
        return "–"
    return f"{holdings.newest.number}, {text.date_time(holdings.newest.begin)}"


def holdings_words(holdings: Holdings) -> str:
    """Return in one line what a desk holds."""
    return text.list_sentence(
        [
            customers(holdings.customers),
            sessions(holdings.sessions),
            documents(holdings.documents),
            newest_words(holdings),
        ]
    )

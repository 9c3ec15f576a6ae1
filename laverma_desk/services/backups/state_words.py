"""What a desk holds, in words for window and shell alike."""

from __future__ import annotations

from collections.abc import Sequence

from laverma_desk import text
from laverma_desk.domain.number_spans import spans
from laverma_desk.i18n import _, ngettext
from laverma_desk.storage.backup_reading import Holdings

_SPANS = 12
"""How many stretches of numbers a sentence names before it only counts them."""


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


def connections(count: int) -> str:
    """Return how many logged connections."""
    words = ngettext("%(n)s logged connection", "%(n)s logged connections", count)
    return words % {"n": text.number(count)}


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


def missing_words(missing: Sequence[str] | None) -> str:
    """Return which issued documents a copy does not hold and what that means, empty where it holds all."""
    if missing is None:
        return _(
            "Nothing here tells which invoices were issued after this copy. If one of them left the house, "
            "its number would be given again: then change the number format before the next invoice "
            "(Settings, Invoice)."
        )
    if not missing:
        return ""
    listed = [
        first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
        for first, last in spans(missing)
    ]
    more = len(listed) - _SPANS
    if more > 0:
        listed[_SPANS:] = [
            ngettext("%(n)s more stretch", "%(n)s more stretches", more) % {"n": text.number(more)}
        ]
    return ngettext(
        "%(numbers)s is not in this copy. Its number is not given again, but its sessions would be open "
        "again, and payments and cancellations as they were then. It stays in today's state, which is kept.",
        "%(numbers)s are not in this copy. Their numbers are not given again, but their sessions would be "
        "open again, and payments and cancellations as they were then. They stay in today's state, which is "
        "kept.",
        len(missing),
    ) % {"numbers": text.list_sentence(listed)}

"""The sentences about copies: when the last one was made, as what each is kept, what a restore did."""

from __future__ import annotations

from datetime import datetime

from laverma_desk import text
from laverma_desk.domain.backup_rotation import Kept
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.backups.plan import News
from laverma_desk.services.backups.server_copies import ServerCopy
from laverma_desk.services.backups.stored_copies import BackupState, Occasion, StoredCopy
from laverma_desk.ui.settings.entry_list import Entry


def entry_of(copy: StoredCopy) -> Entry:
    """Return how a copy stands in the list."""
    size = text.file_size(copy.size)
    return Entry(
        text.date_time(copy.taken_at),
        aside=_("%(size)s, encrypted") % {"size": size} if copy.sealed else size,
        badge=_occasion(copy),
    )


def entry_of_server(copy: ServerCopy) -> Entry:
    """Return how a server's backup stands in the list."""
    size = text.file_size(copy.size)
    return Entry(
        text.date_time(copy.taken_at),
        aside=_("%(size)s, encrypted") % {"size": size} if copy.sealed else size,
    )


def last_of_server(copy: ServerCopy, now: datetime) -> str:
    """Return when the last backup of a server was made here, and how large it is."""
    return _("Last backup %(time)s, %(size)s") % {
        "time": text.day_and_time(copy.taken_at, now),
        "size": text.file_size(copy.size),
    }


def _occasion(copy: StoredCopy) -> str:
    if copy.occasion is Occasion.BEFORE_UPDATE:
        return _("before an update")
    if copy.occasion is Occasion.BEFORE_RESTORE:
        return _("before a restore")
    names = {Kept.DAILY: _("daily"), Kept.WEEKLY: _("weekly"), Kept.MONTHLY: _("monthly")}
    return text.list_sentence([name for kept, name in names.items() if kept in copy.kept])


def last_sentence(state: BackupState, now: datetime) -> str:
    """Return when the last copy was made, and how large it is."""
    if state.newest is None:
        return _("No backup yet.")
    return _("Last backup %(time)s, %(size)s") % {
        "time": text.day_and_time(state.newest.taken_at, now),
        "size": text.file_size(state.newest.size),
    }


def news_sentence(news: News) -> str:
    """Return what came of a restore."""
    if news.failed or news.taken_at is None:
        return _("Nothing was brought back. %(reason)s") % {"reason": _reason(news.failed)}
    said = _("Brought back: the desk as of %(time)s.") % {"time": text.date_time(news.taken_at)}
    if news.held_mails:
        held = ngettext(
            "%(n)s mail waits for a decision in the outbox.",
            "%(n)s mails wait for a decision in the outbox.",
            news.held_mails,
        ) % {"n": text.number(news.held_mails)}
        return f"{said} {held}"
    return said


def failure_sentence(reason: str) -> str:
    """Return that the copy of the day failed, and why."""
    return _("Today's backup failed. %(reason)s") % {"reason": reason}


def _reason(code: str) -> str:
    if code in set(Rule):
        return explain(RuleBroken(Rule(code)))
    if code in set(Trouble):
        return explain(OutsideTrouble(Trouble(code), file=_("of the desk"), folder=_("of the desk")))
    return _("Something unexpected happened; the data are unharmed.")

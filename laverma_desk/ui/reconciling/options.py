"""What a connection, or a session without one, can be assigned to, as the lists below a row say it."""

from __future__ import annotations

from collections.abc import Iterable

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.services.reconciling.records import LooseSession, OpenConnection
from laverma_desk.ui.reconciling import words
from laverma_desk.ui.reconciling.option_popup import Option


def session_options(found: Iterable[LooseSession]) -> list[Option]:
    """Return sessions in the order in which they were found, each with when it was and by whom."""
    return [_of_session(one) for one in found]


def _of_session(one: LooseSession) -> Option:
    day, times = words.times_of(one.begin, one.end)
    aside = one.number if one.end is not None else _("running")
    below = ", ".join((f"{day} {times}", words.below_session(one)))
    return Option(one.session_id, words.machine_words(one), below, aside)


def connection_options(found: Iterable[OpenConnection]) -> list[Option]:
    """Return connections in the order in which they were found, each with when it was and its ID."""
    return [_of_connection(one) for one in found]


def _of_connection(one: OpenConnection) -> Option:
    day, times = words.times_of(one.begin, one.end)
    spent = text.duration(one.seconds) if one.end is not None else ""
    below = ", ".join(filter(None, (f"{day} {times}", spent)))
    return Option(one.ids, words.place_look(one).words, below, words.id_words(one.partner_id))

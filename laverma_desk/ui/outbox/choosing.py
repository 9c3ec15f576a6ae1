"""Which mails of the outbox are shown, in which order, and what the filters count."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from laverma_desk.domain.folding import fold
from laverma_desk.domain.message import Failure, Message, MessageState
from laverma_desk.ui.outbox.words import SETTINGS_PAGES, Remedy, remedy_of

_ORDER = (
    MessageState.FAILED,
    MessageState.UNCLEAR,
    MessageState.SENDING,
    MessageState.WAITING,
    MessageState.HANDED_OVER,
)


class Filter(StrEnum):
    """The segments above the table."""

    ALL = "all"
    WAITING = "waiting"
    FAILED = "failed"
    SENT = "sent"


class Action(StrEnum):
    """The four buttons, in their order."""

    SEND = "send"
    READDRESS = "readdress"
    DRAFT = "draft"
    DISCARD = "discard"


_OF_FILTER = {
    Filter.ALL: frozenset(_ORDER),
    Filter.WAITING: frozenset({MessageState.WAITING, MessageState.SENDING}),
    Filter.FAILED: frozenset({MessageState.FAILED, MessageState.UNCLEAR}),
    Filter.SENT: frozenset({MessageState.HANDED_OVER}),
}


def count_in(messages: Iterable[Message], chosen: Filter) -> int:
    """Return how many mails a filter lets through."""
    return sum(one.state in _OF_FILTER[chosen] for one in messages)


def choose(messages: Iterable[Message], chosen: Filter, searched: str) -> list[Message]:
    """Return the mails of a filter that hold every searched word, sorted by state.

    What is open stands oldest first (it waits longest), what was handed over newest first.
    """
    wanted = fold(searched).split()
    kept = [
        one
        for one in messages
        if one.state in _OF_FILTER[chosen]
        and all(word in fold(f"{one.recipient} {one.subject} {one.customer_name}") for word in wanted)
    ]
    return sorted(kept, key=_place)


def _place(message: Message) -> tuple[int, float, int]:
    age = message.created_at.timestamp()
    late = message.state is MessageState.HANDED_OVER
    return _ORDER.index(message.state), -age if late else age, message.id


def filled_action(message: Message) -> Action | None:
    """Return the button that is the next step for a mail, None where nobody can say."""
    if message.state is MessageState.WAITING:
        return Action.SEND
    if message.state is not MessageState.FAILED:
        return None
    last = message.last_attempt
    remedy = remedy_of(last.failure if last and last.failure else Failure.REFUSED)
    if remedy in SETTINGS_PAGES:
        return None  # What the account lacks is mended there, and the mail then leaves by itself.
    return {Remedy.ADDRESS: Action.READDRESS, Remedy.DRAFT: Action.DRAFT}.get(remedy, Action.SEND)

"""A mail on its way out: its states, its attempts, and when the next one is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from itertools import count as count_from

TAKE_BACK_SECONDS = 10
RETRY_MINUTES = (1, 5, 10, 30)


class MessageKind(StrEnum):
    """What a mail carries."""

    REPORT = "report"
    GUIDE = "guide"
    AGREEMENT = "agreement"
    INVOICE = "invoice"
    REMINDER = "reminder"


class MessageState(StrEnum):
    """Where a mail stands. `HANDED_OVER` means accepted by our server, which is not delivered."""

    WAITING = "waiting"
    SENDING = "sending"
    HANDED_OVER = "handed_over"
    FAILED = "failed"
    UNCLEAR = "unclear"
    DISCARDED = "discarded"


UNDER_WAY = (MessageState.WAITING, MessageState.SENDING, MessageState.UNCLEAR)
"""A mail that leaves soon or may have left: its twin is refused."""

PERHAPS_RECEIVED = (MessageState.SENDING, MessageState.HANDED_OVER, MessageState.UNCLEAR)
"""A mail that is, or may be, with its recipient: what it says is not changed any more."""

NOT_YET_SENT = (MessageState.WAITING, MessageState.FAILED)
"""A mail that nobody has: it may be made anew or withdrawn."""

NOT_DONE = (MessageState.WAITING, MessageState.SENDING, MessageState.FAILED, MessageState.UNCLEAR)
"""A mail that the outbox counts."""


class Failure(StrEnum):
    """Why an attempt did not succeed; `explain/mails.py` says what to do about each."""

    ACCOUNT_MISSING = "account_missing"
    NO_NETWORK = "no_network"
    NO_ANSWER = "no_answer"
    TEMPORARY = "temporary"
    CERTIFICATE = "certificate"
    ENCRYPTION_MISSING = "encryption_missing"
    LOGIN_REFUSED = "login_refused"
    PASSWORD_MISSING = "password_missing"  # nosec B105 # noqa: S105 (a reason, not a secret)
    SENDER_REFUSED = "sender_refused"
    RECIPIENT_REFUSED = "recipient_refused"
    CONTENT_REFUSED = "content_refused"
    CONTENT_ALTERED = "content_altered"
    REFUSED = "refused"
    BROKEN_AFTER_DATA = "broken_after_data"
    INTERRUPTED = "interrupted"
    RESTORED = "restored"
    CANCELLED = "cancelled"


TEMPORARY_FAILURES = frozenset({Failure.NO_NETWORK, Failure.NO_ANSWER, Failure.TEMPORARY, Failure.CANCELLED})
UNCLEAR_FAILURES = frozenset({Failure.BROKEN_AFTER_DATA, Failure.INTERRUPTED, Failure.RESTORED})

LOGIN_FAILURES = frozenset({Failure.LOGIN_REFUSED, Failure.PASSWORD_MISSING})
"""What nothing but another login mends: with one the mail is worth another attempt."""


@dataclass(frozen=True)
class Attempt:
    """One try: when (UTC), the server's words as they came, and the failure (None: accepted)."""

    at: datetime
    answer: str
    failure: Failure | None = None


@dataclass(frozen=True)
class Attachment:
    """A file in a mail."""

    name: str
    content: bytes
    mime_type: str = "application/pdf"


@dataclass(frozen=True)
class AttachedFile:
    """What is known of a file that goes along with a mail: its name, and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True)
class Letter:
    """A mail before it becomes bytes: plain text with attachments."""

    sender: str
    sender_name: str
    recipient: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()
    bcc: str = ""


@dataclass(frozen=True)
class Message:
    """A mail in the outbox. Times are UTC; sizes in bytes.

    `further` is what goes along behind the first attachment, in its order.
    """

    id: int
    kind: MessageKind
    session_id: int | None
    customer_name: str
    supporter_name: str
    sender: str
    recipient: str
    bcc: str
    subject: str
    attachment_name: str
    attachment_size: int
    state: MessageState
    created_at: datetime
    due_at: datetime
    attempts: tuple[Attempt, ...] = ()
    sha256: str = ""
    further: tuple[AttachedFile, ...] = ()

    @property
    def attachments(self) -> tuple[AttachedFile, ...]:
        """Return all that goes along; empty where nothing does."""
        if not self.attachment_name:
            return ()
        files = (AttachedFile(self.attachment_name, self.attachment_size), *self.further)
        names = distinct_names([one.name for one in files])
        return tuple(AttachedFile(name, one.size) for name, one in zip(names, files, strict=True))

    @property
    def last_attempt(self) -> Attempt | None:
        """Return the latest attempt."""
        return self.attempts[-1] if self.attempts else None


def distinct_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of one mail's files; one that stands there already gets a count: Bericht_2.pdf.

    Two sessions of a day have reports of the same name, and two files of one name do not both survive
    being saved. Capital letters make no difference.
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        stem, dot, ending = name.rpartition(".")
        counted = (f"{stem}_{count}{dot}{ending}" if dot else f"{name}_{count}" for count in count_from(2))
        free = next(one for one in chain([name], counted) if one.casefold() not in taken)
        taken.add(free.casefold())
        found.append(free)
    return tuple(found)


def next_due(attempts_made: int, last: datetime) -> datetime:
    """Return when to try again after so many failed attempts: 1, 5, 10, then every 30 minutes."""
    step = RETRY_MINUTES[min(max(attempts_made, 1), len(RETRY_MINUTES)) - 1]
    return last + timedelta(minutes=step)


def state_after(failure: Failure | None) -> MessageState:
    """Return the state that an attempt leaves behind."""
    if failure is None:
        return MessageState.HANDED_OVER
    if failure in UNCLEAR_FAILURES:
        return MessageState.UNCLEAR
    if failure in TEMPORARY_FAILURES:
        return MessageState.WAITING
    return MessageState.FAILED

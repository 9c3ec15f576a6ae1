"""What the outbox says of a mail: its state, what came of it, and what to do next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.message import (
    RETRY_MINUTES,
    TEMPORARY_FAILURES,
    UNCLEAR_FAILURES,
    Attempt,
    Failure,
    Message,
    MessageKind,
    MessageState,
)
from laverma_desk.explain import failure_remedy, failure_sentence
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.look import Look

_ENHANCED = re.compile(r"^(\d{3}) \d\.\d+\.\d+ ")
_SPOKEN = re.compile(r"^\d{3}\b")
# Here the answer holds the system's words for what broke, in the system's language.
_SILENT = frozenset({Failure.NO_NETWORK, Failure.NO_ANSWER, Failure.BROKEN_AFTER_DATA})


class Remedy(Enum):
    """Where the link of a task row leads."""

    NONE = auto()
    ADDRESS = auto()
    ACCOUNT = auto()
    PASSWORD = auto()
    DRAFT = auto()
    SEND = auto()


SETTINGS_PAGES = {Remedy.ACCOUNT: "mail", Remedy.PASSWORD: "mail/password"}
"""Which page of the settings, and which field of it, is the way out."""


@dataclass(frozen=True)
class Task:
    """The second line of a row that waits for somebody: what happened, more of it, and the link."""

    sentence: str
    tone: str
    more: str
    link: str
    remedy: Remedy


def look_of(state: MessageState) -> Look:
    """Return how a state is shown."""
    return {
        MessageState.FAILED: Look(_("failed"), "warning", "red"),
        MessageState.UNCLEAR: Look(_("unclear"), "help", "amber"),
        MessageState.SENDING: Look(_("leaving"), "send", "text"),
        MessageState.WAITING: Look(_("waiting"), "clock", "amber"),
        MessageState.HANDED_OVER: Look(_("handed over"), "check", "green"),
        MessageState.DISCARDED: Look(_("discarded"), "close", "muted"),
    }[state]


def kind_of(message: Message) -> str:
    """Return what a mail carries, in one word."""
    return {
        MessageKind.REPORT: _("Report"),
        MessageKind.GUIDE: _("Guide"),
        MessageKind.AGREEMENT: _("DPA template"),
        MessageKind.INVOICE: _("Invoice"),
        MessageKind.REMINDER: _("Reminder letter"),
    }[message.kind]


def title_of(message: Message) -> str:
    """Return the heading of a mail's detail."""
    whom = {"customer": message.customer_name or message.recipient}
    return {
        MessageKind.REPORT: _("Report to %(customer)s"),
        MessageKind.GUIDE: _("Phone guide to %(customer)s"),
        MessageKind.AGREEMENT: _("DPA template to %(customer)s"),
        MessageKind.INVOICE: _("Invoice to %(customer)s"),
        MessageKind.REMINDER: _("Reminder letter to %(customer)s"),
    }[message.kind] % whom


def time_of(instant: datetime, now: datetime) -> str:
    """Return when a mail was made, as short as the column is: 10:35, 25.02. 15:29, or a day long ago."""
    day, today = local_day(instant), local_day(now)
    if day == today:
        return text.time(instant)
    if day.year == today.year:
        return f"{text.short_date(day)} {text.time(instant)}"
    return text.date(day)


def aside_of(message: Message) -> str:
    """Return the muted words behind a state."""
    if message.state is MessageState.SENDING:
        return _("attempt %(number)s is running") % {"number": text.number(len(message.attempts) + 1)}
    if message.state is MessageState.WAITING:
        return _wait_of(message)
    last = message.last_attempt
    if last is None:
        return ""
    if message.state is MessageState.HANDED_OVER:
        words = {"time": text.clock_time(last.at), "answer": last.answer}
        return _("%(time)s, server: %(answer)s") % words
    return _("no answer from the server") if message.state is MessageState.UNCLEAR else _short_answer(last)


def _wait_of(message: Message) -> str:
    if message.last_attempt is None:
        return _("leaves at %(time)s") % {"time": text.clock_time(message.due_at)}
    last = message.last_attempt
    reason = _("no answer") if last.failure is Failure.NO_ANSWER else _silence(last.failure)
    if _SPOKEN.match(last.answer):
        reason = _("server: %(code)s") % {"code": last.answer[:3]}
    words = {"reason": reason, "time": text.time(message.due_at)}
    return _("%(reason)s, next attempt %(time)s") % words


def _short_answer(attempt: Attempt) -> str:
    if _SPOKEN.match(attempt.answer):
        return _ENHANCED.sub(r"\1 ", attempt.answer)
    return _silence(attempt.failure)


def answer_of(attempt: Attempt) -> str:
    """Return the server's words as they came, or what stands for its silence."""
    if attempt.answer and attempt.failure not in _SILENT:
        return attempt.answer
    return _silence(attempt.failure)


def _silence(failure: Failure | None) -> str:
    words = {
        Failure.NO_NETWORK: _("no network"),
        Failure.NO_ANSWER: _("no answer from the server"),
        Failure.TEMPORARY: _("not possible just now"),
        Failure.CERTIFICATE: _("certificate not valid"),
        Failure.ENCRYPTION_MISSING: _("no secure connection"),
        Failure.LOGIN_REFUSED: _("login refused"),
        Failure.PASSWORD_MISSING: _("password missing"),
        Failure.ACCOUNT_MISSING: _("mail account missing"),
        Failure.CONTENT_ALTERED: _("altered since it was stored"),
        Failure.BROKEN_AFTER_DATA: _("no answer after the data"),
        Failure.INTERRUPTED: _("program ended while sending"),
        Failure.RESTORED: _("comes from a restored backup"),
        Failure.CANCELLED: _("called off, the program was closed"),
    }
    return words.get(failure, _("refused")) if failure else ""


def meaning_of(message: Message, place: int) -> str:
    """Return in plain words what an attempt led to; `place` counts from 0."""
    failure = message.attempts[place].failure
    if failure is None:
        return _("handed over, the server has the mail")
    if failure in UNCLEAR_FAILURES:
        return _("unclear, not sent again by itself")
    if failure not in TEMPORARY_FAILURES:
        return _("final, no further attempt")
    if place + 1 == len(message.attempts) and message.state is MessageState.FAILED:
        return _("temporary, no further attempt by itself")
    minutes = {"minutes": text.minutes(_pause_after(message.attempts, place))}
    return _("temporary, next attempt after %(minutes)s") % minutes


def _pause_after(attempts: tuple[Attempt, ...], place: int) -> int:
    """Return the minutes until the next attempt; after a final refusal the counting starts anew."""
    row = 0
    for one in attempts[: place + 1]:
        row = row + 1 if one.failure in TEMPORARY_FAILURES else 0
    return RETRY_MINUTES[min(row, len(RETRY_MINUTES)) - 1]


def state_line(message: Message) -> str:
    """Return the state with the number of attempts: fehlgeschlagen, 3 Versuche."""
    word, count = look_of(message.state).words, len(message.attempts)
    if not count:
        return word
    tries = ngettext("%(n)s attempt", "%(n)s attempts", count) % {"n": text.number(count)}
    return f"{word}, {tries}"


def task_of(message: Message) -> Task | None:
    """Return what somebody has to decide about a mail, None where nothing has to be."""
    last = message.last_attempt
    failure = (last.failure if last else None) or Failure.REFUSED
    if message.state is MessageState.UNCLEAR:
        happened = {
            Failure.INTERRUPTED: _("The program ended while sending."),
            Failure.RESTORED: _("From a restored backup."),
        }.get(failure, _("Connection lost after the data."))
        more = _("Not sent again. Ask the customer or")
        return Task(happened, "amber", more, _("send all the same"), Remedy.SEND)
    if message.state is not MessageState.FAILED:
        return None
    if failure in TEMPORARY_FAILURES:
        return Task(_silence_sentence(failure), "red", "", _("Send now"), Remedy.SEND)
    sentence = failure_sentence(failure, message.recipient)
    return Task(sentence, "red", "", failure_remedy(failure), remedy_of(failure))


def _silence_sentence(failure: Failure) -> str:
    """Return why a mail stays that the house does not want to go out later by itself."""
    if failure is Failure.NO_NETWORK:
        return _("No network. The mail was not sent.")
    return _("The mail server took nothing. The mail was not sent.")


def remedy_of(failure: Failure) -> Remedy:
    """Return where the way out of a failure begins."""
    return {
        Failure.RECIPIENT_REFUSED: Remedy.ADDRESS,
        Failure.CONTENT_REFUSED: Remedy.DRAFT,
        Failure.CONTENT_ALTERED: Remedy.DRAFT,
        Failure.ACCOUNT_MISSING: Remedy.ACCOUNT,
        Failure.CERTIFICATE: Remedy.ACCOUNT,
        Failure.ENCRYPTION_MISSING: Remedy.ACCOUNT,
        Failure.LOGIN_REFUSED: Remedy.PASSWORD,
        Failure.PASSWORD_MISSING: Remedy.PASSWORD,
        Failure.SENDER_REFUSED: Remedy.ACCOUNT,
        Failure.REFUSED: Remedy.ACCOUNT,
    }.get(failure, Remedy.NONE)

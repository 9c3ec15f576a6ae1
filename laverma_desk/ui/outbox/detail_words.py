"""The words of the chosen mail's detail, and which buttons cannot be used, and why."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.message import Message, MessageState
from laverma_desk.i18n import _
from laverma_desk.ui.outbox.choosing import Action
from laverma_desk.ui.outbox.facts import Facts
from laverma_desk.ui.outbox.words import (
    SETTINGS_PAGES,
    answer_of,
    look_of,
    meaning_of,
    state_line,
    task_of,
    title_of,
)


def facts_of(message: Message, *, elsewhere: bool = False) -> Facts:
    """Return the left part of the detail. `elsewhere`: what waits is left to desks that have the password."""
    elsewhere = elsewhere and message.state is MessageState.WAITING
    look, task = look_of(message.state), task_of(message)
    remedy = task.link if task and task.remedy in SETTINGS_PAGES else ""
    if elsewhere:
        remedy = _("Enter password")
    created = text.date_time(message.created_at)
    by = {"time": created, "name": message.supporter_name}
    return Facts(
        title=title_of(message),
        recipient=message.recipient,
        sender=message.sender,
        subject=message.subject,
        created=_("%(time)s, %(name)s") % by if message.supporter_name else created,
        state=_("waits for a desk with the password") if elsewhere else state_line(message),
        icon=look.icon,
        tone=look.tone,
        remedy=remedy,
        attachments=tuple((one.name, text.file_size(one.size)) for one in message.attachments),
    )


def attempt_entries(message: Message) -> list[tuple[str, str, str]]:
    """Return time, answer and meaning of each attempt, the oldest first."""
    return [
        (
            f"{text.short_date(local_day(one.at))} {text.time_with_seconds(one.at)}",
            answer_of(one),
            meaning_of(message, place),
        )
        for place, one in enumerate(message.attempts)
    ]


def send_label(message: Message) -> str:
    """Return what the first button reads."""
    return _("Send all the same") if message.state is MessageState.UNCLEAR else _("Send now")


def blocked_actions(message: Message, *, demo: bool) -> dict[Action, str]:
    """Return the buttons that cannot be used now, with the reason for the tooltip."""
    if message.state is MessageState.SENDING:
        return dict.fromkeys(Action, _("An attempt is running. Wait until it has ended."))
    blocked: dict[Action, str] = {}
    if message.state is MessageState.HANDED_OVER:
        gone = _("The server has the mail already.")
        blocked = dict.fromkeys((Action.SEND, Action.READDRESS, Action.DISCARD), gone)
    if message.state is MessageState.UNCLEAR:
        blocked[Action.READDRESS] = _("The mail may be with the customer already. It stays as it is.")
    if demo:
        blocked[Action.SEND] = _("Sample data: nothing is sent.")
    return blocked

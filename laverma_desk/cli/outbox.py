"""laverma-desk outbox: what waits, what went, and why not."""

from __future__ import annotations

import argparse

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.cli.desk_opening import opened_desk
from laverma_desk.cli.exit_codes import BROKEN, DONE
from laverma_desk.cli.interruptions import noted_interruptions
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import Message, MessageKind, MessageState
from laverma_desk.explain import failure_remedy, failure_sentence
from laverma_desk.i18n import _
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails.delivery import due_messages, hurry, recover_deliveries, send_message
from laverma_desk.services.mails.outbox import list_messages


def run_outbox(options: argparse.Namespace) -> int:
    """List the mails, the newest first; with --send first try those that wait."""
    with opened_desk(options) as desk:
        if options.send:
            return _send_waiting(desk)
        for line in table(list_messages(desk)):
            terminal.say(line)
    return DONE


def _send_waiting(desk: Desk) -> int:
    if desk.database.shared:
        recover_deliveries(desk)  # A server knows which desks still send.
    hurry(desk)
    waiting = due_messages(desk)
    if not waiting:
        terminal.say(_("Nothing waits to be sent now."))
    codes = [_send_unless_taken(desk, number) for number in waiting]
    return max(codes, default=DONE)


def _send_unless_taken(desk: Desk, message_id: int) -> int:
    """Send a mail of many; on a server another desk may have been faster, which is nothing to stop for."""
    try:
        return send_and_say(desk, message_id)
    except RuleBroken as error:
        if error.code is not Rule.MESSAGE_NOT_WAITING or not desk.database.shared:
            raise
    return DONE


def send_and_say(desk: Desk, message_id: int) -> int:
    """Try to hand a mail over, say what came of it, and return the exit code for that.

    Ctrl+C calls the attempt off as long as the server cannot have the mail; then it waits again.
    Raises KeyboardInterrupt after such an attempt, RuleBroken MESSAGE_NOT_WAITING where an open
    window was faster.
    """
    with noted_interruptions() as interrupted:
        mail = send_message(desk, message_id, cancelled=interrupted.is_set).value
    if mail.state is MessageState.HANDED_OVER:
        terminal.say(attempt_line(mail))
    else:
        terminal.tell(attempt_line(mail))
    if interrupted.is_set():
        raise KeyboardInterrupt
    return DONE if mail.state is MessageState.HANDED_OVER else BROKEN


def attempt_line(mail: Message) -> str:
    """Return what came of the latest attempt to send a mail, with the way out."""
    attempt = mail.last_attempt
    if attempt is not None and attempt.failure is None:
        return _("Handed over to the mail server for %(recipient)s at %(time)s: %(answer)s") % {
            "recipient": mail.recipient,
            "time": text.clock_time(attempt.at),
            "answer": attempt.answer,
        }
    return f"{mail.recipient}: {_reason(mail)}"


def _reason(mail: Message) -> str:
    """Return why a mail is where it is: our sentence, then the server's own words."""
    attempt = mail.last_attempt
    if attempt is None:
        return ""
    if attempt.failure is None:
        return attempt.answer
    sentence = (
        f"{failure_sentence(attempt.failure, mail.recipient)} {failure_remedy(attempt.failure)}".rstrip()
    )
    return f"{sentence} ({attempt.answer})" if attempt.answer else sentence


def table(mails: list[Message]) -> list[str]:
    """Return the outbox as lines of equal columns, or the sentence for an empty one."""
    if not mails:
        return [_("All reports have been sent.")]
    rows = [[_("Time"), _("Kind"), _("To"), _("Subject"), _("State"), _("Reason")]]
    rows += [
        [
            text.date_time(mail.created_at),
            _kind(mail.kind),
            mail.recipient,
            mail.subject,
            _state(mail.state),
            _reason(mail),
        ]
        for mail in mails
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _kind(kind: MessageKind) -> str:
    return {
        MessageKind.REPORT: _("Report"),
        MessageKind.GUIDE: _("Phone guide"),
        MessageKind.AGREEMENT: _("DPA template"),
        MessageKind.INVOICE: _("Invoice"),
        MessageKind.REMINDER: _("Reminder letter"),
    }[kind]


def _state(state: MessageState) -> str:
    return {
        MessageState.WAITING: _("waits"),
        MessageState.SENDING: _("is going out"),
        MessageState.HANDED_OVER: _("handed over"),
        MessageState.FAILED: _("failed"),
        MessageState.UNCLEAR: _("unclear"),
        MessageState.DISCARDED: _("discarded"),
    }[state]

"""A letter issued and sent, as work for the background. Plain data, no widget."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk.domain.errors import DeskError
from laverma_desk.services.changes import Done, Topic
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import reminders
from laverma_desk.services.invoicing.reminders import IssuedReminder
from laverma_desk.services.mails.letters import ReportWords


@dataclass(frozen=True)
class Result:
    """What was issued, and what became of its mail."""

    issued: IssuedReminder
    recipient: str
    message_id: int
    refused: DeskError | None
    changed: frozenset[Topic]


class Issuing:
    """One letter issued (unless it is already) and sent where a recipient is given, for the background."""

    def __init__(
        self, desk: Desk, customer_id: int, level: int, reminder_id: int, recipient: str | None
    ) -> None:
        self._desk, self._customer_id, self._level = desk, customer_id, level
        self._reminder_id, self._recipient = reminder_id, recipient

    def __call__(self) -> Result:
        """Issue and queue; a mail that is refused leaves the letter issued."""
        changed: frozenset[Topic] = frozenset()
        if self._reminder_id:
            issued = reminders.read_reminder(self._desk, self._reminder_id)
        else:
            done = reminders.issue_reminder(self._desk, self._customer_id, self._level)
            issued, changed = done.value, done.changed
        if self._recipient is None:
            return Result(issued, "", 0, None, changed)
        try:
            mail = reminders.reminder_mail(self._desk, issued.row.id)
            chosen = ReportWords(self._recipient, mail.subject, mail.body)
            queued: Done[int] = reminders.queue_reminder(self._desk, issued.row.id, chosen)
        except DeskError as error:
            return Result(issued, self._recipient, 0, error, changed)
        return Result(issued, self._recipient, queued.value, None, changed | queued.changed)

"""The table of the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from laverma_desk.domain.message import Message
from laverma_desk.i18n import _
from laverma_desk.ui.outbox.message_delegate import MessageDelegate, columns
from laverma_desk.ui.outbox.message_model import MessageModel
from laverma_desk.ui.widgets.painted_list import Columns, PaintedList


class MessageList(PaintedList[Message]):
    """The mails by state: what waits for somebody stands first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        names = (_("Time"), _("Kind"), _("To"), _("Subject"), _("State"))
        self._mails = MessageModel()
        shown = Columns(names, columns, sorted_by_last=True)
        super().__init__(shown, self._mails, MessageDelegate, parent)
        self.rows.setAccessibleName(_("Outbox"))

    def show_messages(self, messages: Sequence[Message], current: int, now: datetime) -> None:
        """Show these mails and choose one; where it is gone, the one in its place."""
        self._mails.set_now(now)
        self.show_rows(messages, current)

"""Send what is due without a window, as its dispatcher would."""

from __future__ import annotations

from laverma_desk.domain.message import Message
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails import delivery


def deliver_due(desk: Desk) -> list[Message]:
    """Try every mail whose time has come, one after the other; return them with their attempts."""
    return [delivery.send_message(desk, number).value for number in delivery.due_messages(desk)]

"""What a form tells when it is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """A sentence for the page, and which rows it is about; 0 where there is none.

    `draft_id` is a draft that is to be shown, `message_id` a mail that waits in the outbox.
    """

    sentence: str
    invoice_id: int = 0
    draft_id: int = 0
    customer_id: int = 0
    message_id: int = 0

"""What stands in the form, as the panel gives it to the controller."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.ui.history.entry.moment_field import TypedMoment


@dataclass(frozen=True)
class EntryDraft:
    """The form's fields as typed; the machine is the finder's to know."""

    supporter_id: int | None
    begin: TypedMoment
    end: TypedMoment
    requested_by: str
    channel: Channel
    tool: Tool
    partner_id: str
    notes: str
    internal_note: str
    billable: bool
    free_reason_id: int | None
    change_reason: str
    late_reason: str
    decided_by: str
    not_possible: NotPossible | None = None

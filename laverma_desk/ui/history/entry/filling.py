"""Fills the form with a session, or with what a new entry begins with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from laverma_desk.domain.company import FreeReason
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.i18n import _
from laverma_desk.services.setup.house import House
from laverma_desk.ui.call.billing_row import BillingChoice
from laverma_desk.ui.history.entry.draft import EntryDraft
from laverma_desk.ui.history.entry.panel import EntryPanel
from laverma_desk.ui.history.entry.place_finding import ChosenPlace


def fill(panel: EntryPanel, house: House, found: SupportSession | None, today: date) -> None:
    """Show a session to be corrected, or an empty form for today."""
    details = panel.details
    chosen = house.supporter.id if house.supporter else None
    names = [one.name for one in house.supporters]
    details.late.begin(names, house.supporter_name)
    panel.change_reason.clear()
    panel.internal.set_open(False)
    people = [(one.id, one.name) for one in house.supporters]
    reasons = house.free_reasons
    if found is None:
        panel.show_heading(
            _("Record a session afterwards"),
            _("It gets the next number and is marked as recorded by hand."),
            _("Record session"),
            asks_reason=False,
        )
        details.begin.show_instant(None, today)
        details.end.show_instant(None, today)
        details.show_supporters(people, chosen)
        details.channel.choose(Channel.PHONE)
        details.show_connection(Tool.TEAMVIEWER, "")
        panel.notes.set_text("")
        panel.internal.set_text("")
        panel.show_billing(BillingChoice(billable=True), reasons)
        return
    panel.show_heading(
        _("Correct session"),
        _("%(number)s. Every change is kept with its reason.") % {"number": found.number},
        _("Save change"),
        asks_reason=True,
    )
    details.begin.show_instant(found.begin)
    details.end.show_instant(found.end)
    if found.supporter_id not in {number for number, _name in people}:
        people.append((found.supporter_id, found.supporter_name))
    details.show_supporters(people, found.supporter_id)
    details.channel.choose(found.channel)
    details.show_connection(found.tool, found.partner_id)
    panel.notes.set_text(found.notes)
    panel.internal.set_text(found.internal_note)
    choice = BillingChoice(found.billable, found.free_reason_id)
    panel.show_billing(choice, offered(reasons, found), found.not_possible)


def offered(reasons: Sequence[FreeReason], found: SupportSession | None) -> tuple[FreeReason, ...]:
    """Return the reasons to choose from, with the session's own where the house has archived it."""
    if found is None or found.free_reason_id is None:
        return tuple(reasons)
    if found.free_reason_id in {one.id for one in reasons}:
        return tuple(reasons)
    return (*reasons, FreeReason(found.free_reason_id, found.free_reason, on_invoice=False, archived=True))


def reason_name(house: House | None, found: SupportSession | None, reason_id: int | None) -> str:
    """Return the name of a reason, empty where none is chosen."""
    known = offered(house.free_reasons if house else (), found)
    return next((one.name for one in known if one.id == reason_id), "")


def written(draft: EntryDraft, shown: EntryDraft, found: SupportSession | None) -> dict[str, Any]:
    """Return the fields of an entry that were typed; what nobody touched is what the session has.

    A field may show a text in another form than it is stored: digits alone, other ends of lines.
    """
    return {
        field: getattr(draft, field)
        if found is None or getattr(draft, field) != getattr(shown, field)
        else getattr(found, field)
        for field in _WRITTEN
    }


_WRITTEN = (
    "requested_by", "channel", "tool", "partner_id", "notes", "internal_note", "billable", "free_reason_id",
    "not_possible",
)  # fmt: skip


def place_of(found: SupportSession) -> ChosenPlace:
    """Return a session's machine as the form shows it."""
    return ChosenPlace(found.customer_id, found.workstation_id, found.partner, found.tool, found.partner_id)

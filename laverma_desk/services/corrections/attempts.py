"""Record support that was asked for and never began: no clock ran, nobody was connected."""

from __future__ import annotations

from laverma_desk.domain.customer import Tool, is_partner_id
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.calls.session_access import place_on
from laverma_desk.services.changes import Done
from laverma_desk.services.corrections.entry import SessionEntry
from laverma_desk.services.corrections.recording import record_session
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import customers


def record_attempt(
    desk: Desk, workstation_id: int, reason: NotPossible, notes: str = ""
) -> Done[SupportSession]:
    """Write an attempt of now at a workstation that counts no time; no agreement is needed for it.

    Raises RuleBroken WORKSTATION_UNKNOWN, CUSTOMER_RESTRICTED, SUPPORTER_MISSING, NOTES_MISSING for another
    reason than those known without a note.
    """
    now = desk.clock.now()
    with desk.database.read() as connection:
        place, customer = place_on(connection, workstation_id)
        supporter = house_on(connection).supporter
        people = customers.contacts_of(connection, customer.id)
    if supporter is None:
        raise RuleBroken(Rule.SUPPORTER_MISSING)
    known = place.tool is not Tool.TEAMVIEWER or is_partner_id(place.partner_id)
    return record_session(
        desk,
        SessionEntry(
            workstation_id=place.id,
            supporter_id=supporter.id,
            begin=now,
            end=now,
            requested_by=people[0].name if people else "",
            tool=place.tool,
            partner_id=place.partner_id if known else "",
            notes=notes,
            billable=False,
            not_possible=reason,
        ),
    )

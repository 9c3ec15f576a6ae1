"""The people of a practice: who they are, how to reach them, and what they get."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import Any

from laverma_desk.domain.customer import Contact, Salutation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.fields import check_field
from laverma_desk.services.customers.forms import ContactDraft, DraftKind
from laverma_desk.services.customers.trace import Difference, differences, editable_on, log_differences
from laverma_desk.services.desk import Desk
from laverma_desk.storage import customer_records, customers

_FIELDS = tuple(one.name for one in fields(ContactDraft))


def checked_contact(draft: ContactDraft) -> Contact:
    """Return a person as typed, normalised. Raises RuleBroken at the first field that is wrong.

    Who gets reports or invoices needs an address.
    """
    values: dict[str, Any] = {
        name: typed if isinstance(typed, bool) else check_field(DraftKind.CONTACT, name, typed)
        for name, typed in asdict(draft).items()
    }
    if not values["name"]:
        raise RuleBroken(Rule.TEXT_MISSING, field="name")
    if (draft.gets_reports or draft.gets_invoices) and not values["email"]:
        raise RuleBroken(Rule.RECIPIENT_MISSING, field="email")
    return Contact(id=0, **values | {"salutation": Salutation(values["salutation"])})


def save_contact(
    desk: Desk, customer_id: int, contact_id: int | None, draft: ContactDraft, *, version: int | None = None
) -> Done[Contact]:
    """Keep a person, a new one where `contact_id` is None; `version` is the one that an editor showed.

    Raises RuleBroken at the field that is wrong, RECORD_CHANGED.
    """
    typed = checked_contact(draft)
    with desk.database.write() as connection:
        editable_on(connection, customer_id, version)
        known = {one.id: one for one in customers.contacts_of(connection, customer_id)}
        before = known.get(contact_id) if contact_id is not None else None
        if before is None:
            made = replace(typed, id=customer_records.insert_contact(connection, customer_id, typed))
            log_differences(connection, desk, customer_id, [Difference("contact", "", made.name)])
            return done(made, Topic.CUSTOMERS)
        after = replace(typed, id=before.id)
        customer_records.update_contact(connection, after)
        found = differences(before, after, _FIELDS, kind="contact")
        log_differences(connection, desk, customer_id, found)
    return done(after, Topic.CUSTOMERS)


def remove_contact(desk: Desk, customer_id: int, contact_id: int) -> Done[None]:
    """Take a person out of a record; the history keeps who it was. Unknown ones are gone already."""
    with desk.database.write() as connection:
        editable_on(connection, customer_id)
        known = {one.id: one for one in customers.contacts_of(connection, customer_id)}
        found = known.get(contact_id)
        if found is not None:
            said = ", ".join(
                part for part in (found.name, found.role, found.phone, found.mobile, found.email) if part
            )
            customer_records.delete_contact(connection, contact_id)
            log_differences(connection, desk, customer_id, [Difference("contact", said, "")])
    return done(None, Topic.CUSTOMERS)

"""Make one record of two that turn out to be the same practice, and say beforehand what will happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.customer import Contact, Customer, FormerPartnerId, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.tariff import CustomerTariff
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.debtor_account import keep_account
from laverma_desk.services.customers.trace import Difference, differences, log_differences, tariff_differences
from laverma_desk.services.desk import Desk
from laverma_desk.storage import agreements, customer_records, customers, former_ids, merging
from laverma_desk.storage.database import Connection


class Part(StrEnum):
    """What is kept of one record or of the other, never of both."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL_REPORT = "email_report"
    EMAIL_INVOICE = "email_invoice"
    SOFTWARE = "software"
    SINCE = "since"
    LANGUAGE = "language"
    ON_SITE = "on_site"
    TARIFFS = "tariffs"
    PAYMENT_DAYS = "payment_days"
    INVOICE_FORMAT = "invoice_format"
    VAT_ID = "vat_id"
    LEITWEG_ID = "leitweg_id"
    ELECTRONIC_ADDRESS = "electronic_address"


class Side(StrEnum):
    """Which of the two records."""

    KEEP = "keep"
    OTHER = "other"


_SEVERAL: Mapping[Part, tuple[str, ...]] = {
    Part.ADDRESS: ("street", "postcode", "city", "country"),
    Part.ON_SITE: ("on_site_cents", "on_site_km", "on_site_travel_cents", "on_site_hourly_cents"),
    Part.TARIFFS: (),
}
_NOTHING: Mapping[Part, tuple[object, ...]] = {Part.ADDRESS: ("", "", "", "DE"), Part.LANGUAGE: ()}


@dataclass(frozen=True)
class PartChoice:
    """Something in which the records differ, and which side stays unless somebody says otherwise."""

    part: Part
    side: Side


@dataclass(frozen=True)
class MergeSide:
    """One of the two records with everything that hangs on it."""

    customer: Customer
    contacts: tuple[Contact, ...]
    workstations: tuple[Workstation, ...]
    tariffs: tuple[CustomerTariff, ...]
    agreements: tuple[Agreement, ...]
    sessions: int


@dataclass(frozen=True)
class MergePreview:
    """What a merge would do. The joined ones have a namesake on the record that stays."""

    keep: MergeSide
    other: MergeSide
    choices: tuple[PartChoice, ...]
    contacts_moved: tuple[Contact, ...]
    contacts_joined: tuple[Contact, ...]
    workstations_moved: tuple[Workstation, ...]
    workstations_joined: tuple[Workstation, ...]


def preview_merge(desk: Desk, keep_id: int, other_id: int) -> MergePreview:
    """Return what would become of two records; nothing is written.

    Raises RuleBroken CUSTOMER_UNKNOWN, MERGE_IMPOSSIBLE, CUSTOMER_RESTRICTED, CUSTOMER_RUNNING.
    """
    with desk.database.read() as connection:
        return _preview(connection, keep_id, other_id)


def merge(
    desk: Desk, keep_id: int, other_id: int, choices: Mapping[Part, Side], reason: str
) -> Done[Customer]:
    """Let one record go on for both and return it; what `choices` does not name goes as previewed.

    The other stays as an archived record that points to this one, its sessions and agreements with it:
    they are read through the family. People and machines move. Of namesakes the one that stays is
    filled up; the other machine is archived, and its partner IDs are kept as former ones. A debtor's
    account goes over to a record without one; of two both stay, each with what was issued on it. Both
    histories get a line with the reason. Raises what `preview_merge` raises, and REASON_MISSING.
    """
    if not reason.strip():
        raise RuleBroken(Rule.REASON_MISSING, field="reason")
    with desk.database.write() as connection:
        preview = _preview(connection, keep_id, other_id)
        sides = {one.part: choices.get(one.part, one.side) for one in preview.choices}
        found = _join_fields(connection, preview, sides)
        lost = _join_contacts(connection, preview)
        _join_workstations(connection, desk, preview)
        merging.merge_into(connection, other_id, keep_id)
        keep, other = preview.keep.customer, preview.other.customer
        found += [Difference("merged_from", "", _called(other))]
        found += [Difference("contact", "", one.name) for one in preview.contacts_moved]
        found += [Difference("workstation", "", one.name) for one in preview.workstations_moved]
        lost += [Difference("merged_into", "", _called(keep))]
        log_differences(connection, desk, keep_id, found, reason.strip())
        log_differences(connection, desk, other_id, lost, reason.strip())
        if keep.debtor_account is None and other.debtor_account is not None:
            # Unchecked: the settings may ask for other digits by now, and what it is does not change here.
            keep_account(connection, desk, other_id, None, reason.strip())
            keep_account(connection, desk, keep_id, other.debtor_account, reason.strip())
        return done(_known(connection, keep_id), Topic.CUSTOMERS, Topic.SESSIONS)


def _called(one: Customer) -> str:
    return f"{one.number} {one.name}"


def _preview(connection: Connection, keep_id: int, other_id: int) -> MergePreview:
    if keep_id == other_id:
        raise RuleBroken(Rule.MERGE_IMPOSSIBLE)
    keep, other = (_side(connection, one) for one in (keep_id, other_id))
    people = {one.name.casefold() for one in keep.contacts}
    machines = {one.name.casefold() for one in keep.workstations}
    return MergePreview(
        keep=keep,
        other=other,
        choices=tuple(_choices(keep, other)),
        contacts_moved=tuple(one for one in other.contacts if one.name.casefold() not in people),
        contacts_joined=tuple(one for one in other.contacts if one.name.casefold() in people),
        workstations_moved=tuple(one for one in other.workstations if one.name.casefold() not in machines),
        workstations_joined=tuple(one for one in other.workstations if one.name.casefold() in machines),
    )


def _known(connection: Connection, customer_id: int) -> Customer:
    found = customers.find(connection, customer_id)
    if found is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
    return found


def _side(connection: Connection, customer_id: int) -> MergeSide:
    found = _known(connection, customer_id)
    if found.restricted_at is not None or found.erased_at is not None:
        raise RuleBroken(Rule.CUSTOMER_RESTRICTED)
    if found.merged_into is not None:
        raise RuleBroken(Rule.MERGE_IMPOSSIBLE)
    family = customers.family(connection, customer_id)
    if merging.open_session(connection, family) is not None:
        raise RuleBroken(Rule.CUSTOMER_RUNNING)
    return MergeSide(
        customer=found,
        contacts=customers.contacts_of(connection, customer_id),
        workstations=customer_records.all_workstations(connection, customer_id),
        tariffs=customers.tariffs_of(connection, customer_id),
        agreements=tuple(agreements.agreements_of(connection, customer_id)),
        sessions=merging.count_sessions(connection, family),
    )


def part_values(side: MergeSide, part: Part) -> tuple[object, ...]:
    """Return what a record holds of a part, as a tuple of its fields."""
    if part is Part.TARIFFS:
        return side.tariffs
    return tuple(getattr(side.customer, name) for name in _names(part))


def _names(part: Part) -> tuple[str, ...]:
    return _SEVERAL.get(part, (part.value,))


def _choices(keep: MergeSide, other: MergeSide) -> list[PartChoice]:
    """Return what differs: what the record that stays does not have it takes over, else it keeps its own."""
    found = []
    for part in Part:
        own, foreign = part_values(keep, part), part_values(other, part)
        if own == foreign or _blank(part, foreign):
            continue
        side = Side.OTHER if _blank(part, own) or _earlier(part, foreign, own) else Side.KEEP
        found.append(PartChoice(part, side))
    return found


def _blank(part: Part, values: tuple[object, ...]) -> bool:
    return values == _NOTHING.get(part) or all(one in (None, "") for one in values)


def _earlier(part: Part, foreign: tuple[object, ...], own: tuple[object, ...]) -> bool:
    """Return whether the other record knows of an earlier first day."""
    return part is Part.SINCE and str(foreign[0]) < str(own[0])


def _join_fields(
    connection: Connection, preview: MergePreview, sides: Mapping[Part, Side]
) -> list[Difference]:
    keep, other = preview.keep, preview.other
    taken = [part for part, side in sides.items() if side is Side.OTHER]
    names = [name for part in taken for name in _names(part)]
    values = {name: getattr(other.customer, name) for name in names}
    archived = keep.customer.archived and other.customer.archived
    after = replace(keep.customer, archived=archived, **values)
    customers.update_customer(connection, after)
    prices: list[Difference] = []
    if Part.TARIFFS in taken:
        prices = tariff_differences(keep.tariffs, other.tariffs)
        for one in keep.tariffs:
            customer_records.delete_tariff(connection, keep.customer.id, one.valid_from)
        for one in other.tariffs:
            customers.put_customer_tariff(connection, keep.customer.id, one)
    return differences(keep.customer, after, [*names, "archived"]) + prices


def _join_contacts(connection: Connection, preview: MergePreview) -> list[Difference]:
    """Move people and fill up namesakes; return what a namesake already had otherwise, and is lost."""
    own = {one.name.casefold(): one for one in preview.keep.contacts}
    for one in preview.contacts_moved:
        merging.move_contact(connection, one.id, preview.keep.customer.id)
    lost: list[Difference] = []
    for one in preview.contacts_joined:
        namesake = own[one.name.casefold()]
        values = {
            name: value or getattr(one, name)
            for name, value in vars(namesake).items()
            if name not in {"id", "name"}
        }
        filled = replace(namesake, **values)
        own[one.name.casefold()] = filled
        customer_records.update_contact(connection, filled)
        customer_records.delete_contact(connection, one.id)
        lost += [
            replace(each, new="")
            for each in differences(one, filled, ("role", "phone", "mobile", "email"), kind="contact")
            if each.old
        ]
    return lost


def _join_workstations(connection: Connection, desk: Desk, preview: MergePreview) -> None:
    own = {one.name.casefold(): one for one in preview.keep.workstations}
    now = desk.clock.now()
    for one in preview.workstations_moved:
        merging.move_workstation(connection, one.id, preview.keep.customer.id)
    for one in preview.workstations_joined:
        namesake = own[one.name.casefold()]
        filled = replace(
            namesake,
            archived=namesake.archived and one.archived,
            place=namesake.place or one.place,
            tool=namesake.tool if namesake.partner_id else one.tool,
            partner_id=namesake.partner_id or one.partner_id,
        )
        own[one.name.casefold()] = filled
        customer_records.update_workstation(connection, filled, now)
        if one.partner_id and one.partner_id != filled.partner_id:
            former = FormerPartnerId(namesake.id, one.tool, one.partner_id, now)
            former_ids.add_former_id(connection, former)
        former_ids.hand_over_former_ids(connection, one.id, namesake.id)
        merging.retire_workstation(connection, one.id)

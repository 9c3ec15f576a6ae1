"""What becomes of a draft when its sessions and its customer change meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule
from laverma_desk.services import corrections
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.corrections import entry_of
from laverma_desk.services.customers import merging
from laverma_desk.services.invoicing.drafts import (
    DraftChange,
    DraftWish,
    change_draft,
    create_drafts,
    draft_sessions,
    drafts,
    read_draft,
)
from laverma_desk.services.invoicing.issuing import issue_invoice
from laverma_desk.services.invoicing.items import put_item
from laverma_desk.services.invoicing.obstacles import ObstacleKind
from laverma_desk.services.invoicing.open_sessions import open_customers
from laverma_desk.services.privacy.erasure import erase
from laverma_desk.services.setup import house
from laverma_desk.storage import customers, sessions
from tests.support.billing_desks import UNTIL, at
from tests.support.billing_drafts import TRAVEL, draft_of, open_rows, refused


def correct(desk, number, **changes):
    """Correct a session in the history."""
    found = timekeeping.read_session(desk, number)
    corrections.correct_session(desk, number, replace(entry_of(found), **changes), "Vertan")


def test_a_draft_shows_a_corrected_session_as_it_is_now(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    first = billing.sessions["10017"][0]
    begin = at(3, 8, 41)
    correct(desk, first, end=begin.replace(minute=begin.minute + 10), notes="")
    row = drafts(desk)[0]
    assert (row.sessions, row.minutes, row.net_cents) == (5, 58, 13050)
    assert [(one.kind, one.session_id) for one in row.obstacles] == [(ObstacleKind.NO_NOTES, first)]
    assert row.blocked
    assert refused(lambda: issue_invoice(desk, number))[0] is Rule.INVOICE_OBSTACLES


def test_a_session_that_goes_to_another_customer_leaves_the_draft(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    first, *rest = billing.sessions["10017"]
    correct(desk, first, workstation_id=billing.places["10018", "Rezeption 1"].id)
    assert read_draft(desk, number).session_ids == tuple(rest)
    other = next(one for one in open_customers(desk, UNTIL) if one.number == "10018")
    assert first in [session.id for session in other.sessions]
    second = create_drafts(desk, [DraftWish(other.customer_id, (first,))], UNTIL).value[0]
    correct(desk, first, workstation_id=billing.places["10017", "Server"].id)
    assert read_draft(desk, second).session_ids == ()
    assert first in open_rows(desk)


def test_a_session_that_moves_behind_the_last_day_is_open_again(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    last = billing.sessions["10017"][-1]
    correct(desk, last, begin=at(1, 8, 0, month=3), end=at(1, 8, 15, month=3))
    assert last not in read_draft(desk, number).session_ids
    later = open_customers(desk, date(2022, 3, 1))
    assert [session.id for one in later for session in one.sessions if one.number == "10017"] == [last]


def test_a_session_that_runs_again_is_out_until_it_ends(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    last = billing.sessions["10017"][-1]
    with desk.database.write() as connection:
        sessions.update_session(connection, last, state="running")
    assert last not in read_draft(desk, number).session_ids
    with desk.database.write() as connection:
        sessions.update_session(connection, last, state="ended")
    assert last in read_draft(desk, number).session_ids


def test_a_session_made_free_for_the_house_alone_is_not_billed(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    last = billing.sessions["10017"][-1]
    internal = next(one.id for one in house.read_house(desk).free_reasons if not one.on_invoice)
    corrections.change_billing(desk, last, False, internal, "Eigener Fehler")
    assert drafts(desk)[0].net_cents == 14850 - 3375
    issued = issue_invoice(desk, number).value
    assert issued.invoice.net_cents == 14850 - 3375
    assert timekeeping.read_session(desk, last).invoice_number is None


def test_a_draft_of_a_merged_record_is_the_survivors(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing, "10022")
    merging.merge(desk, billing.customers["10021"], billing.customers["10022"], {}, "Doppelt angelegt")
    found = read_draft(desk, number)
    assert (found.customer_id, found.session_ids) == (billing.customers["10021"], billing.sessions["10022"])
    assert [row.customer_number for row in drafts(desk)] == ["10021"]
    assert [one.id for one in draft_sessions(desk, number)] == sorted(
        (*billing.sessions["10021"], *billing.sessions["10022"]),
        key=lambda one: timekeeping.read_session(desk, one).begin,
    )
    assert not set(billing.sessions["10022"]) & open_rows(desk)
    assert issue_invoice(desk, number).value.invoice.buyer.number == "10021"


def test_whoever_is_forgotten_has_no_draft(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing, "10022")
    put_item(desk, number, replace(TRAVEL, text="Anfahrt zu Frau Vogt"))
    erase(desk, billing.customers["10022"], "10022", "Auf eigenen Wunsch")
    assert drafts(desk) == ()
    assert set(billing.sessions["10022"]) <= open_rows(desk)


def test_the_chosen_format_decides_what_is_missing(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing, "10022")
    with desk.database.write() as connection:
        known = customers.find(connection, billing.customers["10022"])
        customers.update_customer(connection, replace(known, email_invoice="", vat_id=""))
    assert drafts(desk)[0].obstacles == ()
    change_draft(desk, number, DraftChange(format=InvoiceFormat.XRECHNUNG))
    assert [one.detail for one in drafts(desk)[0].obstacles] == ["customer_electronic_address"]


def test_an_issued_draft_is_gone_and_its_sessions_are_locked(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    issued = issue_invoice(desk, number).value
    assert drafts(desk) == ()
    locked = {timekeeping.read_session(desk, one).invoice_number for one in billing.sessions["10017"]}
    assert locked == {issued.row.number}
    assert not set(billing.sessions["10017"]) & open_rows(desk)


def test_what_was_done_before_is_billed_to_a_locked_customer(billing_desk):
    desk, billing = billing_desk
    erase(desk, billing.customers["10022"], "10022", "Auf eigenen Wunsch")
    number = draft_of(desk, billing, "10022")
    assert [one.kind for one in drafts(desk)[0].obstacles] == [ObstacleKind.LOCKED]
    issued = issue_invoice(desk, number).value
    assert (issued.invoice.net_cents, issued.invoice.buyer.name) == (9225, "Praxis Dr. Vogt")
    assert issued.invoice.buyer.contact == ""

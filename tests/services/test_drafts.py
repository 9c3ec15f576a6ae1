"""Drafts: made for a month at once, changed freely, and never holding what is not theirs."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule
from laverma_desk.services.changes import Topic
from laverma_desk.services.invoicing.drafts import (
    DraftChange,
    DraftWish,
    change_draft,
    create_drafts,
    discard_draft,
    draft_sessions,
    drafts,
    read_draft,
    tick_session,
)
from laverma_desk.services.invoicing.items import put_item
from laverma_desk.services.invoicing.open_sessions import open_customers
from tests.support.billing_desks import UNTIL, Line, add_line, at
from tests.support.billing_drafts import TRAVEL, draft_of, open_rows, refused


def wishes(desk):
    """Return a wish for all that is open."""
    return [
        DraftWish(one.customer_id, tuple(session.id for session in one.sessions))
        for one in open_customers(desk, UNTIL)
    ]


def test_all_customers_become_drafts_with_progress(billing_desk):
    desk, _billing = billing_desk
    told = []
    result = create_drafts(desk, wishes(desk), UNTIL, lambda done, total: told.append((done, total)))
    assert told == [(count, 6) for count in range(7)]
    assert result.changed == {Topic.INVOICES}
    assert [(row.customer_number, row.sessions, row.minutes, row.net_cents) for row in drafts(desk)] == [
        ("10017", 5, 66, 14850),
        ("10018", 7, 104, 23400),
        ("10019", 6, 87, 19575),
        ("10020", 4, 73, 16425),
        ("10021", 5, 58, 13050),
        ("10022", 3, 41, 9225),
    ]
    assert [row.id for row in drafts(desk)] == list(result.value)
    assert open_customers(desk, UNTIL) == ()


def test_called_off_it_keeps_what_it_has_made(billing_desk):
    desk, _billing = billing_desk
    made = []
    result = create_drafts(
        desk, wishes(desk), UNTIL, lambda done, _total: made.append(done), lambda: max(made) == 2
    )
    assert len(result.value) == len(drafts(desk)) == 2
    assert len(open_customers(desk, UNTIL)) == 4


def test_a_draft_holds_what_was_wished_and_leaves_the_rest_open(billing_desk):
    desk, billing = billing_desk
    first, second, *rest = billing.sessions["10017"]
    number = create_drafts(desk, [DraftWish(billing.bohrer, (second, first))], UNTIL).value[0]
    found = read_draft(desk, number)
    assert (found.customer_id, found.until, found.session_ids) == (billing.bohrer, UNTIL, (first, second))
    assert found.created_at == desk.clock.now()
    assert set(rest) <= open_rows(desk)
    assert not {first, second} & open_rows(desk)


@pytest.mark.parametrize("spoil", ["drafted", "foreign", "later", "unknown"])
def test_a_wish_that_is_no_longer_open_is_refused_whole(billing_desk, spoil):
    desk, billing = billing_desk
    first, second, *_rest = billing.sessions["10017"]
    match spoil:
        case "drafted":
            create_drafts(desk, [DraftWish(billing.bohrer, (second,))], UNTIL)
        case "foreign":
            second = billing.sessions["10018"][0]
        case "later":
            place = billing.places["10017", "Server"]
            second = add_line(desk, place, Line(at(1, 9, 0, month=3), 60, "", "März"))
        case _:
            second = 999
    before = len(drafts(desk))
    wish = DraftWish(billing.bohrer, (first, second))
    assert refused(lambda: create_drafts(desk, [wish], UNTIL)) == (Rule.OPEN_SESSIONS_CHANGED, None)
    assert len(drafts(desk)) == before
    assert first in open_rows(desk)


def test_one_refused_wish_does_not_keep_the_others(billing_desk):
    desk, billing = billing_desk
    good = DraftWish(billing.customers["10018"], billing.sessions["10018"])
    result = create_drafts(desk, [DraftWish(billing.bohrer, (999,)), good], UNTIL)
    assert [row.customer_number for row in drafts(desk)] == ["10018"]
    assert len(result.value) == 1


def test_a_wish_for_nothing_is_refused(billing_desk):
    desk, billing = billing_desk
    assert refused(lambda: create_drafts(desk, [DraftWish(billing.bohrer, ())], UNTIL)) == (
        Rule.INVOICE_EMPTY,
        None,
    )


def test_a_draft_that_is_thrown_away_frees_its_sessions(billing_desk):
    desk, billing = billing_desk
    before = open_rows(desk)
    number = draft_of(desk, billing)
    put_item(desk, number, TRAVEL)
    assert discard_draft(desk, number).changed == {Topic.INVOICES}
    assert open_rows(desk) == before
    assert drafts(desk) == ()
    assert refused(lambda: read_draft(desk, number)) == (Rule.DRAFT_UNKNOWN, None)
    assert refused(lambda: discard_draft(desk, number)) == (Rule.DRAFT_UNKNOWN, None)


def test_no_draft_comes_again_under_the_row_of_another(billing_desk):
    desk, billing = billing_desk
    gone = draft_of(desk, billing)
    discard_draft(desk, gone)
    assert draft_of(desk, billing, "10018") != gone


def test_sessions_are_ticked_and_unticked(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    first, *rest = billing.sessions["10017"]
    assert tick_session(desk, number, first, ticked=False).value.session_ids == tuple(rest)
    assert first in open_rows(desk)
    assert [one.id for one in draft_sessions(desk, number)] == [first, *rest]
    assert tick_session(desk, number, first, ticked=True).value.session_ids == (first, *rest)
    assert tick_session(desk, number, first, ticked=True).value.session_ids == (first, *rest)
    foreign = billing.sessions["10018"][0]
    assert refused(lambda: tick_session(desk, number, foreign, ticked=True)) == (
        Rule.OPEN_SESSIONS_CHANGED,
        None,
    )


def test_a_form_changes_all_at_once(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    change = DraftChange(date(2022, 3, 1), 30, "wie besprochen:", InvoiceFormat.ZUGFERD, True)
    assert change_draft(desk, number, change).value == read_draft(desk, number)
    found = read_draft(desk, number)
    assert (
        found.issued_on, found.payment_days, found.introduction, found.format, found.attach_reports,
    ) == (date(2022, 3, 1), 30, "wie besprochen:", InvoiceFormat.ZUGFERD, True)  # fmt: skip
    assert change_draft(desk, number, DraftChange()).value.payment_days is None


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        (DraftChange(payment_days=-1), Rule.NUMBER_INVALID, "payment_days"),
        (DraftChange(payment_days=366), Rule.NUMBER_INVALID, "payment_days"),
        (DraftChange(introduction="x" * 601), Rule.TEXT_TOO_LONG, "introduction"),
    ],
)
def test_what_a_form_cannot_take_is_said_at_its_field(billing_desk, change, rule, field):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    assert refused(lambda: change_draft(desk, number, change)) == (rule, field)


def test_the_questions_do_not_grow_with_the_drafts(billing_desk):
    desk, _billing = billing_desk
    first, *others = wishes(desk)
    create_drafts(desk, [first], UNTIL)
    asked = []
    event.listen(desk.database.engine, "before_cursor_execute", lambda *values: asked.append(values[2]))
    assert len(drafts(desk)) == 1
    few = len(asked)
    create_drafts(desk, others, UNTIL)
    asked.clear()
    assert len(drafts(desk)) == 6
    assert len(asked) == few

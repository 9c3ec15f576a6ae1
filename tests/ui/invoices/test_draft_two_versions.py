"""Two work on one draft: each sees what the other one does, and nobody writes over a newer version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.edition import Side
from laverma_desk.domain.invoice import DraftItem, LineKind, Unit
from laverma_desk.services.changes import Topic
from laverma_desk.services.invoicing import drafts, items
from laverma_desk.services.invoicing.drafts import DraftChange
from laverma_desk.ui.invoices.draft.controller import DraftFormController
from laverma_desk.ui.invoices.draft.item_form import PRICE, TEXT
from laverma_desk.ui.invoices.draft.terms_form import DAYS, INTRODUCTION
from tests.support import invoice_forms, rooms
from tests.support.neighbours import neighbour as _neighbour

bench, billed, clock, desk = (
    invoice_forms.bench, invoice_forms.billed, invoice_forms.clock, invoice_forms.desk,
)  # fmt: skip
owner, surroundings = rooms.owner, rooms.surroundings
neighbour = _neighbour


@pytest.fixture
def form(bench):
    made = bench.show(DraftFormController)
    made.draft_id = bench.draft(count=4)
    made.show_for(made.draft_id)
    QApplication.processEvents()
    return made


def kept(bench, form):
    return drafts.read_draft(bench.desk, form.draft_id)


def typed_days(form, words):
    field = form.panel.terms.field(DAYS)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    field.selectAll()
    field.insert(words)
    field.textEdited.emit(field.text())


def words(dialog):
    return {row.name: (row.own._said.text(), row.theirs._said.text(), row.side()) for row in dialog.rows}


def test_terms_that_somebody_else_wrote_are_not_written_over(bench, form, neighbour):
    typed_days(form, "30")
    drafts.change_draft(neighbour(), form.draft_id, DraftChange(payment_days=7, introduction="Von Anna."))
    assert not form.keep()
    assert (kept(bench, form).payment_days, kept(bench, form).introduction) == (7, "Von Anna.")
    dialog = form._terms.versions.meeting.shown
    assert words(dialog) == {
        DAYS: ("30", "7", Side.OWN), INTRODUCTION: ("nichts", "Von Anna.", Side.THEIRS),
    }  # fmt: skip
    dialog.save.click()
    assert (kept(bench, form).payment_days, kept(bench, form).introduction) == (30, "Von Anna.")


def test_keeping_their_terms_shows_them(bench, form, neighbour):
    typed_days(form, "30")
    drafts.change_draft(neighbour(), form.draft_id, DraftChange(payment_days=7))
    assert not form.keep()
    form._terms.versions.meeting.shown.keep_theirs.click()
    assert form.panel.terms.text(DAYS) == "7"
    assert kept(bench, form).payment_days == 7


def test_a_tick_of_somebody_else_asks_nothing(bench, form, neighbour):
    typed_days(form, "30")
    (last,) = set(bench.billing.sessions["10017"]) - set(kept(bench, form).session_ids)
    drafts.tick_session(neighbour(), form.draft_id, last, True)
    assert form.keep()
    assert kept(bench, form).payment_days == 30
    assert last in kept(bench, form).session_ids


def test_terms_that_nobody_touches_here_follow_those_of_the_other_desk(bench, form, neighbour, surroundings):
    drafts.change_draft(neighbour(), form.draft_id, DraftChange(payment_days=7))
    surroundings.bus.announce(Topic.INVOICES)
    assert form.panel.terms.text(DAYS) == "7"
    assert form.keep()
    assert kept(bench, form).payment_days == 7


@pytest.fixture
def item(bench, form):
    one = DraftItem(0, LineKind.OTHER, date(2022, 3, 1), "Kabel", Decimal(1), Unit.PIECE, 1000)
    number = items.put_item(bench.desk, form.draft_id, one).value
    form.show_for(form.draft_id)
    form._on_item_opened(number)
    return replace(one, id=number)


def test_an_item_that_somebody_else_changed_is_asked_about(bench, form, item, neighbour):
    form.panel.item_form.show_field(TEXT, "Netzwerkkabel")
    items.put_item(neighbour(), form.draft_id, replace(item, text="Patchkabel", price_cents=1200))
    assert not form._items.save()
    dialog = form._items.versions.meeting.shown
    shown = words(dialog)
    assert shown[TEXT] == ("Netzwerkkabel", "Patchkabel", Side.OWN)
    assert shown[PRICE] == ("10,00", "12,00", Side.THEIRS)
    dialog.save.click()
    (after,) = kept(bench, form).items
    assert (after.text, after.price_cents) == ("Netzwerkkabel", 1200)


def test_an_item_is_written_over_what_others_changed_elsewhere(bench, form, item, neighbour):
    form.panel.item_form.show_field(TEXT, "Netzwerkkabel")
    drafts.change_draft(neighbour(), form.draft_id, DraftChange(payment_days=7))
    assert form._items.save()
    assert kept(bench, form).items[0].text == "Netzwerkkabel"


def test_an_item_that_is_gone_is_said_to_be_gone(bench, form, item, neighbour):
    form.panel.item_form.show_field(TEXT, "Netzwerkkabel")
    items.remove_item(neighbour(), form.draft_id, item.id)
    assert not form._items.save()
    assert form.panel.item_form.problem()
    assert form.panel.item_form.text(TEXT) == "Netzwerkkabel"

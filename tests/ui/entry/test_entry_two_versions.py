"""Two correct one session: who saves second sees both versions, and decides field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laverma_desk.domain.edition import Side
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services import corrections
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.setup import house
from tests.support.neighbours import neighbour as _neighbour
from tests.support.report_desks import end_session

neighbour = _neighbour


@pytest.fixture
def anna(neighbour, form):
    other = neighbour()
    house.choose_supporter(other, house.save_supporter(other, "Anna Albers", "").value)
    return other


@pytest.fixture
def number(form, desk, bohrer, clock):
    return end_session(desk, bohrer, clock)


def correct(desk, number, **values):
    found = timekeeping.read_session(desk, number)
    corrections.correct_session(desk, number, replace(corrections.entry_of(found), **values), "Nachtrag")


def typed_over(form, anna, number, **values):
    """Type other notes into the form while Anna corrects the session."""
    form.entry.begin_correction(number)
    form.type(form.panel.notes, "Meine Notiz")
    form.type(form.panel.change_reason, "Tippfehler")
    correct(anna, number, **values)
    form.press("Ctrl+Return")
    return form.entry.versions.meeting.shown


def words(dialog):
    return {row.name: (row.own._said.text(), row.theirs._said.text(), row.side()) for row in dialog.rows}


def test_both_corrections_are_shown_and_nothing_is_written(form, anna, number, desk):
    dialog = typed_over(form, anna, number, notes="Annas Notiz", requested_by="Herr Neu")
    shown = words(dialog)
    assert shown["notes"] == ("Meine Notiz", "Annas Notiz", Side.OWN)
    assert shown["requested_by"][1:] == ("Herr Neu", Side.THEIRS)
    assert dialog.accessibleDescription().startswith("Anna Albers hat das um ")
    assert timekeeping.read_session(desk, number).notes == "Annas Notiz"
    dialog.reject()
    assert form.panel.notes.text() == "Meine Notiz"
    assert form.panel.change_reason.text() == "Tippfehler"
    assert form.heard == []


def test_what_is_ticked_is_written_with_the_typed_reason(form, anna, number, desk):
    dialog = typed_over(form, anna, number, notes="Annas Notiz", requested_by="Herr Neu")
    dialog.save.click()
    (after,) = form.heard
    assert (after.notes, after.requested_by) == ("Meine Notiz", "Herr Neu")
    assert timekeeping.session_history(desk, number)[-1].reason == "Tippfehler"


def test_keeping_theirs_writes_nothing(form, anna, number, desk):
    dialog = typed_over(form, anna, number, notes="Annas Notiz")
    before = timekeeping.session_history(desk, number)
    dialog.keep_theirs.click()
    (after,) = form.heard
    assert after.notes == "Annas Notiz"
    assert timekeeping.session_history(desk, number) == before


def test_how_a_session_is_billed_is_one_question(form, anna, number, desk):
    reason = house.read_house(desk).free_reasons[0]
    dialog = typed_over(form, anna, number, billable=False, free_reason_id=reason.id)
    own, theirs, side = words(dialog)["billing"]
    assert (own, theirs, side) == ("abgerechnet", f"kostenlos, {reason.name}", Side.THEIRS)
    dialog.save.click()
    (after,) = form.heard
    assert (after.notes, after.billable, after.free_reason_id) == ("Meine Notiz", False, reason.id)


def test_typed_text_outlives_the_other_correction_when_one_comes_back(form, anna, number):
    form.entry.begin_correction(number)
    form.type(form.panel.notes, "Meine Notiz")
    form.press("Escape")
    correct(anna, number, notes="Annas Notiz")
    form.entry.begin_correction(number)
    assert form.panel.notes.text() == "Meine Notiz"
    form.type(form.panel.change_reason, "Tippfehler")
    form.press("Ctrl+Return")
    dialog = form.entry.versions.meeting.shown
    assert words(dialog)["notes"][:2] == ("Meine Notiz", "Annas Notiz")
    dialog.reject()


def test_notes_that_are_saved_on_the_report_count_as_a_newer_version(desk, number, form):
    seen = corrections.read_correctable(desk, number)
    call_sheet.save_notes(desk, number, "Vom Bericht aus", "")
    with pytest.raises(RuleBroken) as refused:
        corrections.correct_session(
            desk, number, corrections.entry_of(seen.session), "Tippfehler", version=seen.version
        )
    assert refused.value.code is Rule.RECORD_CHANGED

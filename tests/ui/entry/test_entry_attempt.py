"""The correction of an attempt: it stays one unless somebody says that it took place."""

from __future__ import annotations

from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.calls.not_possible import end_as_not_possible
from laverma_desk.services.corrections import record_attempt
from tests.support.report_desks import end_session


def _attempt(form, bohrer, clock):
    number = timekeeping.start_session(form.desk, bohrer.reception).value.id
    clock.advance(minutes=6)
    return end_as_not_possible(form.desk, number, NotPossible.NO_INTERNET).value


def _choose(form, words):
    box = form.panel.attempt.box
    row = box.findText(words)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


def test_an_attempt_stays_one(form, bohrer, clock):
    one = _attempt(form, bohrer, clock)
    form.entry.begin_correction(one.id)
    assert form.panel.attempt.isVisible()
    assert form.panel.attempt.reason() is NotPossible.NO_INTERNET
    assert form.panel.billing.isHidden()
    assert form.details.result() == ("00:00:00", "nicht möglich: kein Internet")
    form.type(form.panel.notes, "Anbieter gestört")
    _choose(form, "Vom Kunden abgelehnt")
    assert form.details.result()[1] == "nicht möglich: vom Kunden abgelehnt"
    form.type(form.panel.change_reason, "verwechselt")
    form.press("Ctrl+Return")
    (after,) = form.heard
    assert (after.not_possible, after.notes, after.charge.net_cents, after.billable) == (
        NotPossible.DECLINED, "Anbieter gestört", 0, False,
    )  # fmt: skip
    assert after.segments == one.segments


def test_it_took_place_after_all(form, bohrer, clock):
    one = _attempt(form, bohrer, clock)
    form.entry.begin_correction(one.id)
    _choose(form, "Sie fand doch statt")
    assert form.panel.billing.isVisible()
    assert form.details.result() == ("00:06:00", "6\u00a0Min · 13,50\u00a0€ netto")
    form.type(form.panel.change_reason, "Router kam wieder")
    form.press("Ctrl+Return")
    (after,) = form.heard
    assert (after.not_possible, after.billable, after.charge.net_cents) == (None, True, 1350)


def test_one_without_a_clock_needs_an_end_before_it_can_have_taken_place(form, bohrer, clock):
    one = record_attempt(form.desk, bohrer.reception, NotPossible.DOES_NOT_BOOT).value
    clock.advance(minutes=30)
    form.entry.begin_correction(one.id)
    assert form.details.result()[0] == "00:00:00"
    _choose(form, "Sie fand doch statt")
    form.type(form.panel.change_reason, "ging doch")
    form.press("Ctrl+Return")
    assert form.heard == []
    assert form.details.error("end") == "Der Anfang liegt nach dem Ende."
    _choose(form, "PC startet nicht")
    form.type(form.panel.notes, "Netzteil")
    form.press("Ctrl+Return")
    assert form.heard[0].not_possible is NotPossible.DOES_NOT_BOOT
    assert form.heard[0].notes == "Netzteil"


def test_any_other_session_is_not_asked(form, bohrer, clock):
    one = _attempt(form, bohrer, clock)
    form.entry.begin_correction(one.id)
    form.press("Escape")
    form.entry.begin_correction(end_session(form.desk, bohrer, clock))
    assert form.panel.attempt.isHidden()
    assert form.panel.billing.isVisible()
    form.press("Escape")
    form.entry.begin_new()
    assert form.panel.attempt.isHidden()
    assert form.panel.billing.isVisible()

"""A machine at which a session goes on already: the call that was put aside rings again."""

from __future__ import annotations

from laverma_desk.services.calls import timekeeping


def shown(page):
    details = page.panel._details
    return dict(details.facts), details.start_label


def test_a_hit_says_that_a_session_goes_on_there(page, desk, bohrer, clock):
    session = timekeeping.start_session(desk, bohrer.reception).value
    page.type("bohrer")
    facts, start = shown(page)
    assert facts["Jetzt"] == "läuft seit 10:22 Uhr"
    assert start == "Noch eine Sitzung"
    timekeeping.pause_session(desk, session.id)
    page.controller.refresh_context()
    assert shown(page)[0]["Jetzt"] == "pausiert, Anfang 10:22"
    clock.advance(minutes=5)
    timekeeping.end_session(desk, session.id)
    page.controller.refresh_context()
    facts, start = shown(page)
    assert "Jetzt" not in facts
    assert start == "Sitzung starten"


def test_another_machine_of_the_practice_has_nothing_to_do_with_it(page, desk, bohrer):
    timekeeping.start_session(desk, bohrer.server)
    page.type("bohrer rez")
    facts, start = shown(page)
    assert "Jetzt" not in facts
    assert start == "Sitzung starten"


def test_a_session_that_changes_hands_is_not_held_against_itself(page, desk, bohrer):
    session = timekeeping.start_session(desk, bohrer.reception).value
    page.controller.begin_move(session.id)
    page.type("bohrer rez")
    assert shown(page)[1] == "Sitzung zuordnen"

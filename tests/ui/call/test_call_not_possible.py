"""Remote support that is no way: ended with its reason, said once to be dearer, seen to come back."""

from __future__ import annotations

from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.calls.not_possible import end_as_not_possible
from laverma_desk.ui.visit_wish import VisitWish

NB = "\u00a0"


def _listen(scene):
    context = scene.call.context
    for name in ("attempt_ended", "visit_wanted", "history_wanted"):
        getattr(context, name).connect(lambda value, name=name: scene.heard.append((name, value)))


def _entries(scene):
    return [one.text() for one in scene.panel.on_site.not_possible.menu().actions()]


def _choose(scene, words):
    menu = scene.panel.on_site.not_possible.menu()
    next(one for one in menu.actions() if one.text() == words).trigger()


def test_a_reason_ends_the_call_and_keeps_what_was_typed(scene):
    _listen(scene)
    number = scene.start()
    scene.type("Router aus")
    scene.clock.advance(minutes=4)
    scene.press("Alt+M")
    menu = scene.panel.on_site.not_possible.menu()
    assert menu.isVisible()
    assert _entries(scene) == [
        "PC startet nicht", "Kein Internet", "Vom Kunden abgelehnt", "Anderer Grund, siehe Notizen", "",
        "Vor-Ort-Termin anlegen",
    ]  # fmt: skip
    menu.close()
    _choose(scene, "Kein Internet")
    ended = scene.stored(number)
    assert (ended.not_possible, ended.notes) == (NotPossible.NO_INTERNET, "Router aus")
    assert (ended.charge.seconds, ended.report_open) == (0, False)
    assert scene.heard[-1] == ("attempt_ended", ended)
    assert scene.spoken[-1] == "Sitzung beendet"


def test_another_reason_asks_for_a_note_first(scene):
    _listen(scene)
    number = scene.start()
    _choose(scene, "Anderer Grund, siehe Notizen")
    assert scene.stored(number).state is SessionState.RUNNING
    assert scene.notes.error() == "Bitte in den Notizen festhalten, warum es nicht möglich war."
    assert scene.notes.editor().hasFocus()
    scene.type("Strom weg")
    _choose(scene, "Anderer Grund, siehe Notizen")
    assert scene.stored(number).not_possible is NotPossible.OTHER


def test_escape_from_the_menu_leads_back_to_the_notes(scene):
    scene.start()
    scene.press("Alt+M")
    scene.panel.on_site.not_possible.menu().close()
    scene.tick()
    assert scene.notes.editor().hasFocus()
    assert scene.stored().state is SessionState.RUNNING


def test_a_busy_file_keeps_the_call_and_offers_to_try_again(scene):
    _listen(scene)
    number = scene.start()
    with scene.locked():
        _choose(scene, "Kein Internet")
        assert scene.stored(number).state is SessionState.RUNNING
        assert scene.heard == []
        assert scene.panel.notice.isVisible()
    scene.panel.notice.link_activated.emit()
    assert scene.stored(number).not_possible is NotPossible.NO_INTERNET


def test_a_visit_is_asked_for_while_the_clock_runs(scene):
    _listen(scene)
    number = scene.start()
    _choose(scene, "Vor-Ort-Termin anlegen")
    wish = VisitWish(scene.bohrer.customer_id, scene.bohrer.reception, number)
    assert scene.heard[-1] == ("visit_wanted", wish)
    assert scene.stored(number).state is SessionState.RUNNING


def test_that_a_visit_would_be_cheaper_is_said_once(scene):
    scene.start()
    scene.clock.advance(minutes=41)
    scene.tick()
    sentence = f"Vor Ort wäre jetzt günstiger: 92,50{NB}€ statt 94,50{NB}€."
    assert sentence not in scene.spoken
    for _second in range(3):
        scene.clock.advance(seconds=1)
        scene.tick()
    scene.clock.advance(minutes=30)
    scene.tick()
    assert [one for one in scene.spoken if one.startswith("Vor Ort")] == [sentence]
    assert scene.panel.on_site.reading().headline == "Vor Ort wäre jetzt günstiger"


def test_a_free_session_is_never_said_to_be_dear(scene):
    scene.start()
    scene.press("Ctrl+B")
    scene.clock.advance(minutes=90)
    scene.tick()
    assert not any(one.startswith("Vor Ort") for one in scene.spoken)


def test_trouble_that_comes_back_is_said_from_the_third_time_on(scene):
    _listen(scene)
    section = scene.panel.last_sessions
    for count in (1, 2):
        number = scene.start()
        assert section.recurring.isHidden(), count
        if count == 1:
            end_as_not_possible(scene.desk, number, NotPossible.NO_INTERNET)
        else:
            timekeeping.end_session(scene.desk, number)
        scene.clock.advance(days=2)
    scene.start()
    assert section.recurring.text() == "3. Sitzung an diesem PC in 30 Tagen"
    assert section.recurring.isVisible()
    section.recurring.click()
    section.all.click()
    assert scene.heard[-2:] == [("history_wanted", scene.bohrer.customer_id)] * 2
    scene.start(scene.bohrer.server)
    assert section.recurring.isHidden()

"""What stands beside the clock: agreement and exception, the meter, the last sessions."""

from __future__ import annotations

from datetime import datetime

from laverma_desk.domain.clock import from_local
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.setup import house
from laverma_desk.storage import customers
from laverma_desk.ui.widgets.badge import Badge
from tests.support.desks import add_customer

NB = "\u00a0"


def _advance_to(scene, **span):
    scene.clock.advance(**span)
    scene.tick()


def test_an_agreement_that_runs_out_meanwhile_stops_nothing(scene):
    scene.clock.set_wall(from_local(datetime.fromisoformat("2026-12-31 23:50")))
    scene.start()
    _advance_to(scene, minutes=5)
    assert not scene.panel.notice.isVisible()
    _advance_to(scene, minutes=10)
    assert scene.panel.notice.sentence() == (
        "Der AVV ist am 31.12.2026 abgelaufen. Diese Sitzung darf zu Ende gehen, die nächste ist gesperrt."
    )
    assert scene.panel.notice.isVisible()
    assert scene.timer.reading().digits == "00:15:00"
    assert scene.stored().state is SessionState.RUNNING


def test_an_exception_is_shown_with_its_reason_and_brings_no_notice(scene):
    customer = add_customer(scene.desk, "20", "Praxis Weiß", "PC 1", has_agreement=False)
    with scene.desk.database.read() as connection:
        (place,) = customers.workstations_of(connection, customer)
    session = timekeeping.start_session(
        scene.desk, place.id, exception_reason="Server steht", exception_by="Klaus Klassen"
    ).value
    scene.show(session.id)
    words = scene.panel.customer.exception_words()
    assert words == "Ausnahme ohne AVV: Server steht (Klaus Klassen, 01.03.2022)"
    assert scene.panel.customer.badge().text() == "kein AVV"
    assert not scene.panel.notice.isVisible()


def test_the_meter_turns_amber_when_a_visit_would_be_cheaper(scene):
    scene.start()
    _advance_to(scene, minutes=12, seconds=22)
    reading = scene.panel.on_site.reading()
    assert (reading.headline, reading.tone) == (f"Fernwartung günstiger bis 41{NB}Min", "green")
    assert reading.meter.minutes == 12
    assert reading.rows == (("Fernwartung bisher", f"29,25{NB}€"), ("Vor Ort", f"92,50{NB}€"))
    _advance_to(scene, minutes=28, seconds=38)
    assert scene.panel.on_site.reading().tone == "green"
    _advance_to(scene, seconds=1)
    reading = scene.panel.on_site.reading()
    assert (reading.headline, reading.tone) == ("Vor Ort wäre jetzt günstiger", "amber")


def test_without_an_on_site_price_the_meter_gives_way_to_a_sentence(scene):
    customer = add_customer(scene.desk, "20", "Praxis Weiß", "PC 1")
    with scene.desk.database.read() as connection:
        (place,) = customers.workstations_of(connection, customer)
    scene.start(place.id)
    assert scene.panel.on_site.reading() is None
    assert scene.panel.on_site._none.isVisible()
    assert not scene.panel.on_site._meter.isVisible()


def test_the_last_sessions_are_shown_with_the_reason_of_free_ones(scene):
    reason = next(one for one in house.read_house(scene.desk).free_reasons if one.name == "Garantie")
    for note, free in (("Erste Arbeit\nmehr", False), ("Zweite", True)):
        session = timekeeping.start_session(scene.desk, scene.bohrer.reception).value
        call_sheet.save_notes(scene.desk, session.id, note, "")
        call_sheet.save_billing(
            scene.desk, session.id, billable=not free, free_reason_id=reason.id if free else None
        )
        scene.clock.advance(minutes=2)
        timekeeping.end_session(scene.desk, session.id, report_open=False)
    scene.start()
    shown = [label.text() for label in scene.panel.last_sessions.findChildren(type(scene.notes._hint))]
    assert shown == [
        "Letzte Sitzungen",
        "01.03.2022",
        "00:02:00",
        "Zweite",
        "01.03.2022",
        "00:02:00",
        "Erste Arbeit",
    ]


def test_a_long_reason_leaves_day_and_duration_whole(scene):
    reason = next(one for one in house.read_house(scene.desk).free_reasons if one.name == "Wartungsvertrag")
    session = timekeeping.start_session(scene.desk, scene.bohrer.reception).value
    call_sheet.save_billing(scene.desk, session.id, billable=False, free_reason_id=reason.id)
    timekeeping.end_session(scene.desk, session.id, report_open=False)
    scene.start()
    labels = scene.panel.last_sessions.findChildren(type(scene.notes._hint))
    for words in ("01.03.2022", "00:00:00"):
        (label,) = (one for one in labels if one.text() == words)
        assert label.width() >= label.sizeHint().width()
    (badge,) = scene.panel.last_sessions.findChildren(Badge)
    assert badge.toolTip() == "Wartungsvertrag"


def test_a_new_customer_has_no_last_sessions(scene):
    scene.start()
    shown = [label.text() for label in scene.panel.last_sessions.findChildren(type(scene.notes._hint))]
    assert shown[-1] == "Erste Sitzung mit diesem Kunden."


def test_a_session_that_was_ended_elsewhere_says_so_without_a_dead_link(scene):
    session_id = scene.start()
    timekeeping.end_session(scene.desk, session_id)
    scene.press("F8")
    assert "ist schon beendet" in scene.panel.notice.sentence()
    assert not scene.panel.notice._link.isVisible()
    assert scene.timer.state_line().words() == "Sitzung beendet"
    assert not scene.timer.pause_button().isEnabled()

"""A log may be read before its session is over: the page and the history find each other's rows later."""

from __future__ import annotations

from laverma_desk.services.changes import Topic, done
from laverma_desk.storage import customers
from tests.support.connection_logs import at
from tests.support.past_sessions import past_session
from tests.support.reconciling_page import settle, titles


def test_a_session_that_is_recorded_later_takes_its_connection_off_the_page(page, desk, bohrer, read, qtbot):
    page.bring()
    assert titles(page)[0] == "* Verbindungen ohne Sitzung (3)"
    with desk.database.write() as connection:
        reception = customers.find_workstation(connection, bohrer.reception)
        found = past_session(connection, reception, at("16:47"), 900, number="S-2022-9004")
    page.surroundings.bus.publish(done(found, Topic.SESSIONS))
    settle(page, qtbot)
    assert titles(page)[0] == "* Verbindungen ohne Sitzung (2)"
    assert "* Zugeordnet (3)" in titles(page)

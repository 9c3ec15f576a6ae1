"""Enter starts; Ctrl+Enter goes on to the caller's screen; a known partner ID is enough for both."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from laverma_desk.domain.customer import Tool
from laverma_desk.services.calls import timekeeping
from laverma_desk.storage import customer_records, customers

ENTER = Qt.Key.Key_Return


@pytest.fixture
def connects(page):
    """What the page wants to be connected to, in the order in which it tells."""
    told = []
    page.controller.session_started.connect(lambda session: told.append(("started", session.id)))
    page.controller.connect_wanted.connect(lambda number: told.append(("connect", number)))
    return told


def give_ids(desk, workstation_id, *ids, tool=Tool.TEAMVIEWER):
    """Give a machine one ID after the other."""
    with desk.database.write() as connection:
        for one in ids:
            place = customers.find_workstation(connection, workstation_id)
            changed = replace(place, tool=tool, partner_id=one)
            customer_records.update_workstation(connection, changed, desk.clock.now())


def test_ctrl_enter_starts_and_connects(page, connects):
    page.type("bohrer rez")
    page.ctrl(ENTER)
    number = page.started[0].id
    assert connects == [("started", number), ("connect", number)]


def test_enter_starts_alone(page, connects):
    page.type("bohrer rez")
    page.press(ENTER)
    assert [what for what, _number in connects] == ["started"]


def test_the_wish_goes_with_what_it_was_meant_for(page, connects):
    page.type("hartmann rez")
    page.ctrl(ENTER)
    assert page.started == []
    page.press(Qt.Key.Key_Escape)
    page.press(Qt.Key.Key_Escape)
    page.type("bohrer rez")
    page.press(ENTER)
    assert [what for what, _number in connects] == ["started"]


def test_a_session_that_moves_is_not_connected(page, connects, desk, bohrer):
    session = timekeeping.start_session(desk, bohrer.reception).value
    page.controller.begin_move(session.id)
    page.type("bohrer server")
    page.ctrl(ENTER)
    assert len(page.moved) == 1
    assert connects == []


@pytest.mark.parametrize("typed", ["1234567890", "1 234 567 890", "1-234-567-890"])
def test_a_partner_id_is_enough(page, bohrer, typed):
    page.type(typed)
    page.press(ENTER)
    assert page.started[0].workstation_id == bohrer.reception


def test_an_id_that_a_machine_had_before_is_enough_too(page, desk, bohrer):
    give_ids(desk, bohrer.server, "555666777", "555666778")
    page.reload()
    page.type("555 666 777")
    assert page.results.count() == 1
    page.press(ENTER)
    assert page.started[0].workstation_id == bohrer.server


def test_an_alias_is_found_as_it_is_spelt(page, desk, bohrer):
    give_ids(desk, bohrer.server, "praxis_pc@ad", tool=Tool.ANYDESK)
    page.reload()
    page.type("praxis_pc@ad")
    assert page.rows()[0].place == "Server"
    page.ctrl(ENTER)
    assert page.started[0].partner_id == "praxis_pc@ad"


def test_whose_id_it_is_goes_before_whose_number_it_is_a_part_of(page, desk, bohrer, machine, practices):
    give_ids(desk, bohrer.server, "1496990009")
    give_ids(desk, machine(practices, "Server"), "496990009")
    page.reload()
    page.type("496990009")
    assert page.results.count() == 3
    assert (page.rows()[0].name, page.rows()[0].place) == ("Praxis Dr. Hartmann", "Server")

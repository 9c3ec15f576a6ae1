"""The page that hands over, on a desk with a tax adviser and documents of February and March 2022."""

from __future__ import annotations

from datetime import date

import pytest

from laverma_desk.domain.clock import local_day
from laverma_desk.ui.handover.controller import HandoverController
from tests.support import datev_desks, desks, rooms, statistics_page
from tests.support.invoice_houses import make_house
from tests.support.invoice_makers import sample_invoice

clock = desks.clock
opened_files, owner, surroundings = rooms.opened_files, rooms.owner, rooms.surroundings

FEBRUARY = date(2022, 2, 14)


@pytest.fixture
def desk(tmp_path, clock):
    opened = make_house(tmp_path / "desk", clock)
    assert local_day(opened.clock.now()) == date(2022, 3, 1)
    yield opened
    opened.close()


@pytest.fixture
def rows(desk):
    """Two practices with an account; the first has an invoice of February, which it paid."""
    rows = datev_desks.set_up_bookkeeping(desk)
    document = datev_desks.book(desk, rows[0], sample_invoice(), issued_on=FEBRUARY)
    datev_desks.pay(desk, document, 1_000, date(2022, 2, 20))
    return rows


@pytest.fixture
def page(surroundings, owner, qtbot, tmp_path):
    """The page in a real window with the window's keyboard; `bring()` puts it in front."""
    made = HandoverController(surroundings, owner)
    for part in (made.datev, made.audit):
        part.exports.machine_file = tmp_path / "machine" / "machine.ini"
    keyboard = rooms.show_in_window(made, qtbot, surroundings)

    def settle():
        statistics_page.settle(made, qtbot)

    def bring(kind="datev"):
        made.show(kind)
        keyboard.follow(made)
        made.activate()
        settle()
        return made

    made.bring, made.settle = bring, settle
    yield made
    qtbot.waitUntil(lambda: not surroundings.background.busy)

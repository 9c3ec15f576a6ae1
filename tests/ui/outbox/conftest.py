"""A desk with its dispatcher, and the outbox page in a real window."""

from __future__ import annotations

import pytest
from support import mail_fixtures

from laverma_desk.ui.outbox.controller import OutboxController
from laverma_desk.ui.outbox.dispatcher import Dispatcher
from tests.support import desks, rooms

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk
certificates, smtp_server = mail_fixtures.certificates, mail_fixtures.smtp_server
opened_files, owner, surroundings = rooms.opened_files, rooms.owner, rooms.surroundings


@pytest.fixture
def server(smtp_server, desk):
    started = smtp_server()
    desks.set_mail_account(desk, started.port)
    return started


@pytest.fixture
def dispatcher(surroundings, owner):
    made = Dispatcher(surroundings, owner)
    yield made
    made.close()


@pytest.fixture
def page(surroundings, dispatcher, owner, qtbot):
    """The page in front in a real window with the window's keyboard."""
    made = OutboxController(surroundings, dispatcher, owner)
    keyboard = rooms.show_in_window(made, qtbot, surroundings)
    dispatcher.start()

    def bring():
        keyboard.follow(made)
        made.activate()
        return made

    made.bring = bring
    yield made
    made.deciding._undo_timer.stop()

"""A desk with a mail account, and the report page in a real window."""

from __future__ import annotations

import pytest
from support import mail_fixtures

from laverma_desk.ui.keyboard import Keyboard
from laverma_desk.ui.report.controller import ReportController
from laverma_desk.ui.shell import Shell
from tests.support import desks, rooms
from tests.support.report_page import Heard

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk
certificates, smtp_server = mail_fixtures.certificates, mail_fixtures.smtp_server
opened_files, owner, surroundings = rooms.opened_files, rooms.owner, rooms.surroundings


@pytest.fixture(autouse=True)
def account(desk):
    desks.set_mail_account(desk, 2525)


@pytest.fixture
def page(surroundings, owner, qtbot):
    """The page in front in a real window with the window's keyboard."""
    made = ReportController(surroundings, owner)
    shell = Shell()
    qtbot.addWidget(shell)
    shell.stage.addWidget(made.panel)
    shell.stage.setCurrentWidget(made.panel)
    shell.show()
    qtbot.waitActive(shell)
    keyboard = Keyboard(shell, {})
    made.heard, made.shell = Heard(made), shell

    def bring(number, problem=None, *, wait=True):
        made.show_report(number, problem)
        keyboard.follow(made)
        made.activate()
        if wait:
            qtbot.waitUntil(lambda: not made._preparation.read.running)
        return made.panel

    made.bring = bring
    yield made
    made._preparation.stop()
    made.panel.needs._unsaved.stop()

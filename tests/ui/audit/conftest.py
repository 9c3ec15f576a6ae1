"""The page "Prüfung" on a desk over two years in which everything happened."""

from __future__ import annotations

import pytest
from shiboken6 import isValid

from laverma_desk.ui.audit.controller import AuditController
from tests.support import rooms
from tests.support.audited_desks import open_audited
from tests.support.opened_books import make_sound

opened_files, owner, surroundings = rooms.opened_files, rooms.owner, rooms.surroundings


@pytest.fixture
def story(tmp_path):
    story = open_audited(tmp_path / "desk")
    make_sound(story.desk)
    yield story
    story.desk.close()


@pytest.fixture
def desk(story):
    return story.desk


@pytest.fixture
def page(surroundings, owner, qtbot):
    """The page in a real window with the window's keyboard; `bring()` puts it in front."""
    made = AuditController(surroundings, owner)
    keyboard = rooms.show_in_window(made, qtbot, surroundings)

    def settle():
        qtbot.waitUntil(lambda: not surroundings.background.busy, timeout=20_000)

    def bring():
        keyboard.follow(made)
        made.activate()
        settle()
        return made

    made.bring, made.settle = bring, settle
    yield made
    settle()
    if isValid(made.panel):
        made.panel.procedures.paper.clear()

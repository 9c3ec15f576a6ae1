"""A desk that nobody has set up, and the assistant on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from laverma_desk.mail.secret import Secrets
from laverma_desk.services.setup import house
from laverma_desk.ui.assistant.controller import AssistantController
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.surroundings import Surroundings
from tests.support.desks import clock  # noqa: F401 (fixture)
from tests.support.kept_desks import open_kept
from tests.support.mail_fixtures import certificates, keyring_in_memory, smtp_server  # noqa: F401 (fixtures)


@pytest.fixture
def owner(dressed):
    """What everything of a test belongs to and goes with."""
    root = QObject()
    yield root
    root.deleteLater()


@pytest.fixture
def fresh(tmp_path, clock, keyring_in_memory):  # noqa: F811 (the fixtures)
    """A desk on the day of its first start."""
    desk, _ = open_kept(tmp_path / "desk", clock, Secrets(keyring_in_memory), house.prepare_new_desk)
    yield desk
    desk.close()


@pytest.fixture
def surroundings(fresh, owner):
    """The desk with its background and its news."""
    background = Background(owner)
    yield Surroundings(fresh, background, ChangeBus(owner))
    background.close()


@pytest.fixture
def start(surroundings, owner, qtbot):
    """Show an assistant, as each start of the program does until one has come to its end."""

    def show() -> AssistantController:
        made = AssistantController(surroundings, owner)
        qtbot.addWidget(made.panel)
        made.panel.resize(1280, 768)
        made.panel.show()
        made.activate()
        qtbot.waitUntil(lambda: not surroundings.background.busy)
        return made

    return show


@pytest.fixture
def assistant(start):
    """The first one."""
    return start()

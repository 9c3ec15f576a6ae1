"""What a page is given in a test: a background, the news, and a stand-in for the system's programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.keyboard import Keyboard
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.surroundings import Surroundings


@pytest.fixture
def owner(dressed):
    """What everything of a test belongs to and goes with."""
    root = QObject()
    yield root
    root.deleteLater()


@pytest.fixture
def surroundings(desk, owner):
    """The desk with its background and its news."""
    background = Background(owner)
    yield Surroundings(desk, background, ChangeBus(owner))
    background.close()


class _Opener(QObject):
    """Stands where the system's programs for files stand."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.files.append(Path(url.toLocalFile()))


@pytest.fixture
def opened_files(dressed):
    """The files that were handed to other programs."""
    opener = _Opener()
    QDesktopServices.setUrlHandler("file", opener, "take")
    yield opener.files
    QDesktopServices.unsetUrlHandler("file")


def show_in_window(made, qtbot, surroundings):
    """Put a controller's page into a real window; return what makes its keys those of the window."""
    shell = Shell()
    qtbot.addWidget(shell)
    shell.stage.addWidget(made.panel)
    shell.stage.setCurrentWidget(made.panel)
    shell.resize(1280, 768)
    shell.show()
    qtbot.waitActive(shell)
    made.shell, made.surroundings = shell, surroundings
    return Keyboard(shell, {})

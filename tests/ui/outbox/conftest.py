"""A desk, a way to the background and real mail servers for the pages of this room."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from support.mail_fixtures import certificates, smtp_server  # noqa: F401 (fixtures)

from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.surroundings import Surroundings
from tests.support.desks import bohrer, clock, desk  # noqa: F401 (fixtures)


@pytest.fixture
def owner(dressed):
    """What everything of a test belongs to and goes with."""
    root = QObject()
    yield root
    root.deleteLater()


@pytest.fixture
def surroundings(desk, owner):  # noqa: F811 (the fixture)
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

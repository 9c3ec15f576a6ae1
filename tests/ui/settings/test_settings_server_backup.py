"""The page for backups where the desk lies on a server: the commands, one backup now, and no restore here."""

from __future__ import annotations

import os
import subprocess

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from laverma_desk.paths import DataDir
from laverma_desk.services.setup.house import read_house
from laverma_desk.ui.background import Background
from laverma_desk.ui.backup_keeper import BackupKeeper
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.settings.backup_section import backup_section
from laverma_desk.ui.settings.page_frame import PageFrame
from laverma_desk.ui.surroundings import Surroundings
from tests.support.desks import clock, memory_secrets  # noqa: F401 (a fixture)
from tests.support.kept_desks import drop_passing, new_server_desk
from tests.support.servers import binaries


@pytest.fixture
def surroundings(tmp_path, clock, qtbot, monkeypatch):  # noqa: F811 (the fixture)
    monkeypatch.setenv("PATH", os.pathsep.join((str(binaries()), os.environ["PATH"])))
    desk = new_server_desk(DataDir(tmp_path / "mine"), clock, memory_secrets())
    owner = QObject()
    background = Background(owner)
    yield Surroundings(desk, background, ChangeBus(owner))
    qtbot.waitUntil(lambda: not background.busy)
    assert owner is not None, "kept until here"
    desk.close()
    drop_passing()


@pytest.fixture
def form(surroundings, dressed, qtbot):
    section = backup_section(surroundings, surroundings.bus)
    frame = PageFrame("Datensicherung", "", section.form)
    section.show_house(read_house(surroundings.desk))
    frame.resize(704, 900)
    with qtbot.waitExposed(frame):
        frame.show()
    qtbot.waitUntil(lambda: not surroundings.background.busy)
    yield section.form
    frame.close()


def test_the_commands_can_be_taken_along(form, surroundings):
    making, restoring = form.commands.making, form.commands.restoring
    assert making.words.text().startswith("pg_dump --format=custom")
    assert str(surroundings.desk.data.backups) in making.words.text()
    assert restoring.words.text().startswith("pg_restore --clean --if-exists --single-transaction")
    assert making.words.isReadOnly()
    assert making.words.accessibleName() == "Befehl für die Sicherung"
    QTest.mouseClick(making.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == making.words.text()
    assert form.copies.sentence() == "Von hier aus wurde der Server noch nicht gesichert."
    assert form.copies.restore.isHidden()
    assert form.copies.other.isHidden()


def test_a_backup_is_made_now(form, surroundings, qtbot):
    QTest.mouseClick(form.copies.copy, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Zuletzt gesichert" in form.copies.sentence())
    (file,) = surroundings.desk.data.backups.iterdir()
    listed = subprocess.run(
        [binaries() / "pg_restore", "--list", file], capture_output=True, encoding="utf-8", check=True
    )
    assert "TABLE DATA public session " in listed.stdout
    assert str(file) in form.commands.restoring.words.text()


def test_no_copy_of_a_file_is_ever_made(surroundings, qtbot, monkeypatch):
    monkeypatch.setattr("laverma_desk.ui.backup_keeper.FIRST_MS", 0)
    keeper = BackupKeeper(surroundings, surroundings.bus)
    keeper.start()
    assert not keeper._first.isActive()
    assert not keeper._hourly.isActive()

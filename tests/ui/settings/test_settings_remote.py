"""Where the remote tools lie is kept on this machine, the two figures in the desk."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk import settings
from laverma_desk.domain.company import RemoteSettings
from laverma_desk.services.setup.house import read_house
from tests.support.programs import bare_machine, write_program  # noqa: F401

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs are scripts")


@pytest.fixture
def folder(bare_machine):  # noqa: F811
    return bare_machine


def test_what_is_found_is_said_and_what_is_not(folder, hand):
    program = write_program(folder, "teamviewer")
    form = hand.open("remote").form
    assert form.state("teamviewer") == f"gefunden: {program}"
    assert form.state("anydesk") == "nicht gefunden"
    assert form.state("other") == "zum Beispiel /opt/viewer/start --id {id}"
    assert (form.text("reconnect_minutes"), form.text("long_session_hours")) == ("5", "2")


def test_paths_commands_and_figures_are_kept(folder, hand, machine_file):
    viewer = write_program(folder, "viewer")
    hand.open("remote").type("teamviewer", str(viewer)).type("other", f"{viewer} --id {{id}}")
    hand.type("reconnect_minutes", "0").type("long_session_hours", "8").type(
        "watched_log", "/x/Connections.txt"
    )
    assert hand.form.state("other") == f"gefunden: {viewer}"
    assert hand.form.state("watched_log") == "nicht gefunden"
    hand.save()
    assert hand.unsaved_pages() == []
    machine = settings.load(machine_file)
    assert machine.tool_paths == {"teamviewer": str(viewer)}
    assert machine.tool_templates == {"other": f"{viewer} --id {{id}}"}
    assert machine.watched_log == "/x/Connections.txt"
    assert read_house(hand.desk).remote == RemoteSettings(0, 8)
    hand.type("teamviewer", "").type("watched_log", str(viewer))
    assert hand.form.state("watched_log") == "gefunden"
    hand.save()
    assert settings.load(machine_file).tool_paths == {}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (
            "anydesk",
            "/nirgends/anydesk",
            "Es gibt kein Programm „/nirgends/anydesk“, das sich starten lässt.",
        ),
        (
            "other",
            "/opt/x {id} {id}",
            "Ein Befehl sieht so aus: /opt/x/viewer --id {id}, mit {id} genau einmal.",
        ),
        ("other", "/bin/sh -c {id}", "Von hier wird keine Shell gestartet. Das Programm selbst nennen."),
        ("reconnect_minutes", "121", "Das ist keine Zahl von 0 bis 120."),
        ("long_session_hours", "0", "Das ist keine Zahl von 1 bis 24."),
    ],
)
def test_what_is_wrong_is_named_and_not_kept(folder, hand, machine_file, field, typed, sentence):
    hand.open("remote").type(field, typed).save()
    assert hand.form.error(field) == sentence
    assert hand.form.text(field) == typed
    assert not machine_file.exists()


def test_a_file_is_chosen_with_the_folder_at_the_field(folder, hand):
    program = write_program(folder, "tv")
    form = hand.open("remote").form
    QTest.mouseClick(form.field("rustdesk")._action, Qt.MouseButton.LeftButton)
    dialog = form.files.dialog
    assert dialog.windowTitle() == "RustDesk"
    dialog.fileSelected.emit(str(program))
    dialog.reject()
    assert form.text("rustdesk") == str(program)
    assert form.state("rustdesk") == f"gefunden: {program}"
    assert hand.unsaved_pages() == ["remote"]


def test_a_link_from_the_call_leads_to_the_field(folder, hand):
    hand.controller.open_page("remote/other")
    hand.controller.activate()
    assert hand.controller.section("remote").form.field("other").hasFocus()

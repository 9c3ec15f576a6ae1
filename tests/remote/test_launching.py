"""Programs are found where they may be, get the ID as one argument, and are watched in their first moment."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.remote.environment import outside_environment
from laverma_desk.remote.finding_programs import find_by_name
from laverma_desk.remote.launching import (
    PROGRAMS,
    ToolPlace,
    check_alive,
    command_for,
    launch,
    program_of,
)
from tests.support.programs import arguments_of, bare_machine, write_program  # noqa: F401 (fixture)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs are scripts")
HERE = ToolPlace()


@pytest.fixture
def folder(bare_machine):  # noqa: F811 (the fixture)
    """The only folder in which programs are looked for."""
    return bare_machine


def ended(launched):
    """Wait until a program has ended."""
    for thread in threading.enumerate():
        if thread.name == "remote-tool":
            thread.join(30)
    return launched.exit_code()


@pytest.mark.parametrize(
    ("tool", "name", "partner_id", "arguments"),
    [
        (Tool.TEAMVIEWER, "teamviewer", "1234567890", ["-i", "1234567890"]),
        (Tool.ANYDESK, "anydesk", "praxis@ad", ["praxis@ad"]),
        (Tool.RUSTDESK, "rustdesk", "praxis_pc", ["--connect", "praxis_pc"]),
    ],
)
def test_a_tool_gets_the_id_and_nothing_else(folder, tool, name, partner_id, arguments):
    program = write_program(folder, name)
    command = command_for(tool, partner_id, HERE)
    assert command == [str(program), *arguments]
    launched = launch(command)
    assert arguments_of(program) == arguments
    assert ended(launched) == 0
    check_alive(launched)


def test_a_chosen_path_goes_before_what_is_found(folder, tmp_path):
    write_program(folder, "teamviewer")
    chosen = write_program(tmp_path / "eigene programme", "TeamViewer 15")
    assert program_of(Tool.TEAMVIEWER, ToolPlace(str(chosen))) == chosen
    chosen.unlink()
    assert program_of(Tool.TEAMVIEWER, ToolPlace(str(chosen))) is None
    with pytest.raises(RuleBroken) as refused:
        command_for(Tool.TEAMVIEWER, "1234567890", ToolPlace(str(chosen)))
    assert refused.value.code is Rule.TOOL_NOT_FOUND


def test_what_is_not_there_is_not_found(folder):
    for tool in PROGRAMS:
        assert program_of(tool, HERE) is None
        with pytest.raises(RuleBroken) as refused:
            command_for(tool, "1234567890", HERE)
        assert refused.value.code is Rule.TOOL_NOT_FOUND
    with pytest.raises(RuleBroken) as refused:
        command_for(Tool.OTHER, "pc", HERE)
    assert refused.value.parameters["tool"] is Tool.OTHER


def test_nothing_is_taken_from_the_folder_one_stands_in(tmp_path, monkeypatch):
    write_program(tmp_path, "teamviewer")
    monkeypatch.chdir(tmp_path)
    for path in ("", ".", ":", f".{os.pathsep}bin"):
        monkeypatch.setenv("PATH", path)
        assert find_by_name("teamviewer") is None
    assert find_by_name("./teamviewer") is None


def test_a_name_leads_into_no_other_folder(folder):
    elsewhere = write_program(folder / "bin", "teamviewer")
    assert find_by_name("bin/teamviewer") is None
    assert find_by_name(str(elsewhere)) is None


def test_what_cannot_be_started_is_no_program(folder):
    write_program(folder, "teamviewer").chmod(0o644)
    assert program_of(Tool.TEAMVIEWER, HERE) is None
    (folder / "anydesk").mkdir()
    assert program_of(Tool.ANYDESK, HERE) is None


@pytest.mark.parametrize("partner_id", ["", "12345678", "--play", "123456789 --play", "123456789\n"])
def test_what_is_no_id_starts_nothing(folder, partner_id):
    write_program(folder, "teamviewer")
    with pytest.raises(RuleBroken) as refused:
        command_for(Tool.TEAMVIEWER, partner_id, HERE)
    assert (refused.value.code, refused.value.field) == (Rule.PARTNER_ID_INVALID, "partner_id")


def test_without_a_program_the_system_opens_its_address(folder):
    write_program(folder, "xdg-open")
    asked = folder / "xdg-mime"
    asked.write_text('#!/bin/sh\n[ "$3" = x-scheme-handler/anydesk ] && echo anydesk.desktop\n', "utf-8")
    asked.chmod(0o755)
    assert command_for(Tool.ANYDESK, "praxis@ad", HERE) == [str(folder / "xdg-open"), "anydesk:praxis@ad"]
    with pytest.raises(RuleBroken):
        command_for(Tool.RUSTDESK, "praxis_pc", HERE)
    with pytest.raises(RuleBroken) as refused:
        command_for(Tool.ANYDESK, "praxis@ad", ToolPlace(str(folder / "gone")))
    assert refused.value.code is Rule.TOOL_NOT_FOUND, "what somebody chose is not replaced behind their back"


def test_the_addresses_are_those_the_tools_register():
    assert PROGRAMS[Tool.TEAMVIEWER].filled_address("123456789") == "teamviewer10://control?device=123456789"
    assert PROGRAMS[Tool.RUSTDESK].filled_address("praxis_pc") == "rustdesk://connection/new/praxis_pc"
    assert [one.scheme for one in PROGRAMS.values()] == ["teamviewer10", "anydesk", "rustdesk"]
    assert PROGRAMS[Tool.ANYDESK].filled_address("a&b c") == "anydesk:a%26b%20c"


def test_a_program_that_dies_at_once_is_a_failure(folder):
    launched = launch([str(write_program(folder, "teamviewer", code=3)), "-i", "123456789"])
    assert ended(launched) == 3
    with pytest.raises(OutsideTrouble) as said:
        check_alive(launched)
    assert said.value.code is Trouble.TOOL_DID_NOT_START
    assert said.value.parameters["exit_code"] == 3


def test_a_program_that_goes_on_is_none(folder):
    program = write_program(folder, "teamviewer", seconds=0.3)
    launched = launch([str(program), "-i", "123456789"])
    assert arguments_of(program)
    assert launched.exit_code() is None
    assert os.getsid(launched._process.pid) != os.getsid(0), "what ends the desk does not end it"
    check_alive(launched)
    assert ended(launched) == 0


def test_what_the_system_refuses_is_a_failure(folder):
    broken = write_program(folder, "teamviewer")
    broken.write_bytes(b"\x7fELF no program")
    with pytest.raises(OutsideTrouble) as said:
        launch([str(broken), "-i", "123456789"])
    assert said.value.code is Trouble.TOOL_DID_NOT_START
    with pytest.raises(OutsideTrouble):
        launch([str(Path(folder) / "gone")])


def test_a_tool_gets_nothing_of_the_folder_of_a_stand_alone_build(monkeypatch):
    monkeypatch.setenv("QT_PLUGIN_PATH", "/opt/desk/_internal/PySide6/plugins")
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/desk/_internal")
    assert outside_environment()["LD_LIBRARY_PATH"] == "/opt/desk/_internal"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", "/opt/desk/_internal", raising=False)
    told = outside_environment()
    assert "LD_LIBRARY_PATH" not in told
    assert "QT_PLUGIN_PATH" not in told
    assert told["QT_SCALE_FACTOR"] == "2"
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/local/lib")
    assert outside_environment()["LD_LIBRARY_PATH"] == "/usr/local/lib"

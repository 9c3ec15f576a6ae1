"""A command of one's own is split as one means it, and refused where it could do something else."""

from __future__ import annotations

import os

import pytest

from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.remote.custom import check_command, split_command
from laverma_desk.remote.launching import ToolPlace, command_for, launch, program_of
from tests.support.programs import arguments_of, write_program

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs are scripts")


@pytest.fixture
def viewer(tmp_path):
    return write_program(tmp_path / "eigene programme", "viewer")


def refused(line):
    with pytest.raises(RuleBroken) as found:
        check_command(line)
    return found.value.code


def test_the_id_stands_where_the_command_wants_it(viewer):
    place = ToolPlace(command=f'"{viewer}" --id={{id}} "--title=Praxis Dr. Weiß" $HOME *.txt ; rm x')
    command = command_for(Tool.OTHER, "pc.praxis:5900", place)
    assert program_of(Tool.OTHER, place) == viewer
    launch(command)
    assert arguments_of(viewer) == [
        "--id=pc.praxis:5900", "--title=Praxis Dr. Weiß", "$HOME", "*.txt", ";", "rm", "x",
    ]  # fmt: skip


def test_a_command_may_stand_for_a_known_tool_too(viewer):
    command = command_for(Tool.TEAMVIEWER, "1234567890", ToolPlace(command=f"'{viewer}' -i {{id}}"))
    assert command == [str(viewer), "-i", "1234567890"]
    with pytest.raises(RuleBroken):
        command_for(Tool.TEAMVIEWER, "praxis", ToolPlace(command=f"'{viewer}' -i {{id}}"))


def test_a_program_may_be_named_as_it_is_found(viewer, monkeypatch):
    monkeypatch.setenv("PATH", str(viewer.parent))
    assert check_command("viewer {id}") == [str(viewer), "{id}"]


@pytest.mark.parametrize(
    "ending", ["", "--id", "{id} {id}", "--id={id}{id}", "'{id}", '"{id}', "{ID}", "{id}\0"]
)
def test_the_id_stands_in_it_exactly_once(viewer, ending):
    assert refused(f"'{viewer}' {ending}") is Rule.TOOL_COMMAND_INVALID


def test_the_id_is_never_the_program():
    assert refused("/opt/{id} --now") is Rule.TOOL_COMMAND_INVALID
    assert refused("") is Rule.TOOL_COMMAND_INVALID


@pytest.mark.parametrize("shell", ["/bin/sh -c", "bash", "/usr/bin/zsh", "C:/Windows/System32/CMD.EXE /c"])
def test_no_shell(shell):
    assert refused(f"{shell} {{id}}") is Rule.TOOL_COMMAND_FOREIGN


@pytest.mark.parametrize(
    "part",
    [
        "--password geheim",
        "--Passwd=x",
        "--pw 1",
        "/pw:1",
        "--kennwort=x",
        "--pass=x",
        "--passphrase x",
        "teamviewer10://control?authorization=x",
    ],
)
def test_no_password(viewer, part):
    assert refused(f"'{viewer}' {part} {{id}}") is Rule.TOOL_COMMAND_SECRET


def test_the_program_has_to_be_there(viewer):
    viewer.unlink()
    assert refused(f"'{viewer}' {{id}}") is Rule.TOOL_PATH_WRONG
    assert program_of(Tool.OTHER, ToolPlace(command=f"'{viewer}' {{id}}")) is None


def test_on_windows_a_backslash_is_a_letter():
    line = r'"C:\Program Files\Viewer\viewer.exe" /id:{id} /name:"Dr. Weiß" \\server\x'
    assert split_command(line, windows=True) == [
        r"C:\Program Files\Viewer\viewer.exe", "/id:{id}", "/name:Dr. Weiß", r"\\server\x",
    ]  # fmt: skip
    assert split_command("it's {id}", windows=True) == ["it's", "{id}"]

"""What belongs to this machine comes back as it was, and a broken file keeps nobody from starting."""

from __future__ import annotations

from pathlib import Path

import pytest

from laverma_desk import paths
from laverma_desk.settings import TEXT_SIZES, THEMES, MachineSettings, change, load, save


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "not yet there" / "machine.ini"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text_size", TEXT_SIZES)
@pytest.mark.parametrize("language", [None, "de", "en"])
def test_everything_comes_back(file: Path, theme, text_size, language) -> None:
    wanted = MachineSettings(theme, language, text_size, "AdnQywADAAAA%AA=")
    save(wanted, file)
    assert load(file) == wanted


@pytest.mark.parametrize("name", ["tray", "mini_on_minimise", "notifications"])
def test_every_switch_comes_back(file: Path, name: str) -> None:
    wanted = MachineSettings("dark")._replace(**{name: False})
    assert change(file, theme="dark", **{name: False}) == wanted
    assert load(file) == wanted


def test_where_remote_tools_lie_comes_back(file: Path) -> None:
    wanted = MachineSettings(
        tool_paths={"teamviewer": r"C:\Program Files\TeamViewer\TeamViewer.exe", "rustdesk": "/opt/Ä 1%/rd"},
        tool_templates={"other": '"/opt/x y/viewer" --id={id} ; # = :'},
        watched_log="/home/k/Connections.txt",
    )
    save(wanted, file)
    assert load(file) == wanted
    assert change(file, theme="dark").tool_paths == wanted.tool_paths


def test_nothing_there_is_as_in_the_beginning(file: Path) -> None:
    assert load(file) == MachineSettings("system", None, 100, "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00broken",
        b"theme = dark",
        b"[window]\ntheme = dark\n[window]\ntheme = light",
        b"[window]\ntheme = pink\nlanguage = fr\ntext_size = 300",
        b"[window]\ntext_size = huge",
        b"[other]\ntheme = dark",
    ],
)
def test_a_broken_file_is_as_in_the_beginning(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert load(file) == MachineSettings()


def test_one_wrong_value_does_not_take_the_others_along(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("[window]\ntheme = dark\ntext_size = 7\nlanguage = en\n", encoding="utf-8")
    assert load(file) == MachineSettings("dark", "en", 100)


def test_the_old_file_stands_until_the_new_one_is_whole(file: Path) -> None:
    save(MachineSettings("dark"), file)
    blocked = file.with_name(f"{file.name}.new")
    blocked.mkdir()  # The new file cannot be written.
    save(MachineSettings("light"), file)
    assert load(file) == MachineSettings("dark")
    blocked.rmdir()
    save(MachineSettings("light"), file)
    assert load(file) == MachineSettings("light")
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_folder_that_cannot_be_made_is_no_crash(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder", encoding="utf-8")
    save(MachineSettings("dark"), in_the_way / "machine.ini")
    assert in_the_way.read_text(encoding="utf-8") == "no folder"


def test_saving_one_thing_keeps_the_others(file: Path) -> None:
    save(MachineSettings("dark", "en", 150, "place"), file)
    save(load(file)._replace(text_size=125), file)
    assert load(file) == MachineSettings("dark", "en", 125, "place")


def test_changing_one_thing_keeps_what_others_have_kept_meanwhile(file: Path) -> None:
    started_with = load(file)
    change(file, notifications=False)
    assert change(file, geometry="place") == started_with._replace(notifications=False, geometry="place")
    assert load(file) == started_with._replace(notifications=False, geometry="place")


def test_the_file_lies_in_the_users_own_folder() -> None:
    assert paths.machine_settings_file().name == "machine.ini"
    assert "Laverma Desk" in paths.machine_settings_file().parts

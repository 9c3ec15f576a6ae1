"""Into the start menu of a Linux desktop and out of it again, in folders of the test."""

from __future__ import annotations

import configparser
import re
import shlex
import sys

import pytest
from lxml import etree

from laverma_desk import __version__, own_program, paths
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.services.desktop import entry, freedesktop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the menu of Linux desktops")
METAINFO = "de.laverma.desk.metainfo.xml"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def written_entry(home):
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(home / "data" / "applications" / "laverma-desk.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def files(home):
    # The desktop's own cache is not ours to count.
    return sorted(one.name for one in home.rglob("*") if one.is_file() and one.suffix != ".cache")


def test_the_menu_starts_this_very_program(home):
    assert entry.read_state() == entry.EntryState(None, ours=False, tel=False)
    state = entry.install()
    assert state == entry.EntryState(
        home / "data" / "applications" / "laverma-desk.desktop", ours=True, tel=False
    )
    made = written_entry(home)
    assert shlex.split(made["Exec"]) == [*own_program.command(), "%u"]
    assert made["TryExec"] == sys.executable
    assert made["MimeType"] == "x-scheme-handler/laverma-desk;"
    assert (home / "data" / "metainfo" / METAINFO).is_file()
    for size in (16, 32, 48, 128, 256, 512):
        icon = home / "data" / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{made['Icon']}.png"
        assert icon.read_bytes().startswith(b"\x89PNG")


def test_phone_numbers_come_here_only_if_wanted(home):
    assert entry.install(tel=True).tel
    assert "x-scheme-handler/tel;" in written_entry(home)["MimeType"]
    assert not entry.install().tel
    assert "x-scheme-handler/tel" not in written_entry(home)["MimeType"]
    assert "x-scheme-handler/tel" not in (home / "config" / "mimeapps.list").read_text("utf-8")


def test_out_again_leaves_what_others_wrote(home):
    (home / "config").mkdir()
    listed = home / "config" / "mimeapps.list"
    before = "[Default Applications]\nx-scheme-handler/tel=linphone.desktop;\ntext/html=firefox.desktop\n"
    listed.write_text(before, "utf-8")
    entry.install(tel=True)
    entry.remove()
    assert listed.read_text("utf-8") == before
    assert files(home) == ["mimeapps.list"]
    assert entry.read_state().file is None
    entry.remove()  # Nothing there is no error.


def test_an_entry_of_a_program_that_lies_elsewhere_is_said_and_renewed(home):
    file = entry.install().file
    file.write_text(
        re.sub("(?m)^Exec=.*$", "Exec=/opt/old/laverma-desk %u", file.read_text("utf-8")), "utf-8"
    )
    assert entry.read_state() == entry.EntryState(file, ours=False, tel=False)
    assert entry.install().ours


def test_the_stand_alone_program_is_called_as_it_is(home, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/laverma-desk/laverma-desk")
    entry.install()
    assert written_entry(home)["Exec"] == "/opt/laverma-desk/laverma-desk %u"


@pytest.mark.parametrize(
    ("argument", "written"),
    [
        ("/opt/x", "/opt/x"),
        ("/opt/my desk", '"/opt/my desk"'),
        ('/opt/"$a`', '"/opt/\\\\"\\\\$a\\\\`"'),
        ("/opt/100%", '"/opt/100%%"'),
        ("/opt/a\\b", '"/opt/a\\\\\\\\b"'),
    ],
)
def test_paths_are_quoted_as_the_specification_wants_it(argument, written):
    assert freedesktop.exec_line([argument]) == f"{written} %u"


def test_a_folder_that_cannot_be_written_is_said(home):
    (home / "data").write_text("no folder", "utf-8")
    with pytest.raises(OutsideTrouble) as caught:
        entry.install()
    assert caught.value.code is Trouble.FILE_UNWRITABLE
    assert caught.value.parameters["file"].startswith(str(home / "data"))
    assert files(home) == ["data"]


def test_a_system_without_a_menu_says_so(monkeypatch):
    monkeypatch.setattr(sys, "platform", "sunos5")
    assert not entry.known_system()
    for call in (entry.read_state, entry.install, entry.remove):
        with pytest.raises(OutsideTrouble) as caught:
            call()
        assert caught.value.code is Trouble.MENU_UNKNOWN


def test_the_metadata_belong_to_this_version_and_this_entry():
    tree = etree.parse(paths.resource("desktop", METAINFO))
    assert tree.findtext("id") == "de.laverma.desk"
    assert tree.findtext("launchable") == freedesktop.ENTRY
    assert tree.find("releases/release").get("version") == __version__
    shipped = paths.resource("desktop", freedesktop.ENTRY).read_text("utf-8")
    assert f"Comment={tree.findtext('summary')}\n" in shipped
    german = tree.find("summary[@{http://www.w3.org/XML/1998/namespace}lang='de']").text
    assert f"Comment[de]={german}\n" in shipped

"""What belongs to one person stays with that person, also where it was open to all before."""

from __future__ import annotations

import os
import stat

import pytest

from laverma_desk import private_files, settings
from laverma_desk.services.backups.plan import change_plan
from laverma_desk.services.files import copy_to_look_at, save_file

pytestmark = pytest.mark.skipif(os.name != "posix", reason="file modes")


@pytest.fixture
def careless():
    """A machine that keeps nothing private by itself."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_that_was_open_to_all_is_private_once_it_is_written_anew(tmp_path, careless):
    file = tmp_path / "machine.ini"
    fresh = tmp_path / "machine.ini.new"
    for one in (file, fresh):
        one.write_text("[window]\n", "utf-8")
        one.chmod(0o666)
    settings.save(settings.MachineSettings(text_size=125), file)
    assert (mode(file), settings.load(file).text_size) == (0o600, 125)


def test_the_folder_of_the_settings_is_private_and_those_above_it_are_not_ours(tmp_path, careless):
    settings.save(settings.MachineSettings(), tmp_path / "config" / "Laverma Desk" / "machine.ini")
    assert mode(tmp_path / "config" / "Laverma Desk") == 0o700
    assert mode(tmp_path / "config" / "Laverma Desk" / "machine.ini") == 0o600


def test_a_copy_to_look_at_is_private_and_what_is_given_out_is_as_any_document(desk, tmp_path, careless):
    assert mode(copy_to_look_at(desk, "Rechnung.pdf", b"%PDF")) == 0o600
    os.umask(0o022)
    assert mode(save_file(desk, tmp_path / "Rechnung.pdf", b"%PDF")) == 0o644
    change_plan(desk.data, sealed=False)
    assert mode(desk.data.root / "backups.json") == 0o600


@pytest.mark.files("a copy of the file")
def test_a_present_desk_that_has_to_be_copied_is_private_all_the_time(desk, tmp_path, careless, monkeypatch):
    """Where the file system has no second names for a file."""
    from laverma_desk.services.backups import restoring  # noqa: PLC0415

    seen = []
    copy = restoring.shutil.copyfile

    def watched(file, fresh):
        seen.append(mode(fresh))
        return copy(file, fresh)

    def no_links(*_names):
        raise OSError

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(restoring.shutil, "copyfile", watched)
    (tmp_path / ".kept.partial").write_bytes(b"left by a crash")
    (tmp_path / ".kept.partial").chmod(0o666)
    restoring._second_name(desk.data.database, tmp_path / "kept")
    assert seen == [0o600]
    assert mode(tmp_path / "kept") == 0o600
    assert (tmp_path / "kept").read_bytes() == desk.data.database.read_bytes()


def fail_after(file):
    with private_files.nothing_for_others():
        file.touch()
        raise KeyError


def test_the_umask_is_as_before_whatever_a_block_does(tmp_path, careless):
    with pytest.raises(KeyError):
        fail_after(tmp_path / "a")
    (tmp_path / "b").touch()
    assert (mode(tmp_path / "a"), mode(tmp_path / "b")) == (0o600, 0o666)

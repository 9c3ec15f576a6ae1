from __future__ import annotations

from pathlib import Path

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.explain import explain
from laverma_desk.services import files


def test_a_copy_replaces_the_one_before(desk, tmp_path):
    path = tmp_path / "Bericht.pdf"
    files.save_file(desk, path, b"alt")
    assert files.save_file(desk, path, b"neu") == path
    assert path.read_bytes() == b"neu"


def test_a_copy_that_cannot_be_written_names_the_file(desk, tmp_path):
    with pytest.raises(OutsideTrouble) as error:
        files.save_file(desk, tmp_path / "fehlt" / "Bericht.pdf", b"neu")
    assert error.value.code is Trouble.FILE_UNWRITABLE
    assert "Bericht.pdf" in explain(error.value)


def test_to_look_at_the_same_paper_is_written_once(desk):
    path = files.copy_to_look_at(desk, "Bericht.pdf", b"eins")
    written = path.stat().st_mtime_ns
    assert files.copy_to_look_at(desk, "Bericht.pdf", b"eins").stat().st_mtime_ns == written
    assert files.copy_to_look_at(desk, "Bericht.pdf", b"zwei").read_bytes() == b"zwei"
    assert path.parent == desk.data.drafts


def test_a_folder_that_is_a_file_is_named(desk):
    desk.data.drafts.write_text("")
    with pytest.raises(OutsideTrouble) as error:
        files.copy_to_look_at(desk, "Bericht.pdf", b"eins")
    assert error.value.code is Trouble.FOLDER_UNWRITABLE
    assert str(desk.data.drafts) in explain(error.value)


@pytest.mark.files("a server's desk is no file that a paper could be saved over")
def test_no_paper_is_saved_over_the_desk_itself(desk):
    with pytest.raises(RuleBroken) as error:
        files.save_file(desk, desk.data.database, b"%PDF")
    assert error.value.code is Rule.FILE_IS_THE_DESK
    with desk.database.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM session")


@pytest.mark.files("a server's desk is no file that a paper could be saved over")
def test_nor_over_what_lies_beside_it_or_leads_to_it(desk, tmp_path):
    link = tmp_path / "Bericht.pdf"
    link.hardlink_to(desk.data.database)
    beside = [
        desk.data.database.with_name(desk.data.database.name + ending)
        for ending in ("-wal", "-shm", "-journal")
    ]
    for path in (link, *beside):
        with pytest.raises(RuleBroken) as error:
            files.save_file(desk, path, b"%PDF")
        assert error.value.code is Rule.FILE_IS_THE_DESK


@pytest.mark.parametrize("device", ["/dev/stdout", "/dev/null", "/proc/self/fd/1"])
def test_no_device_is_replaced_by_a_paper(desk, device):
    with pytest.raises(OutsideTrouble) as error:
        files.save_file(desk, Path(device), b"%PDF")
    assert error.value.code is Trouble.FILE_UNWRITABLE


def test_what_a_crash_left_half_written_is_in_nobodys_way(desk, tmp_path):
    path = tmp_path / "Bericht.pdf"
    path.with_name(".Bericht.pdf.partial").write_bytes(b"%P")
    files.save_file(desk, path, b"neu")
    assert [one.name for one in tmp_path.glob("*Bericht*")] == ["Bericht.pdf"]
    assert path.read_bytes() == b"neu"


def _break_off(desk, path):
    with files.whole_file(desk, path) as writer:
        writer.write(b"ne")
        raise InterruptedError


def test_what_cannot_be_written_whole_leaves_the_file_that_was_there(desk, tmp_path):
    folder = tmp_path / "Berichte"
    folder.mkdir()
    path = folder / "Bericht.pdf"
    path.write_bytes(b"alt")
    with pytest.raises(OutsideTrouble):
        _break_off(desk, path)
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == {"Bericht.pdf": b"alt"}

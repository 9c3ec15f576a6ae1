from __future__ import annotations

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.explain import explain
from laverma_desk.services import copies


def test_a_copy_replaces_the_one_before(tmp_path):
    path = tmp_path / "Bericht.pdf"
    copies.save_copy(path, b"alt")
    assert copies.save_copy(path, b"neu") == path
    assert path.read_bytes() == b"neu"


def test_a_copy_that_cannot_be_written_names_the_file(tmp_path):
    with pytest.raises(OutsideTrouble) as error:
        copies.save_copy(tmp_path / "fehlt" / "Bericht.pdf", b"neu")
    assert error.value.code is Trouble.FILE_UNWRITABLE
    assert "Bericht.pdf" in explain(error.value)


def test_to_look_at_the_same_paper_is_written_once(desk):
    path = copies.copy_to_look_at(desk, "Bericht.pdf", b"eins")
    written = path.stat().st_mtime_ns
    assert copies.copy_to_look_at(desk, "Bericht.pdf", b"eins").stat().st_mtime_ns == written
    assert copies.copy_to_look_at(desk, "Bericht.pdf", b"zwei").read_bytes() == b"zwei"
    assert path.parent == desk.data.drafts


def test_a_folder_that_is_a_file_is_named(desk):
    desk.data.drafts.write_text("")
    with pytest.raises(OutsideTrouble) as error:
        copies.copy_to_look_at(desk, "Bericht.pdf", b"eins")
    assert error.value.code is Trouble.FOLDER_UNWRITABLE
    assert str(desk.data.drafts) in explain(error.value)

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from laverma_desk.domain.errors import OutsideTrouble, RuleBroken, Trouble
from laverma_desk.domain.message import Attachment, Letter
from laverma_desk.mail.compose import draft
from laverma_desk.mail.mail_program import write_draft

LETTER = Letter(
    "info@laverma.example", "Laverma", "a@praxis.example", "Bericht", "Text", (Attachment("B.pdf", b"%PDF"),)
)


def test_writes_the_draft_for_its_owner_alone(tmp_path: Path) -> None:
    path = write_draft(LETTER, tmp_path / "new" / "folder", "Bericht Praxis Dr. Weiß")
    assert path == tmp_path / "new" / "folder" / "Bericht Praxis Dr. Weiß.eml"
    assert path.read_bytes() == draft(LETTER)
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_never_overwrites(tmp_path: Path) -> None:
    names = [write_draft(LETTER, tmp_path, "Bericht").name for _ in range(3)]
    assert names == ["Bericht.eml", "Bericht (2).eml", "Bericht (3).eml"]


def test_follows_no_link_that_somebody_laid(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    (tmp_path / "Bericht.eml").symlink_to(victim)
    assert write_draft(LETTER, tmp_path, "Bericht").name == "Bericht (2).eml"
    assert not victim.exists()


def test_says_that_the_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutsideTrouble) as trouble:
        write_draft(LETTER, tmp_path / "file" / "folder", "Bericht")
    assert trouble.value.code is Trouble.FOLDER_UNWRITABLE
    assert trouble.value.parameters["path"] == str(tmp_path / "file" / "folder")


def test_says_that_the_file_cannot_be_made(tmp_path: Path) -> None:
    if not Path("/proc/self").exists():
        pytest.skip("needs a folder that even root cannot write")
    with pytest.raises(OutsideTrouble) as trouble:
        write_draft(LETTER, Path("/proc/self"), "Bericht")
    assert trouble.value.code is Trouble.FOLDER_UNWRITABLE


@pytest.mark.skipif(sys.platform != "linux", reason="limits file sizes through resource")
def test_leaves_nothing_behind_on_a_full_disk(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415
    import signal  # noqa: PLC0415

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(OutsideTrouble) as trouble:
            write_draft(LETTER, tmp_path, "Bericht")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert trouble.value.code in {Trouble.FILE_UNWRITABLE, Trouble.DISK_FULL}
    assert not list(tmp_path.iterdir())


def test_a_bad_letter_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken):
        write_draft(Letter("a@b.example", "", "x@y.example", "a\nb", ""), tmp_path, "Bericht")
    assert not list(tmp_path.iterdir())

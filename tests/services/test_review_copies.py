"""Single lines of copies and of their way back that nothing else would miss."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from io import BytesIO

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.mail.secret import Secrets
from laverma_desk.services.backups.restoring import preview_restore, restore
from laverma_desk.services.backups.sealed_files import seal_file
from laverma_desk.services.backups.taking import take_copy
from laverma_desk.storage import backup_sealing, replaced_numbers
from tests.support.memory_keyring import MemoryKeyring

pytestmark = pytest.mark.files("copies of the file")

PHRASE = "grüne Bäume im März"


@pytest.fixture(autouse=True)
def _little_work(monkeypatch):
    monkeypatch.setattr(backup_sealing, "WORK", 2)


@pytest.fixture
def keyed(desk, bohrer):
    """A desk with a practice and a keyring."""
    return replace(desk, secrets=Secrets(MemoryKeyring()))


def silent(_share):
    """Tell nobody."""


def test_two_copies_of_a_second_differ_in_more_than_their_lock(keyed):
    assert take_copy(keyed).file.name == "desk-20220301T092200.sqlite3"
    assert take_copy(keyed, PHRASE).file.name == "desk-20220301T092201.sqlite3.age"


def test_a_lock_that_holds_something_else_never_appears(keyed, tmp_path, monkeypatch):
    plain, target = take_copy(keyed).file, tmp_path / "kopie.age"
    seal = backup_sealing.seal

    def lose_the_end(reader, writer, phrase, passed):
        content = b"".join(iter(lambda: reader.read(65536), b""))
        seal(BytesIO(content[:-1]), writer, phrase, passed)

    monkeypatch.setattr(backup_sealing, "seal", lose_the_end)
    with pytest.raises(OutsideTrouble) as caught:
        seal_file(plain, target, PHRASE, silent)
    assert caught.value.code is Trouble.FILE_UNWRITABLE
    assert list(tmp_path.glob("*kopie*")) == []


def test_what_was_locked_with_a_fault_in_it_is_not_brought_back(keyed, tmp_path):
    plain, locked = take_copy(keyed).file, tmp_path / "kopie.age"
    with closing(sqlite3.connect(plain)) as connection, connection:
        connection.execute("DELETE FROM customer")
    seal_file(plain, locked, PHRASE, silent)
    with pytest.raises(OutsideTrouble) as caught:
        preview_restore(keyed.data, locked, PHRASE)
    assert caught.value.code is Trouble.BACKUP_DAMAGED
    assert [one.name for one in keyed.data.root.iterdir() if one.name.startswith(".restore")] == []


def test_ranges_that_cannot_be_read_cost_no_memory_of_what_was_lost(keyed, clock):
    copy = take_copy(keyed).file
    keyed.database.close()
    own = keyed.data.database
    lost = replaced_numbers.GivenNumber("RE-2022-0007", "2022-03-01", "invoice", 2022)
    replaced_numbers.remember(own, [lost], {}, clock.now())
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("DROP TABLE number_range")
    restore(keyed.data, preview_restore(keyed.data, copy), clock)
    assert list(replaced_numbers.remembered(own)) == ["RE-2022-0007"]


def test_what_a_copy_remembers_of_lost_numbers_comes_back_with_it(keyed, clock):
    copy = take_copy(keyed).file
    keyed.database.close()
    lost = replaced_numbers.GivenNumber("RE-2022-0007", "2022-03-01", "invoice", 2022)
    replaced_numbers.remember(copy, [lost], {}, clock.now())
    restore(keyed.data, preview_restore(keyed.data, copy), clock)
    assert list(replaced_numbers.remembered(keyed.data.database)) == ["RE-2022-0007"]

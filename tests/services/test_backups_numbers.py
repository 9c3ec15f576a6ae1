"""An older copy comes back after invoices left the house: their numbers stay theirs, and it is said."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from laverma_desk import i18n
from laverma_desk.mail.secret import Secrets
from laverma_desk.services.backups.restoring import drop_preview, preview_restore, restore
from laverma_desk.services.backups.state_words import missing_words
from laverma_desk.services.desk import open_desk
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.issuing import issue_open
from laverma_desk.services.invoicing.verifying import Finding, FindingKind, verify
from laverma_desk.services.setup import house, house_billing
from laverma_desk.services.upkeep import back_up
from tests.support.fake_clock import FakeClock
from tests.support.invoice_houses import FEBRUARY, UNTIL, add_practice, add_sessions, make_house, wish
from tests.support.memory_keyring import MemoryKeyring

pytestmark = pytest.mark.files("copies of the file")


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def billed(tmp_path, clock):
    """A desk with four invoices, and a practice to bill."""
    desk = make_house(tmp_path / "desk", clock)
    place = add_practice(desk)
    bill(desk, place, 4)
    yield replace(desk, secrets=Secrets(MemoryKeyring())), place
    desk.close()


def bill(desk, place, count):
    """Issue invoices of one session each; return their rows."""
    with desk.database.read() as connection:
        (before,) = connection.exec_driver_sql("SELECT count(*) FROM session").fetchone()
    made = []
    for one in range(count):
        begin = FEBRUARY + timedelta(minutes=30 * (before + one))
        made.append(issue_open(desk, wish(place, add_sessions(desk, place, 600, begin=begin)), UNTIL).value)
    return [one.row for one in made]


def brought_back(desk, file, clock):
    """Restore a copy; return the preview and the desk, opened again."""
    preview = preview_restore(desk.data, file)
    desk.close()
    restore(desk.data, preview, clock)
    return preview, open_desk(desk.data, clock, desk.secrets)


def test_numbers_that_left_the_house_are_never_given_again(billed, clock, tmp_path):
    desk, place = billed
    copy = tmp_path / "kopie.sqlite3"
    back_up(desk, copy)
    later = bill(desk, place, 5)
    cancel_invoice(desk, later[0].id, "falscher Kunde")
    preview, again = brought_back(desk, copy, clock)
    gone = [f"RE-2022-{count:04}" for count in range(5, 10)]
    assert preview.missing == (*gone, "ST-2022-0001")
    try:
        assert [one.number for one in bill(again, place, 2)] == ["RE-2022-0010", "RE-2022-0011"]
        with again.database.read() as connection:
            first = connection.exec_driver_sql(
                "SELECT id FROM invoice WHERE number = 'RE-2022-0001'"
            ).scalar()
        assert cancel_invoice(again, first, "doppelt").value.row.number == "ST-2022-0002"
        found = verify(again)
        day = "2022-03-01"
        assert found == tuple(
            Finding(FindingKind.REPLACED, number, day) for number in (*gone, "ST-2022-0001")
        )
        assert not any(one.damage for one in found)
    finally:
        again.close()


def test_what_was_lost_stays_known_and_what_comes_back_is_lost_no_more(billed, clock, tmp_path):
    desk, place = billed
    copy = tmp_path / "kopie.sqlite3"
    back_up(desk, copy)
    bill(desk, place, 2)
    full = tmp_path / "voll.sqlite3"
    back_up(desk, full)
    _, desk = brought_back(desk, copy, clock)
    assert [one.number for one in bill(desk, place, 1)] == ["RE-2022-0007"]
    preview, desk = brought_back(desk, copy, clock)
    assert preview.missing == ("RE-2022-0007",), "the others are lost already"
    assert [one.number for one in verify(desk)] == ["RE-2022-0005", "RE-2022-0006", "RE-2022-0007"]
    preview, desk = brought_back(desk, full, clock)
    assert preview.missing == ()
    assert [one.number for one in verify(desk)] == ["RE-2022-0007"]
    assert [one.number for one in bill(desk, place, 1)] == ["RE-2022-0008"]
    desk.close()


def test_the_same_number_on_another_paper_is_named(billed, clock, tmp_path):
    desk, place = billed
    copy = tmp_path / "kopie.sqlite3"
    back_up(desk, copy)
    bill(desk, place, 1)
    with closing(sqlite3.connect(copy)) as file, file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("UPDATE invoice SET issued_at = '2021-01-01 00:00:00.000000' WHERE number LIKE '%0004'")
    preview = preview_restore(desk.data, copy)
    assert preview.missing == ("RE-2022-0004", "RE-2022-0005")
    drop_preview(preview)


def test_a_range_of_another_format_is_taken_over_too(billed, clock, tmp_path):
    desk, place = billed
    copy = tmp_path / "kopie.sqlite3"
    back_up(desk, copy)
    known = house.read_house(desk).invoice
    house_billing.save_invoice_settings(desk, replace(known, number_format="R{seq:05}"))
    bill(desk, place, 2)
    preview, again = brought_back(desk, copy, clock)
    assert preview.missing == ("R00001", "R00002")
    try:
        assert bill(again, place, 1)[0].number == "RE-2022-0005"
        known = house.read_house(again).invoice
        house_billing.save_invoice_settings(again, replace(known, number_format="R{seq:05}"))
        assert bill(again, place, 1)[0].number == "R00003"
        assert [one.kind for one in verify(again)] == [FindingKind.REPLACED] * 2
    finally:
        again.close()


def test_a_copy_that_holds_all_leaves_nothing_to_say(billed, clock, tmp_path):
    desk, _ = billed
    copy = tmp_path / "kopie.sqlite3"
    back_up(desk, copy)
    preview, again = brought_back(desk, copy, clock)
    assert (preview.missing, missing_words(preview.missing)) == ((), "")
    assert verify(again) == ()
    again.close()


def test_a_desk_that_cannot_be_read_tells_nothing_and_that_is_said(billed, clock, tmp_path):
    desk, place = billed
    copy = tmp_path / "kopie.sqlite3"
    back_up(desk, copy)
    bill(desk, place, 2)
    desk.close()
    desk.data.database.write_bytes(desk.data.database.read_bytes()[:6000] + os.urandom(20_000))
    preview, again = brought_back(desk, copy, clock)
    again.close()
    assert preview.missing is None
    assert missing_words(preview.missing).startswith("Hier ist nicht bekannt, welche Rechnungen")
    shutil.rmtree(desk.data.root)
    fresh = open_desk(desk.data, clock, desk.secrets)
    preview = preview_restore(fresh.data, copy)
    assert preview.missing is None, "a new machine knows nothing either"
    drop_preview(preview)
    fresh.close()


def test_what_can_still_be_read_of_a_damaged_desk_counts(billed, clock, tmp_path):
    desk, place = billed
    copy = tmp_path / "kopie.sqlite3"
    back_up(desk, copy)
    bill(desk, place, 3)
    desk.close()
    with closing(sqlite3.connect(desk.data.database)) as file, file:
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute("DROP TABLE alembic_version")
    preview, again = brought_back(desk, copy, clock)
    assert preview.today is None
    assert preview.missing is None
    assert bill(again, place, 1)[0].number == "RE-2022-0008"
    again.close()


def test_numbers_in_words():
    numbers = [f"RE-2022-{count:04}" for count in range(5, 10)]
    assert missing_words([*numbers, "ST-2022-0002"]) == (
        "RE-2022-0005 bis RE-2022-0009, ST-2022-0002 sind in dieser Kopie nicht enthalten. Die Nummern "
        "werden nicht noch einmal vergeben, aber ihre Sitzungen wären wieder offen, Zahlungen und Stornos "
        "wie damals. Sie bleiben im heutigen Stand, der aufgehoben wird."
    )
    assert missing_words(numbers[:1]).startswith("RE-2022-0005 ist in dieser Kopie nicht enthalten.")
    scattered = [f"RE-2022-{count:04}" for count in range(1, 41, 2)]
    assert "RE-2022-0023, 8 weitere Bereiche sind" in missing_words(scattered)
    i18n.use("en")
    assert missing_words(numbers).startswith("RE-2022-0005 to RE-2022-0009 are not in this copy.")

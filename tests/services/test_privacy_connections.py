"""What remote tools wrote down about a practice is told to it (Art. 15), and goes with it (Art. 17)."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from sqlalchemy import update

from laverma_desk.domain.retention import ERASED
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.privacy.erasure import erase, erase_due, preview_erasure
from laverma_desk.services.privacy.export import export_customer
from laverma_desk.services.reconciling.matching import match_again
from laverma_desk.services.reconciling.overview import matched_rows, open_count, overview
from laverma_desk.services.reconciling.reading import read_log_bytes
from laverma_desk.storage.tables import workstation
from tests.support.connection_logs import RECEPTION, line, log
from tests.support.desks import add_customer
from tests.support.foreign_deeds import kept_bytes
from tests.support.held_data import hold_everything

STRANGE = "388420617"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def held(desk, bohrer):
    return hold_everything(desk, bohrer)


@pytest.fixture
def content(desk, held):
    """A log of what goes with its session, what stays with its session, and what has none; read once."""
    free = timekeeping.read_session(desk, held.free)
    reported = timekeeping.read_session(desk, held.reported)
    lines = (
        line(free.begin, 4 * MINUTE, user="Geheimnutzer", guid="going"),
        line(reported.begin, 4 * MINUTE, user="Bleibnutzer", guid="staying"),
        line(free.begin - 300 * MINUTE, MINUTE, user="Offennutzer", guid="open"),
        line(free.begin - 200 * MINUTE, MINUTE, "111222333", user="Altnutzer", guid="former"),
        line(free.begin - 100 * MINUTE, MINUTE, STRANGE, user="Fremdnutzer", guid="stranger"),
        f"{RECEPTION} kaputte Zeile",
        "noch eine kaputte Zeile",
    )
    found = log(*lines)
    assert read_log_bytes(desk, "Connections.txt", found).value.matched == 2
    return found


def test_the_preview_counts_the_lines_that_go(desk, held, content):
    assert preview_erasure(desk, held.customer_id).connections == 3


def test_lines_go_with_their_session_or_at_once_and_others_stay(desk, held, content):
    erase(desk, held.customer_id, "10017", "Verlangen")
    assert open_count(desk) == 1
    assert overview(desk).open[0].partner_id == STRANGE
    assert overview(desk).ignored == ()
    assert {one.session.session_id for one in matched_rows(desk)} == {held.free, held.reported}
    assert [one.raw for one in overview(desk).unreadable] == [ERASED, "noch eine kaputte Zeile"]
    assert preview_erasure(desk, held.customer_id).connections == 0
    assert erase_due(desk).value == 0
    found = kept_bytes(desk)
    for gone in (b"Geheimnutzer", b"Offennutzer", b"Altnutzer", b"111222333", b"1234567890 kaputte Zeile"):
        assert gone not in found
    assert b"Bleibnutzer" in found
    assert b"Fremdnutzer" in found


def test_reading_the_file_again_brings_nothing_back(desk, held, content):
    erase(desk, held.customer_id, "10017", "Verlangen")
    again = read_log_bytes(desk, "Connections.txt", content).value
    assert (again.new, again.updated, again.connections, again.open) == (0, 0, 5, 1)
    assert match_again(desk).value == 0
    assert open_count(desk) == 1
    assert b"Geheimnutzer" not in kept_bytes(desk)


def test_the_answer_lists_them_in_words_and_for_programs(desk, held, content, tmp_path):
    file = tmp_path / "auskunft.zip"
    export_customer(desk, held.customer_id, file)
    with ZipFile(file) as archive:
        table = list(
            csv.reader(io.StringIO(archive.read("verbindungen.csv").decode("utf-8-sig")), delimiter=";")
        )
        machine = json.loads(archive.read("daten.json"))["connections"]
    assert table[0][:4] == ["Anfang", "Ende", "Programm", "Partner-ID"]
    assert [row[5] for row in table[1:]] == ["Offennutzer", "Altnutzer", "Bleibnutzer", "Geheimnutzer"]
    assert [row[9] for row in table[1:]] == ["ohne Sitzung"] * 2 + ["gehört zur Sitzung"] * 2
    assert table[4][8] == timekeeping.read_session(desk, held.free).number
    assert all(STRANGE not in "".join(row) for row in table)
    assert [one["partner_id"] for one in machine] == [RECEPTION, "111222333", RECEPTION, RECEPTION]
    assert all(one["raw"] for one in machine)


def test_an_id_that_another_practice_has_by_now_is_not_theirs_to_erase(desk, held, content):
    other = add_customer(desk, "10099", "Praxis Nachfolge", "PC")
    with desk.database.write() as connection:
        connection.execute(
            update(workstation)
            .where(workstation.c.customer_id == other)
            .values(tool="teamviewer", partner_id="111222333")
        )
    erase(desk, held.customer_id, "10017", "Verlangen")
    assert [one.partner_id for one in overview(desk).open] == [STRANGE, "111222333"]
    assert b"Altnutzer" in kept_bytes(desk)

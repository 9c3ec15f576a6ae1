"""A file that is brought in once more leaves alone what somebody has corrected or billed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from laverma_desk.services import corrections
from laverma_desk.services.corrections import entry_of
from laverma_desk.services.importing.session_rows import COLUMNS
from laverma_desk.services.importing.session_writing import SessionTally
from laverma_desk.services.importing.sessions import import_sessions
from laverma_desk.storage import billing
from tests.support.ended_sessions import ended_sessions

ROW = "10017;PC Rezeption;28.02.2022 10:22;00:12:22;Klaus Klassen;Sabine Lorenz;Drucker eingerichtet;ja;"


def bring(desk, folder, row):
    file = folder / "sitzungen.csv"
    file.write_text("\n".join([";".join(COLUMNS), row]), "utf-8")
    return import_sessions(desk, file).value.tally


def only(desk):
    with desk.database.read() as connection:
        (found,) = ended_sessions(connection)
    return found


def test_a_correction_is_not_overwritten(desk, bohrer, tmp_path):
    bring(desk, tmp_path, ROW)
    found = only(desk)
    entry = replace(entry_of(found), begin=found.begin - timedelta(minutes=5), notes="Anders")
    corrected = corrections.correct_session(desk, found.id, entry, "Anfang vergessen").value
    assert bring(desk, tmp_path, ROW.replace("00:12:22", "00:20:00")) == SessionTally(settled=1)
    assert only(desk) == corrected


def test_a_billed_one_is_left_alone(desk, bohrer, tmp_path):
    bring(desk, tmp_path, ROW)
    with desk.database.write() as connection:
        billing.bill(connection, [only(desk).id], "RE-2022-0031")
    before = only(desk)
    assert bring(desk, tmp_path, ROW.replace("00:12:22", "00:20:00")) == SessionTally(settled=1)
    assert only(desk) == before

"""The log tells where something went wrong, never what customers said."""

from __future__ import annotations

import logging
import os

import pytest

from laverma_desk import log
from laverma_desk.paths import DataDir

_log = logging.getLogger("laverma_desk.test")


@pytest.fixture
def data(tmp_path):
    folder = DataDir(tmp_path)
    log.start(folder)
    yield folder
    log.stop()


def _fail(notes):
    hidden = {f"{notes} in einer lokalen Variable": 1}
    try:
        hidden["innen"]
    except KeyError as error:
        raise ValueError("Zeile eins\nZeile zwei " + "x" * 5000) from error


def test_nothing_is_made_before_there_is_something_to_say(data):
    assert not data.log.exists()
    assert log.file() == data.log
    _log.info("unwichtig")
    assert not data.log.exists()


def test_an_error_is_logged_with_its_way_its_cause_and_one_line_of_words(data):
    try:
        _fail("Patientendaten")
    except ValueError:
        _log.exception("Uncaught error")
    words = data.log.read_text("utf-8")
    assert words.index("KeyError: 'innen'") < words.index("ValueError: Zeile eins Zeile zwei")
    assert "test_log.py" in words
    assert "Patientendaten" not in words.replace('_fail("Patientendaten")', "")
    assert max(len(line) for line in words.splitlines()) < 300


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_the_file_and_the_older_ones_belong_to_their_owner_alone(data, monkeypatch):
    monkeypatch.setattr("laverma_desk.log_file._LARGEST", 500)
    for number in range(20):
        _log.warning("Nummer %d %s", number, "x" * 80)
    files = sorted(data.root.glob("laverma-desk.log*"))
    assert len(files) == 4
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path, capsys):
    log.start(DataDir(tmp_path / "gibt" / "es" / "nicht"))
    try:
        _log.error("geht nirgendwohin")
    finally:
        log.stop()
    assert capsys.readouterr().err == ""

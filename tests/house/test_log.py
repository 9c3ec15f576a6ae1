"""The log tells where something went wrong, never what customers said."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

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


def test_what_another_program_wrote_meanwhile_stays(data):
    _log.warning("Fenster")
    with data.log.open("a", encoding="utf-8") as other:
        other.write("Befehl\n")
    _log.warning("Fenster noch einmal")
    assert [line.split()[-1] for line in data.log.read_text("utf-8").splitlines()] == [
        "Fenster", "Befehl", "einmal",
    ]  # fmt: skip


def test_the_name_of_a_file_that_is_no_text_is_logged_as_far_as_it_is_one(data):
    # Straight to the desk's log: pytest keeps what others hear, and cannot pass such a name on.
    ours = next(one for one in logging.getLogger().handlers if type(one).__module__ == log.__name__)
    ours.handle(
        _log.makeRecord("x", logging.WARNING, "x", 1, "Gelesen wurde %s", ("\udcffKunden.csv",), None)
    )
    assert "Gelesen wurde ?Kunden.csv" in data.log.read_text("utf-8")


_WITHOUT_A_HANDLE = """
import logging, resource, sys
from pathlib import Path
from laverma_desk import log
from laverma_desk.paths import DataDir

log.start(DataDir(Path(sys.argv[1])))
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
logging.getLogger("laverma_desk").warning("verloren")
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
logging.getLogger("laverma_desk").warning("wieder da")
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of a process")
def test_a_system_that_opens_no_file_any_more_ends_nothing_and_the_next_message_is_written(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_A_HANDLE, str(tmp_path)],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "wieder da" in DataDir(tmp_path).log.read_text("utf-8")

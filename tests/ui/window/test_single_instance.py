"""One window for each desk."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time

import pytest
from PySide6.QtCore import QDir
from PySide6.QtNetwork import QLocalServer

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.handing_over import RAISE, line_name
from laverma_desk.paths import DataDir
from laverma_desk.ui.single_instance import SingleInstance

SECOND_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from laverma_desk.paths import DataDir
from laverma_desk.ui.single_instance import SingleInstance
app = QCoreApplication([])
print(SingleInstance(DataDir(Path(sys.argv[1]))).acquire())
"""


@pytest.fixture
def first(tmp_path, qapp):
    made = SingleInstance(DataDir(tmp_path))
    assert made.acquire()
    made.listen()
    yield made
    made.release()


def test_a_second_process_raises_the_first_window(first, tmp_path, qtbot):
    with qtbot.waitSignal(first.raised):
        second = subprocess.Popen(
            [sys.executable, "-c", SECOND_START, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
    output, _ = second.communicate(timeout=60)
    assert output.strip() == "False"


def test_another_desk_is_free(first, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    instance = SingleInstance(DataDir(other))
    assert instance.acquire()
    instance.release()


def test_after_the_first_has_gone_the_desk_is_free(tmp_path, qapp):
    first = SingleInstance(DataDir(tmp_path))
    assert first.acquire()
    first.release()
    again = SingleInstance(DataDir(tmp_path))
    assert again.acquire()
    again.release()


def test_a_program_that_does_not_answer_is_named(first, tmp_path, monkeypatch):
    first.retire()
    with pytest.raises(RuleBroken) as caught:
        SingleInstance(DataDir(tmp_path)).acquire(patience_ms=100)
    assert caught.value.code is Rule.DESK_IN_USE


def test_nobody_waits_for_a_lock_in_a_folder_that_takes_nothing(first, tmp_path, monkeypatch):
    first.retire()
    monkeypatch.setattr("os.access", lambda *_: False)
    began = time.monotonic()
    with pytest.raises(OutsideTrouble) as caught:
        SingleInstance(DataDir(tmp_path)).acquire()
    assert caught.value.code is Trouble.FOLDER_UNWRITABLE
    assert time.monotonic() - began < 10


def test_a_program_that_is_closing_is_waited_for(first, tmp_path):
    first.retire()
    second = subprocess.Popen(
        [sys.executable, "-c", SECOND_START, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(timeout=1.5)
    first.release()
    output, _ = second.communicate(timeout=60)
    assert output.strip() == "True"


def test_a_window_that_opens_while_the_one_before_is_waited_for_is_told(first, tmp_path):
    first.retire()
    heard = []

    def open_anew():
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(10)
            line.bind(f"{QDir.tempPath()}/{line_name(DataDir(tmp_path))}")
            line.listen()
            visitor, _address = line.accept()
            with visitor:
                heard.append(visitor.recv(64))

    anew = threading.Timer(0.5, open_anew)
    anew.start()
    began = time.monotonic()
    assert SingleInstance(DataDir(tmp_path)).acquire(patience_ms=8000) is False
    assert time.monotonic() - began < 6
    anew.join()
    QLocalServer.removeServer(line_name(DataDir(tmp_path)))
    assert heard == [RAISE]


def test_a_line_that_cannot_be_listened_on_is_written_down(tmp_path, qapp, monkeypatch, caplog):
    monkeypatch.setenv("TMPDIR", str(tmp_path / ("x" * 120)))
    instance = SingleInstance(DataDir(tmp_path))
    assert instance.acquire()
    instance.listen()
    instance.release()
    assert "No call and no second start is heard" in caplog.text

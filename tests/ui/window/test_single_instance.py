"""One window for each desk."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
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
    first._server.close()
    with pytest.raises(RuleBroken) as caught:
        SingleInstance(DataDir(tmp_path)).acquire(patience_ms=100)
    assert caught.value.code is Rule.DESK_IN_USE


def test_nobody_waits_for_a_lock_in_a_folder_that_takes_nothing(first, tmp_path, monkeypatch):
    first._server.close()
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

"""What a second start says to the first one: who calls, come to the front, and nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile

import pytest
from PySide6.QtCore import QDir

from laverma_desk import handing_over
from laverma_desk.domain.telephone import CallerId, read_caller
from laverma_desk.handing_over import LONGEST_MESSAGE, RAISE, call_message, hand_over, line_name, read_call
from laverma_desk.paths import DataDir
from laverma_desk.ui.single_instance import SingleInstance

BOHRER = CallerId("+493023125014", is_number=True)


class Heard:
    """What a window was told."""

    def __init__(self, instance):
        self.callers = []
        self.raised = 0
        instance.called.connect(self.callers.append)
        instance.raised.connect(self._on_raised)

    def _on_raised(self):
        self.raised += 1


@pytest.fixture
def data(tmp_path):
    return DataDir(tmp_path)


@pytest.fixture
def window(data, qapp):
    made = SingleInstance(data)
    assert made.acquire()
    made.listen()
    yield made
    made.release()


@pytest.fixture
def heard(window):
    return Heard(window)


def say(data, words):
    """Say something to the window's line as any program could."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(f"{QDir.tempPath()}/{line_name(data)}")
        line.setblocking(False)
        line.send(words)


@pytest.mark.parametrize("said", ["+493023125014", "030/23125-014", "zap-bohrer", "", "*31#030"])
def test_a_call_arrives_as_it_was_read(said):
    caller = read_caller(said)
    assert read_call(call_message(caller)) == caller


def test_the_longest_caller_arrives(data, heard, qtbot):
    caller = read_caller("a" * 64)
    assert hand_over(data, call_message(caller))
    qtbot.waitUntil(lambda: heard.callers == [caller])


@pytest.mark.parametrize(
    "line",
    [b"", b"\n", b"raise", b"quit\n", b"call", b"call \xff\n", b"call 030", b"call 030\n\n",
     b"call 0\x0030\n", b"CALL 030\n", b"call 030\ncall 040\n", b"call $(id)\n",
     b"call " + b"0" * 65 + b"\n", b"raise\ncall 1\n"],
)  # fmt: skip
def test_anything_else_is_not_heard(line, data, heard, qtbot):
    assert read_call(line) is None
    say(data, line)
    # Whoever comes later is still heard, and by then the first one was.
    hand_over(data, call_message(BOHRER))
    qtbot.waitUntil(lambda: bool(heard.callers))
    assert heard.callers == [BOHRER]
    assert heard.raised == 0


def test_no_more_is_read_than_a_message_can_have(data, heard, qtbot):
    say(data, b"x" * 1_000_000)
    say(data, RAISE + b"x" * (LONGEST_MESSAGE * 2))
    hand_over(data, call_message(BOHRER))
    qtbot.waitUntil(lambda: heard.callers == [BOHRER])
    assert heard.raised == 0


def test_whoever_says_nothing_holds_nobody_up(data, heard, qtbot):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(f"{QDir.tempPath()}/{line_name(data)}")
        hand_over(data, call_message(BOHRER))
        qtbot.waitUntil(lambda: heard.callers == [BOHRER])


def test_a_message_in_pieces_is_one_message(data, heard, qtbot):
    with socket.socket(socket.AF_UNIX) as slow:
        slow.connect(f"{QDir.tempPath()}/{line_name(data)}")
        slow.sendall(b"call +4930")
        hand_over(data, RAISE)
        qtbot.waitUntil(lambda: heard.raised == 1)
        slow.sendall(b"23125014\n")
        qtbot.waitUntil(lambda: heard.callers == [BOHRER])


def test_without_a_window_nobody_is_told(data, qapp):
    assert not hand_over(data, call_message(BOHRER))
    instance = SingleInstance(data)
    assert instance.acquire()
    instance.listen()
    assert hand_over(data, RAISE)
    instance.retire()
    assert not hand_over(data, RAISE)
    instance.release()


def test_who_calls_is_not_said_to_another_user(data, heard, qtbot, monkeypatch):
    own = os.getuid()
    monkeypatch.setattr("os.getuid", lambda: own + 1)
    assert not hand_over(data, call_message(BOHRER))
    monkeypatch.undo()
    assert hand_over(data, RAISE)
    qtbot.waitUntil(lambda: heard.raised == 1)
    assert heard.callers == []


def test_a_window_that_opened_meanwhile_is_told_by_the_second_one(data, heard, qtbot):
    second = SingleInstance(data)
    assert second.acquire(caller=BOHRER) is False
    qtbot.waitUntil(lambda: heard.callers == [BOHRER])


def test_both_look_into_the_same_folder_for_temporary_names(data, qapp, qtbot, monkeypatch):
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        monkeypatch.setenv("TMPDIR", f"{folder}/./")
        window = SingleInstance(data)
        assert window.acquire()
        window.listen()
        heard = Heard(window)
        assert hand_over(data, RAISE)
        qtbot.waitUntil(lambda: heard.raised == 1)
        window.release()


def test_a_second_process_says_it_without_qt_and_without_the_desk(data, heard, qtbot):
    program = (
        "import sys\n"
        "from laverma_desk.__main__ import main\n"
        "code = main(['--data-dir', sys.argv[1], 'call', '030', '23125-014'])\n"
        "late = {'PySide6', 'shiboken6', 'sqlalchemy', 'phonenumbers', 'laverma_desk.services',\n"
        "        'laverma_desk.storage', 'laverma_desk.ui', 'laverma_desk.text'}\n"
        "print(code, sorted(late & set(sys.modules)))"
    )
    second = subprocess.Popen(
        [sys.executable, "-c", program, str(data.root)], stdout=subprocess.PIPE, text=True
    )
    qtbot.waitUntil(lambda: heard.callers == [CallerId("030 23125-014", is_number=True)])
    assert second.communicate(timeout=60)[0].strip() == "0 []"
    assert heard.raised == 0


def test_the_pipe_of_windows_gets_the_same_message(tmp_path):
    pipe = tmp_path / "pipe"
    pipe.write_bytes(b"")
    handing_over._write_to_pipe(str(pipe), RAISE)
    assert pipe.read_bytes() == RAISE

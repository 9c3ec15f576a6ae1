"""The command `call`: what a telephone says is data, whatever it looks like; the window opens if need be."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from laverma_desk import __main__, i18n
from laverma_desk.cli import arguments
from laverma_desk.cli.calling import tell_window
from laverma_desk.cli.dialled import split, without_call
from laverma_desk.handing_over import line_name
from laverma_desk.paths import DataDir
from tests.support.desks import add_bohrer, make_desk

ROOT = Path(__file__).parents[2]

_CALLED = """
import sys
from PySide6.QtCore import QTimer
from laverma_desk import app
from laverma_desk.__main__ import main

class Watched(app.Program):
    def _open_desk(self):
        super()._open_desk()
        self._background = self._running.surroundings.background
        self._background.idle.connect(self._look)

    def _look(self):
        if self._running is not None and self._running.stage.search.typed:
            print(self._running.stage.search.typed)
            self._shell.close()

app.Program = Watched
sys.exit(main(["--data-dir", sys.argv[1], "--language", "de", *sys.argv[2:]]))
"""


@pytest.mark.parametrize(
    ("given", "ours", "said"),
    [
        (["call", "030 123"], ["call"], "030 123"),
        (["call"], ["call"], ""),
        (["call", ""], ["call"], ""),
        (["call", "030", "123"], ["call"], "030 123"),
        (["call", "--data-dir", "/x", "--demo"], ["call"], "--data-dir /x --demo"),
        (["call", "--help", "--demo"], ["call"], "--help --demo"),
        (["call", "030", "-h"], ["call"], "030 -h"),
        (["--data-dir", "call", "call", "1"], ["--data-dir", "call", "call"], "1"),
        (
            ["--data-dir=/x", "--language", "en", "call", "1"],
            ["--data-dir=/x", "--language", "en", "call"],
            "1",
        ),
        (["tel:030", "--data-dir", "/x"], ["call"], "tel:030 --data-dir /x"),
        (["--data-dir", "/x", "TEL:030"], ["--data-dir", "/x", "call"], "TEL:030"),
        (["laverma-desk:+4930"], ["call"], "laverma-desk:+4930"),
    ],
)
def test_nothing_behind_a_call_is_an_option(given, ours, said):
    assert split(given) == (ours, said)
    assert arguments.parse(given).caller == said
    assert arguments.parse(given).command == "call"


@pytest.mark.parametrize(
    "given",
    [[], ["--demo"], ["check"], ["--data-dir", "call"], ["--data-dir"], ["call", "--help"], ["call", "-h"],
     ["import", "customers", "call"], ["030 123"]],
)  # fmt: skip
def test_other_calls_are_read_as_ever(given):
    assert split(given) == (given, None)


def test_nobody_calls_again_when_the_program_starts_again():
    assert without_call(["--data-dir", "/x", "call", "030"]) == ["--data-dir", "/x"]
    assert without_call(["tel:030"]) == []
    assert without_call(["--language", "en"]) == ["--language", "en"]


def test_a_language_behind_a_call_is_not_spoken():
    arguments.parse(["call", "--language", "en"])
    assert i18n.current() == "de"


def test_the_command_is_explained(capsys):
    with pytest.raises(SystemExit) as ended:
        __main__.main(["call", "--help"])
    assert ended.value.code == 0
    assert "wer anruft" in capsys.readouterr().out


@pytest.mark.parametrize("said", ["030\n123", "tel:030%00", "a" * 65, "call;$(id)", '"030"'])
def test_what_is_no_caller_is_refused_in_words(said, tmp_path, capsys):
    assert __main__.main(["--data-dir", str(tmp_path / "none"), "call", said]) == 1
    assert capsys.readouterr().err == "Eine Nummer sieht aus wie 030 23125 014.\n"
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("said", [["call", "0049", "30", "23125014"], ["tel:+493023125014"]])
def test_where_no_window_is_open_one_opens_with_the_caller(said, tmp_path):
    desk = make_desk(tmp_path / "daten")
    add_bohrer(desk)
    desk.close()
    done = subprocess.run(
        [sys.executable, "-c", _CALLED, str(tmp_path / "daten"), *said],
        cwd=ROOT,
        env=os.environ
        | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "030 23125 014"), done.stderr


@pytest.mark.skipif(os.name != "posix", reason="Windows has pipes")
def test_a_call_for_sample_data_is_not_told_to_the_real_desk(tmp_path, monkeypatch):
    data = DataDir(tmp_path / "desk")
    data.create()
    # A line's name has a hundred bytes at most, which the folder of a test may have by itself.
    with TemporaryDirectory() as short, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as window:
        monkeypatch.setenv("TMPDIR", short)
        window.bind(str(Path(short) / line_name(data)))
        window.listen()
        window.settimeout(30)
        assert tell_window("030 111", data, demo=True).text == "030 111"
        assert tell_window("030 222", data) is None
        told, _address = window.accept()
        with told:
            assert told.recv(200) == b"call 030 222\n"

"""laverma-desk import sessions on a terminal: the way is shown, and Ctrl+C leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from laverma_desk.services.importing.session_rows import COLUMNS
from laverma_desk.services.setup.setup_file import example

if os.name == "posix":
    import pty

ROOT = Path(__file__).parents[2]
ROWS = 8_000


def _environment(folder):
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


def _command(folder, *arguments):
    data = ["--data-dir", str(folder / "daten")]
    return [sys.executable, "-m", "laverma_desk", *data, *(str(one) for one in arguments)]


@pytest.fixture
def folder(tmp_path):
    """A desk with one practice and its supporter, and a file of many sessions."""
    (tmp_path / "kunden.csv").write_text("Kundennummer;Name;Arbeitsplatz\n10017;Bohrer;Server\n", "utf-8")
    (tmp_path / "haus.toml").write_text(example(), "utf-8")
    begin = datetime(2021, 1, 1, 8)  # noqa: DTZ001 (the time on the wall, as a file says it)
    times = [begin + timedelta(minutes=20 * (one % 27), days=one // 27) for one in range(ROWS)]
    rows = [f"10017;Server;{at:%d.%m.%Y %H:%M};00:12:22;Erika Beispiel;;Notiz;ja;" for at in times]
    (tmp_path / "sitzungen.csv").write_text("\n".join([";".join(COLUMNS), *rows]), "utf-8")
    for arguments in (("setup", tmp_path / "haus.toml"), ("import", "customers", tmp_path / "kunden.csv")):
        subprocess.run(
            _command(tmp_path, *arguments), env=_environment(tmp_path), check=True, capture_output=True
        )
    return tmp_path


def _sessions(folder):
    with closing(sqlite3.connect(folder / "daten" / "desk.sqlite3")) as desk:
        return desk.execute("SELECT count(*) FROM session").fetchone()[0]


def _percent(seen):
    """Return the last percentage that a terminal has shown."""
    shown = re.findall("([0-9]+)\u00a0%".encode(), seen)
    return int(shown[-1]) if shown else 0


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
@pytest.mark.parametrize("reached", [10, 60], ids=["while checking", "while writing"])
def test_ctrl_c_leaves_nothing_whenever_it_comes(folder, reached):
    master, slave = pty.openpty()
    with subprocess.Popen(
        _command(folder, "import", "sessions", folder / "sitzungen.csv"),
        stdout=subprocess.PIPE,
        stderr=slave,
        env=_environment(folder),
        start_new_session=True,
    ) as process:
        os.close(slave)
        seen, patience = b"", time.monotonic() + 120
        while _percent(seen) < reached and time.monotonic() < patience:
            seen += os.read(master, 4096)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        with suppress(OSError):  # the other end of the terminal is gone
            while more := os.read(master, 4096):
                seen += more
    os.close(master)
    assert "Abgebrochen. Nichts wurde halb geschrieben." in seen.decode()
    assert _sessions(folder) == 0


def test_a_log_file_gets_no_progress(folder):
    done = subprocess.run(
        _command(folder, "import", "sessions", folder / "sitzungen.csv"),
        env=_environment(folder),
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    assert done.stdout.decode().startswith("Sitzungen: 8.000 neu")
    assert _sessions(folder) == ROWS

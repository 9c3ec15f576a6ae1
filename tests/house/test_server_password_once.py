"""Who prepares a server without a keyring is asked for the password once, at a real terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.locked_servers import LOCK, locked_server

pty = pytest.importorskip("pty")
PROGRAM = Path(__file__).parents[2]
PATIENCE = 60


def typed_at_a_terminal(command: list[str], answer: str, environment: dict[str, str]) -> tuple[int, str]:
    """Run a command at a terminal of its own, answer each question alike, and return what it said."""
    near, far = pty.openpty()
    process = subprocess.Popen(
        command, stdin=far, stdout=far, stderr=far, env=environment, cwd=PROGRAM, start_new_session=True
    )
    os.close(far)
    said, answered, until = "", 0, time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not select.select([near], [], [], 0.1)[0]:
            continue
        try:
            part = os.read(near, 4096).decode()
        except OSError:
            break  # Nobody is at the other end any more.
        if not part:
            break
        said += part
        if said.count(QUESTION) > answered:
            answered += 1
            os.write(near, f"{answer}\n".encode())
    os.close(near)
    return process.wait(PATIENCE), said


QUESTION = "Kennwort von anna an "


def test_the_password_is_asked_for_once(tmp_path):
    with locked_server() as real:
        url = real.address(real.create(), "anna", tcp=True).url
        environment = {
            **os.environ,
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }
        words = ["--language", "de", "--data-dir", str(tmp_path / "desk"), "--database", url]
        code, said = typed_at_a_terminal(
            [sys.executable, "-m", "laverma_desk", "server", "prepare", *words], LOCK, environment
        )
    assert code == 0, said
    assert said.count(QUESTION) == 1
    assert LOCK not in said

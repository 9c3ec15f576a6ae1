"""Programs that a test starts for real: small scripts in a temporary folder."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from laverma_desk.remote import launching


def write_program(folder: Path, name: str, *, code: int = 0, seconds: float = 0) -> Path:
    """Write a program that notes its arguments in `<name>.json` beside it, waits, and ends with a code."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    noted = folder / f"{name}.json"
    program.write_text(
        f"#!{sys.executable} -IS\n"
        "import json, os, sys, time\n"
        f"with open({str(noted) + '.new'!r}, 'w') as file:\n"
        "    json.dump(sys.argv[1:], file)\n"
        f"os.replace({str(noted) + '.new'!r}, {str(noted)!r})\n"
        f"time.sleep({seconds})\n"
        f"sys.exit({code})\n",
        "utf-8",
    )
    program.chmod(0o755)
    return program


def arguments_of(program: Path, patience: float = 30) -> list[str]:
    """Return what a program was started with, as soon as it has noted it."""
    noted = program.with_name(f"{program.name}.json")
    until = time.monotonic() + patience
    while not noted.exists() and time.monotonic() < until:
        time.sleep(0.01)
    found: list[str] = json.loads(noted.read_text("utf-8"))
    return found


def was_started(program: Path) -> bool:
    """Tell whether a program has noted arguments."""
    return program.with_name(f"{program.name}.json").exists()


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the one folder in which programs are found, empty: whoever runs the tests may have the tools."""
    folder = tmp_path / "bin"
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    unknown = {tool: replace(one, linux=(), windows=()) for tool, one in launching.PROGRAMS.items()}
    monkeypatch.setattr(launching, "PROGRAMS", unknown)
    return folder

"""The program as a user has it: installed, its catalogue and its modules compiled; and what starts it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.cases import Bench

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("start_child.py")
_PATIENCE = 90


@dataclass(frozen=True)
class Installed:
    """A program's folder, and a home of its own with the desk that it opens."""

    folder: Path
    home: Path

    def child(self, *arguments: str, script: Path = CHILD) -> str:
        """Start a window, the program's or a bare one, and return what it prints before it ends."""
        command = [sys.executable, str(script), *arguments]
        done = subprocess.run(
            command, env=self.environment(), cwd=self.home, stdout=subprocess.PIPE, text=True,
            timeout=_PATIENCE, check=True,
        )  # fmt: skip
        return done.stdout

    def environment(self) -> Mapping[str, str]:
        """Return what a start from the menu would find, and where the program lies."""
        places = {f"XDG_{kind}_HOME": str(self.home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
        return os.environ | places | {"PYTHONPATH": str(self.folder), "LANG": "de_DE.UTF-8"}

    @property
    def data(self) -> Path:
        """Return the folder of the desk that this home opens by itself."""
        return self.home / "data" / "Laverma Desk"


def install(bench: Bench) -> Installed:
    """Install the checkout into a folder of the bench, anew, and return it with an empty home."""
    place = bench.work / "start"
    shutil.rmtree(place, ignore_errors=True)
    made = Installed(place / "program", place / "home")
    made.data.parent.mkdir(parents=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation",
               "--disable-pip-version-check", "--root-user-action=ignore", "--target", str(made.folder),
               str(ROOT)]  # fmt: skip
    subprocess.run(command, check=True)
    return made

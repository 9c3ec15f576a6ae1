"""How this program is called again: installed, from a checkout, or as a folder that stands alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

JUDGING = "--judge-invoices"
"""The first argument of the process that judges invoices for a window; nobody is told of it."""


def frozen() -> bool:
    """Return whether this is the stand-alone program: its executable is the program and no Python."""
    return bool(getattr(sys, "frozen", False))


def command(*arguments: str) -> list[str]:
    """Return the argument list that starts this very program, the executable first."""
    return [sys.executable, *([] if frozen() else ["-m", "laverma_desk"]), *arguments]


def window_command(*arguments: str) -> list[str]:
    """Return the argument list for a desktop's menu: the same program, on Windows without a black console."""
    whole = command(*arguments)
    silent = Path(sys.executable).with_name("pythonw.exe")
    if os.name == "nt" and not frozen() and silent.is_file():
        whole[0] = str(silent)
    return whole

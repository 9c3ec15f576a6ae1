"""Other programs of the trade, where they are installed: from start to a window with a picture."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.measuring import Step

NEIGHBOURS = {"hamster": 0.8, "gnucash": 0.7}
"""What we want to need at most, as a part of their time."""

_ARGUMENTS = {"hamster": [], "gnucash": ["--nofile"]}
_PATIENCE = 30.0
_LEAST = 300
"""Pixels of a side: what is smaller is a hint, a question or a helper window."""

_SIZE = re.compile(r'0x[0-9a-f]+ "[^"]*".*?\s(\d+)x(\d+)\+')


def neighbour(name: str, home: Path) -> Step | None:
    """Return a step that starts another program on $DISPLAY and gives the milliseconds until it can be seen.

    It gets a home and a message bus of its own. None where it, or what looks at the screen, is not
    installed or does not work.
    """
    tools = ("xwininfo", "xprop", "xwd", "dbus-run-session")
    if shutil.which(name) is None or not all(map(shutil.which, tools)):
        return None
    folder = home / name
    folder.mkdir(exist_ok=True)
    environment = os.environ | {"HOME": str(folder), "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
    for kind in ("DATA", "CONFIG", "CACHE"):
        environment[f"XDG_{kind}_HOME"] = str(folder / kind.lower())
    environment.pop("DBUS_SESSION_BUS_ADDRESS", None)

    def started() -> float:
        began = time.monotonic()
        process = subprocess.Popen(
            ["dbus-run-session", "--", name, *_ARGUMENTS[name]],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            while not _is_seen():
                if time.monotonic() - began > _PATIENCE:
                    raise TimeoutError(name)
                time.sleep(0.005)
            return (time.monotonic() - began) * 1000
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
            _wait_until_gone()

    try:
        started()  # Warm, and one that is installed only in part never shows a window.
    except TimeoutError:
        print(f"{name} is left out: it shows no window here.", file=sys.stderr)  # noqa: T201
        return None
    return started


def _windows() -> list[str]:
    """Return the numbers of the windows at the top that are mapped and large enough."""
    tree = subprocess.run(["xwininfo", "-root", "-children"], capture_output=True, text=True, check=False)
    large = []
    for line in tree.stdout.splitlines():
        found = _SIZE.search(line)
        if found and min(map(int, found.groups())) >= _LEAST:
            large.append(line.split()[0])
    return large


def _is_seen() -> bool:
    return any(_has_picture(one) for one in _windows())


def _has_picture(window: str) -> bool:
    told = subprocess.run(["xwininfo", "-id", window], capture_output=True, text=True, check=False)
    kind = subprocess.run(
        ["xprop", "-id", window, "_NET_WM_WINDOW_TYPE"], capture_output=True, text=True, check=False
    )
    # GnuCash calls its splash and its tip of the day dialogues; one can work in neither.
    if "IsViewable" not in told.stdout or "_TYPE_NORMAL" not in kind.stdout:
        return False
    picture = subprocess.run(["xwd", "-silent", "-id", window], capture_output=True, check=False)
    # A window without content is one colour all over.
    return len(set(picture.stdout[4096::97])) > 8


def _wait_until_gone() -> None:
    until = time.monotonic() + 10
    while _windows() and time.monotonic() < until:
        time.sleep(0.02)

"""A screen of one's own: an Xvfb that lives as long as the case, or Qt's offscreen where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

XCB, OFFSCREEN = "xcb", "offscreen"


@contextmanager
def a_screen() -> Iterator[str]:
    """Give this process, and those it starts, a screen; yield Qt's name of the platform.

    Enter it before Qt is asked for a window.
    """
    server = _start_server()
    if server is None:
        with _set(QT_QPA_PLATFORM=OFFSCREEN):
            yield OFFSCREEN
        return
    process, display = server
    try:
        # Neither the bus nor the input method of somebody's desktop.
        apart = {"DBUS_SESSION_BUS_ADDRESS": "disabled:", "QT_IM_MODULE": "simple"}
        with _set(QT_QPA_PLATFORM=XCB, DISPLAY=display, **apart):
            yield XCB
    finally:
        process.terminate()
        process.wait()


def _start_server() -> tuple[subprocess.Popen[bytes], str] | None:
    program = shutil.which("Xvfb")
    if program is None:
        return None
    reading, writing = os.pipe()
    # On a desktop somebody is always there. Without -noreset the server would begin anew, for 20 ms, whenever
    # the last of its clients goes: the program's look whether there is a screen at all, for one.
    process = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as numbers:
        number = numbers.readline().strip()
    if number:
        return process, f":{number}"
    process.wait()
    return None


@contextmanager
def _set(**wanted: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, text in before.items():
            if text is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = text

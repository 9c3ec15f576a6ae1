"""The real program with its disk watched: each step on the files of a folder is written down, or fails.

`disk_watch.c` is compiled when it is first wanted and preloaded, so that SQLite and Python are seen
alike. In a watched process `fail_at` lets a coming step fail.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("disk_watch.c")
_HEAD = struct.Struct("=QQIIc7x")


class Step(Enum):
    """What a program did, or what it said."""

    CREATED = "O"
    WRITTEN = "W"
    CUT = "T"
    SYNCED = "S"
    FOLDER_SYNCED = "D"
    RENAMED = "R"
    LINKED = "L"
    UNLINKED = "U"
    FOLDER_MADE = "M"
    SAID = "A"


@dataclass(frozen=True)
class Event:
    """One step: `place` is where was written, or the length that a file was cut to."""

    step: Step
    inode: int
    place: int
    content: bytes
    other: bytes

    @property
    def path(self) -> Path:
        """Return the name that the step was about."""
        return Path(os.fsdecode(self.content))

    @property
    def new_path(self) -> Path:
        """Return the name that a file was given."""
        return Path(os.fsdecode(self.other))


class Manner(IntEnum):
    """How a disk fails: one step alone; a write by half and the next one; everything that needs room."""

    ONCE = 1
    SHORT = 2
    FULL = 3


def can_watch() -> bool:
    """Tell whether this machine can: it takes Linux and a C compiler."""
    return os.name == "posix" and Path("/proc/self/fd").is_dir() and shutil.which("cc") is not None


def compiled(folder: Path) -> Path:
    """Compile the watch into a folder and return the library."""
    library = folder / "disk_watch.so"
    command = ["cc", "-O1", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl", "-lpthread"]
    subprocess.run(command, check=True)
    return library


def watched_environment(library: Path, folder: Path | None = None, log: Path | None = None) -> dict[str, str]:
    """Return the environment of a process that is watched; with a log what it does in the folder is kept."""
    more = {"LD_PRELOAD": str(library), "PYTHONUNBUFFERED": "1"}
    if folder is not None and log is not None:
        more |= {"DISK_WATCH_FOLDER": str(folder), "DISK_WATCH_LOG": str(log)}
    return os.environ | more


def read_log(log: Path) -> Iterator[Event]:
    """Yield the steps of a log in their order."""
    with log.open("rb") as reader:
        while head := reader.read(_HEAD.size):
            inode, place, first, second, kind = _HEAD.unpack(head)
            yield Event(Step(kind.decode()), inode, place, reader.read(first), reader.read(second))


def fail_at(folder: Path, nth: int, error: int, manner: Manner) -> None:
    """Let the n-th step from now on in a folder fail, 0: none. Only in a watched process."""
    watch = ctypes.CDLL(None)
    watch.disk_watch_fail.argtypes = (ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_int)
    watch.disk_watch_fail(os.fsencode(folder), nth, error, manner)


def steps_failed() -> int:
    """Return how many steps have failed since the last `fail_at`."""
    return int(ctypes.CDLL(None).disk_watch_failed())

"""The program's place in the start menu of this user: made, looked at, taken out again. No desk is needed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from laverma_desk import own_program
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.durable import lacks_room
from laverma_desk.services.desktop import freedesktop, windows

T = TypeVar("T")


@dataclass(frozen=True)
class EntryState:
    """How the program stands in the start menu.

    `file` is the entry, None where there is none; `ours`: it starts this very program, not one that lies
    elsewhere; `tel`: phone numbers of other programs come here, too.
    """

    file: Path | None
    ours: bool
    tel: bool


def known_system() -> bool:
    """Return whether this system has a start menu that the program knows."""
    return sys.platform in ("linux", "win32")


def read_state() -> EntryState:
    """Return how the program stands in the start menu. Raises OutsideTrouble MENU_UNKNOWN, MENU_REFUSED."""
    command = own_program.window_command()
    if _on_windows():
        return _told(lambda: EntryState(*windows.read_state(command)))
    return _told(lambda: EntryState(*freedesktop.read_state(command)))


def install(*, tel: bool = False) -> EntryState:
    """Put the program into the start menu of this user, or renew its entry; return how it stands there now.

    Links that begin with laverma-desk: come here from now on, with `tel` those of phone numbers, too (on
    Windows its owner chooses it in the system's settings). Raises OutsideTrouble MENU_UNKNOWN, MENU_REFUSED,
    FILE_UNWRITABLE, DISK_FULL.
    """
    command = own_program.window_command()
    if _on_windows():
        _told(lambda: windows.install(command, tel=tel))
    else:
        _told(lambda: freedesktop.install(command, tel=tel))
    return read_state()


def remove() -> None:
    """Take out of the start menu what `install` put there. Raises OutsideTrouble as it does."""
    _told(windows.remove if _on_windows() else freedesktop.remove)


def _on_windows() -> bool:
    if not known_system():
        raise OutsideTrouble(Trouble.MENU_UNKNOWN)
    return sys.platform == "win32"


def _told(work: Callable[[], T]) -> T:
    try:
        return work()
    except OSError as error:
        if lacks_room(error):
            raise OutsideTrouble(Trouble.DISK_FULL, file=str(error.filename or "")) from error
        if error.filename:
            raise OutsideTrouble(Trouble.FILE_UNWRITABLE, file=str(error.filename)) from error
        raise OutsideTrouble(Trouble.MENU_REFUSED, reason=str(error)) from error

"""A watched process that plays a scene on a disk whose n-th step fails, for each n, and says what came of it.

`SCENE MANNER WORK` plays it for each n, MANNER is a place in `WEATHERS`. A further number leaves steps
out. `SCENE small FOLDER` plays it on
a small disk that is really full, with a page more room each time, until it is enough.
"""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from laverma_desk.domain.clock import SystemClock
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import open_desk
from laverma_desk.services.upkeep import check_desk
from tests.nothing_lost.disk_watch import Manner, fail_at, steps_failed
from tests.nothing_lost.forked_player import say
from tests.nothing_lost.full_disk_play import Play, Weather
from tests.nothing_lost.full_disk_scenes import SCENES
from tests.support.desks import memory_secrets

WEATHERS = (
    ("no room once", errno.ENOSPC, Manner.ONCE),
    ("half a write, then no room", errno.ENOSPC, Manner.SHORT),
    ("full from there on", errno.ENOSPC, Manner.FULL),
    ("a fault once", errno.EIO, Manner.ONCE),
)
_PAGE = 4096
_ENOUGH = 3
"""So many plays in a row without trouble mean that there was room enough."""


def _see(scene: str, root: Path) -> None:
    """Open the desk as the next start does and see that all is there, once."""
    data = DataDir(root / "desk")
    with closing(open_desk(data, SystemClock(), memory_secrets())) as desk:
        assert check_desk(desk).sound, "the desk is not whole"
        SCENES[scene].verify(root, desk)


def _alone(work: Callable[[int], None]) -> bool:
    """Do some work in a process of its own and return whether the disk failed in it.

    The work writes a byte into what it is given once it knows: y or n.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(writer)
        except BaseException as error:  # noqa: BLE001 (whatever it is, the parent must hear of it)
            say(lost=f"{type(error).__name__} {error}", trace=traceback.format_exc())
        finally:
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    failed = os.read(reader, 1) != b"n"
    os.close(reader)
    return failed


def every_step(scene: str, manner: int, work: Path, stride: int = 1) -> None:
    """Let each step fail in a manner, until the scene ends before it comes; a `stride` leaves some out."""
    template = work / "template"
    template.mkdir()
    SCENES[scene].prepare(template)
    name, error, how = WEATHERS[manner]
    for nth in itertools.count(1, stride):
        root = work / "now"
        shutil.copytree(template, root)
        say(weather=name, nth=nth)
        failed = _alone(partial(_fail_once, scene, root, nth, error, how))
        shutil.rmtree(root)
        if not failed:
            break


def _fail_once(scene: str, root: Path, nth: int, error: int, manner: Manner, told: int) -> None:
    failed = 0

    def lift() -> None:
        nonlocal failed
        failed += steps_failed()
        fail_at(root, 0, 0, manner)

    os.environ["XDG_DATA_HOME"], os.environ["XDG_CONFIG_HOME"] = str(root / "menu"), str(root / "config")
    play = Play(root, Weather(lift, full=False))
    fail_at(root, nth, error, manner)
    try:
        SCENES[scene].play(play)
    finally:
        lift()
        os.write(told, b"y" if failed else b"n")
    _see(scene, root)
    say(done=scene, failed=failed, said=play.said)


def small_disk(scene: str, disk: Path) -> None:
    """Play it with so many pages of room, from hardly any to enough, on a disk that is full otherwise."""
    template = disk / "template"
    template.mkdir()
    SCENES[scene].prepare(template)
    enough = 0
    for pages in itertools.count():
        root = disk / "now"
        shutil.copytree(template, root)
        say(weather="a small disk that is full", nth=pages)
        failed = _alone(partial(_with_room, scene, disk, root, pages))
        (disk / "ballast").unlink(missing_ok=True)
        shutil.rmtree(root)
        enough = 0 if failed else enough + 1
        if enough == _ENOUGH:
            break


def _with_room(scene: str, disk: Path, root: Path, pages: int, told: int) -> None:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as heavy:
        with suppress(OSError):
            while heavy.write(bytes(_PAGE)):
                pass
        heavy.truncate(max(0, heavy.seek(0, 2) - pages * _PAGE))
    play = Play(root, Weather(lambda: ballast.unlink(missing_ok=True), full=True))
    SCENES[scene].play(play)
    ballast.unlink(missing_ok=True)
    _see(scene, root)
    os.write(told, b"y" if play.said else b"n")
    say(done=scene, failed=len(play.said), said=play.said)


if __name__ == "__main__":
    if sys.argv[2] == "small":
        small_disk(sys.argv[1], Path(sys.argv[3]))
    else:
        every_step(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:]))

"""What a disk may hold after the power went: the model of a folder that is watched.

As cruel as ext4, XFS or NTFS may be, and not crueller:

* What was written before a file's last fsync or fdatasync is there, byte for byte.
* Each later write is there, or lost, or torn: of its 512-byte sectors some are there, others not. They
  know no order among each other. Where a lost write made the file longer, the file may be as long all the
  same and hold zeros there. A later change of length is there or not.
* A name is where it was when its folder was last synced; of the later creations, renames, links and
  removals in that folder the first so many are there, in their order, as a journal keeps it. Folders know
  no order among each other: a new folder is gone with everything in it unless the one above was synced.
* An fsync of a file says nothing about its name (POSIX; ext4 is kinder).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

from tests.nothing_lost.disk_watch import Event, Step

SECTOR = 512
T = TypeVar("T")


class Cruellest(Random):
    """The chance that leaves nothing of which a program was not sure."""

    def random(self) -> float:
        """Return the lowest: whatever may happen to a write happens."""
        return 0.0

    def choice(self, ways: Sequence[T]) -> T:  # type: ignore[override]
        """Return the worst way, which stands first."""
        return ways[0]

    def randint(self, lowest: int, _highest: int) -> int:
        """Return how few steps are left."""
        return lowest


class File:
    """A file's content on the disk, and what was done to it since."""

    def __init__(self, content: bytes = b"") -> None:
        """Begin with what is on the disk."""
        self._sure = bytearray(content)
        self._since: list[tuple[int, bytes | None]] = []

    def write(self, place: int, content: bytes) -> None:
        """Write, without being sure of it."""
        self._since.append((place, content))

    def cut(self, length: int) -> None:
        """Change the length, without being sure of it."""
        self._since.append((length, None))

    def sync(self) -> None:
        """Be sure of everything so far."""
        for place, content in self._since:
            _do(self._sure, place, content)
        self._since.clear()

    def after_cut(self, chance: Random, temper: float) -> bytes:
        """Return what may be found; `temper` is how likely a write that nobody is sure of is harmed."""
        found = bytearray(self._sure)
        for place, content in self._since:
            if chance.random() >= temper:
                _do(found, place, content)
            elif content is not None:
                _tear(found, place, content, chance)
        return bytes(found)


def _do(found: bytearray, place: int, content: bytes | None) -> None:
    if content is None:
        del found[place:]
    if len(found) < place:
        found.extend(bytes(place - len(found)))
    if content is not None:
        found[place : place + len(content)] = content


def _tear(found: bytearray, place: int, content: bytes, chance: Random) -> None:
    """Let a write be lost, or zeros where the file grew, or some of its sectors."""
    way = chance.choice(("lost", "lost", "zeros", "torn", "torn"))
    if way == "lost":
        return
    kept = chance.random()
    at = place
    while at < place + len(content):
        end = min((at // SECTOR + 1) * SECTOR, place + len(content))
        if way == "torn" and chance.random() < kept:
            _do(found, at, content[at - place : end - place])
        elif len(found) < end:
            _do(found, len(found), bytes(end - len(found)))
        at = end


class Folder:
    """A folder's names now and on the disk, and what was done to them since, in order."""

    def __init__(self) -> None:
        """Begin empty."""
        self.now: dict[str, File | Folder] = {}
        self._sure: dict[str, File | Folder] = {}
        self._since: list[Callable[[dict[str, File | Folder]], object]] = []

    def put(self, name: str, one: File | Folder) -> None:
        """Give a name to a file or folder."""

        def step(names: dict[str, File | Folder]) -> None:
            names[name] = one

        self._take(step)

    def drop(self, name: str) -> None:
        """Take a name away."""
        self._take(lambda names: names.pop(name, None))

    def rename(self, old: str, new: str) -> None:
        """Give a file another name in this folder."""

        def step(names: dict[str, File | Folder]) -> None:
            names[new] = names.pop(old)

        self._take(step)

    def sync(self) -> None:
        """Be sure of all names so far."""
        self._sure = dict(self.now)
        self._since.clear()

    def after_cut(self, into: Path, chance: Random, temper: float, found: dict[File, Path]) -> None:
        """Write what may be found into an empty folder; a file with two names is `found` by both."""
        names = dict(self._sure)
        for step in self._since[: chance.randint(0, len(self._since))]:
            step(names)
        for name, one in names.items():
            if isinstance(one, Folder):
                (into / name).mkdir()
                one.after_cut(into / name, chance, temper, found)
            elif one in found:
                (into / name).hardlink_to(found[one])
            else:
                (into / name).write_bytes(one.after_cut(chance, temper))
                found[one] = into / name

    def _take(self, step: Callable[[dict[str, File | Folder]], object]) -> None:
        step(self.now)
        self._since.append(step)


class CutDisk:
    """A watched folder whose power can go after each step."""

    def __init__(self, root: Path) -> None:
        """Take what is there now for sure; nothing may be written meanwhile."""
        self._root = root
        self._inodes: dict[int, File] = {}
        self._top = self._read(root)

    def _read(self, path: Path) -> Folder:
        folder = Folder()
        for one in path.iterdir():
            if one.is_dir():
                folder.put(one.name, self._read(one))
            elif not one.name.endswith("-shm"):
                inode = one.stat().st_ino
                self._inodes.setdefault(inode, File(one.read_bytes()))
                folder.put(one.name, self._inodes[inode])
        folder.sync()
        return folder

    def _at(self, path: Path) -> Folder:
        folder = self._top
        for part in path.relative_to(self._root).parts:
            inner = folder.now[part]
            assert isinstance(inner, Folder)
            folder = inner
        return folder

    def take(self, event: Event) -> None:
        """Do what the program did."""
        match event.step:
            case Step.CREATED:
                self._inodes[event.inode] = File()
                self._at(event.path.parent).put(event.path.name, self._inodes[event.inode])
            case Step.WRITTEN:
                self._inodes[event.inode].write(event.place, event.content)
            case Step.CUT:
                self._inodes[event.inode].cut(event.place)
            case Step.SYNCED:
                self._inodes[event.inode].sync()
            case Step.SAID:
                pass
            case _:
                self._change_names(event)

    def _change_names(self, event: Event) -> None:
        if event.step is Step.FOLDER_SYNCED:
            self._at(event.path).sync()
            return
        folder, name = self._at(event.path.parent), event.path.name
        if event.step is Step.FOLDER_MADE:
            folder.put(name, Folder())
        elif event.step is Step.UNLINKED:
            folder.drop(name)
        elif event.step is Step.LINKED:
            self._at(event.new_path.parent).put(event.new_path.name, folder.now[name])
        else:
            assert event.path.parent == event.new_path.parent, "the model knows no move between folders"
            folder.rename(name, event.new_path.name)

    def lose_power(self, into: Path, chance: Random) -> None:
        """Write into an empty folder what may be found after the power goes now."""
        temper = chance.choice((1.0, 0.8, 0.5, 0.2, 0.0))
        self._top.after_cut(into, chance, temper, {})

"""The start menu of Linux desktops, as freedesktop.org specifies it: entry, icons, metadata, links."""

from __future__ import annotations

import os
import re
import shutil
import subprocess  # nosec B404 # (a list of arguments, never a shell)
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from laverma_desk.durable import make_folder, take_place
from laverma_desk.paths import resource
from laverma_desk.services.desktop.link_defaults import is_default, with_default, without

NAME = "laverma-desk"
ENTRY, METAINFO = f"{NAME}.desktop", "de.laverma.desk.metainfo.xml"
OWN_LINK, PHONE_LINK = "x-scheme-handler/laverma-desk", "x-scheme-handler/tel"
_LINKS = (OWN_LINK, PHONE_LINK)
# Desktop Entry Specification, "The Exec key": what must stand in quotation marks, what is escaped in them.
_RESERVED = re.compile(r"""[\s"'\\><~|&;$*?#()`%]""")
_ESCAPED = re.compile(r'(["`$\\])')
_PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class Places:
    """The folders of this user, as the XDG Base Directory Specification has them."""

    data: Path
    config: Path

    @property
    def entry(self) -> Path:
        """Return the file that stands for the program in the menu."""
        return self.data / "applications" / ENTRY

    @property
    def defaults(self) -> Path:
        """Return the file that says which program opens what."""
        return self.config / "mimeapps.list"

    @property
    def metainfo(self) -> Path:
        """Return the file that describes the program to software centres."""
        return self.data / "metainfo" / METAINFO

    def icon(self, size: int) -> Path:
        """Return the file of the icon in one size."""
        return self.data / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{NAME}.png"


def places() -> Places:
    """Return the folders of this user; what is set to no absolute path is as if it were not set."""
    return Places(
        _folder("XDG_DATA_HOME", Path(".local", "share")), _folder("XDG_CONFIG_HOME", Path(".config"))
    )


def _folder(name: str, usual: Path) -> Path:
    told = Path(os.environ.get(name, ""))
    return told if told.is_absolute() else Path.home() / usual


def read_state(command: Sequence[str]) -> tuple[Path | None, bool, bool]:
    """Return the entry's file (None: there is none), whether it starts this command, whether tel: does."""
    here = places()
    if not here.entry.is_file():
        return None, False, False
    written = here.entry.read_text(encoding="utf-8", errors="replace")
    ours = f"\nExec={exec_line(command)}\n" in written
    return here.entry, ours, is_default(_read(here.defaults), PHONE_LINK, ENTRY)


def install(command: Sequence[str], *, tel: bool) -> None:
    """Write entry, icons and metadata, and take the links. Raises OSError."""
    here = places()
    shipped = resource("desktop")
    for file in sorted((shipped / "icons").glob("*.png")):
        _write(here.icon(int(file.stem)), file.read_bytes())
    _write(here.metainfo, (shipped / METAINFO).read_bytes())
    _write(here.entry, entry_text((shipped / ENTRY).read_text(encoding="utf-8"), command, tel=tel).encode())
    defaults = without(_read(here.defaults), _LINKS, ENTRY)
    for link in _LINKS if tel else (OWN_LINK,):
        defaults = with_default(defaults, link, ENTRY)
    _write(here.defaults, defaults.encode())
    _tell_desktop(here)


def remove() -> None:
    """Take away what `install` wrote; what others wrote stays. Raises OSError."""
    here = places()
    sizes = [int(file.stem) for file in (resource("desktop") / "icons").glob("*.png")]
    for file in (here.entry, here.metainfo, *map(here.icon, sizes)):
        file.unlink(missing_ok=True)
    before = _read(here.defaults)
    after = without(before, _LINKS, ENTRY)
    if after != before:
        _write(here.defaults, after.encode())
    _tell_desktop(here)


def entry_text(shipped: str, command: Sequence[str], *, tel: bool) -> str:
    """Return the shipped entry for the program where it lies."""
    lines = []
    for line in shipped.splitlines():
        key = line.partition("=")[0]
        if key == "Exec":
            # Without its program the entry disappears from the menu by itself.
            lines += [f"TryExec={_value(command[0])}", f"Exec={exec_line(command)}"]
        elif key == "MimeType" and tel:
            lines.append(f"{line}{PHONE_LINK};")
        else:
            lines.append(line)
    return "\n".join((*lines, ""))


def exec_line(command: Sequence[str]) -> str:
    """Return a command as an entry has it, with a place for the link that was clicked."""
    return " ".join([*map(_quoted, command), "%u"])


def _quoted(argument: str) -> str:
    inner = _ESCAPED.sub(r"\\\1", argument).replace("%", "%%")
    return _value(f'"{inner}"' if not argument or _RESERVED.search(argument) else inner)


def _value(words: str) -> str:
    return words.replace("\\", "\\\\")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return ""


def _write(file: Path, content: bytes) -> None:
    """Write a file; the old one stands until the new one is whole. Raises OSError with the file's name."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        make_folder(file.parent)
        with fresh.open("wb") as writer:
            writer.write(content)
            writer.flush()
            os.fsync(writer.fileno())
        take_place(fresh, file)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(file)) from error


def _tell_desktop(here: Places) -> None:
    """Let the desktop look again where it does not by itself; without that tool it does at the next login."""
    program = shutil.which("update-desktop-database")
    if program is not None and here.entry.parent.is_dir():
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(  # nosec B603 # noqa: S603 (a program of the system, by its full path)
                [program, "-q", str(here.entry.parent)],
                check=False,
                capture_output=True,
                timeout=_PATIENCE_SECONDS,
            )

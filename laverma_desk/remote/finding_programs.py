"""Where on this machine a program lies, and whether the system knows who opens a scheme.

Nothing is ever taken from the folder in which the desk was started: whoever can put a file there could
otherwise decide what is run.
"""

from __future__ import annotations

import os
import subprocess  # nosec B404 # (a list of arguments, never a shell)
import sys
from pathlib import Path

from laverma_desk.remote.environment import outside_environment
from laverma_desk.remote.tool_program import ToolProgram

WINDOWS = sys.platform == "win32"
_ASKING_SECONDS = 3


def is_program(path: Path) -> bool:
    """Return whether a file can be started."""
    try:
        return path.is_absolute() and path.is_file() and os.access(path, os.X_OK)
    except (OSError, ValueError):
        return False


def find_by_name(name: str) -> Path | None:
    """Return the program of a name along PATH, None where there is none."""
    if not name or os.sep in name or "/" in name:
        return None
    endings = ("", ".exe") if WINDOWS else ("",)
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for ending in endings:
            found = Path(folder) / f"{name}{ending}"
            if folder and is_program(found):
                return found
    return None


def find_program(tool: ToolProgram) -> Path | None:
    """Return where a tool's program lies: along PATH, else where its installer puts it."""
    for name in tool.names:
        found = find_by_name(name)
        if found is not None:
            return found
    places = map(os.path.expandvars, tool.windows) if WINDOWS else map(os.path.expanduser, tool.linux)
    return next((path for path in map(Path, places) if is_program(path)), None)


def programs_folder() -> str:
    """Return the folder in which somebody who looks for a program begins."""
    return os.environ.get("PROGRAMFILES", "C:\\") if WINDOWS else "/usr/bin"


def opener_of(scheme: str) -> list[str] | None:
    """Return the command that opens an address of a scheme, without the address.

    None where nobody has registered for the scheme: the system would ask for a program in its own window.
    """
    if WINDOWS:
        return _windows_opener(scheme)
    if sys.platform == "darwin":
        return ["/usr/bin/open"]
    asks, opens = find_by_name("xdg-mime"), find_by_name("xdg-open")
    if asks is None or opens is None:
        return None
    try:
        answer = subprocess.run(  # nosec B603 # noqa: S603 (a list of arguments, all of them ours)
            [str(asks), "query", "default", f"x-scheme-handler/{scheme}"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=outside_environment(),
            timeout=_ASKING_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return [str(opens)] if answer.stdout.strip() else None


def _windows_opener(scheme: str) -> list[str] | None:
    if sys.platform != "win32":
        return None
    import winreg  # noqa: PLC0415 (there is none elsewhere)

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, rf"{scheme}\shell\open\command"))
    except OSError:
        return None
    # By its full name: rundll32 hands the address to the shell's own opener, as a click on a link does.
    folder = os.environ.get("SYSTEMROOT", r"C:\Windows")
    return [rf"{folder}\System32\rundll32.exe", "url.dll,FileProtocolHandler"]

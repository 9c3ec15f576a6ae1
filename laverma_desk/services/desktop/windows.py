"""The start menu of Windows: a shortcut, and the registry's word on who opens laverma-desk: and tel:.

All of it belongs to this user alone and needs no administrator. Which program opens tel: is chosen by its
user in the settings of Windows; the program can only say that it is able to.
"""

from __future__ import annotations

import os
import subprocess  # nosec B404 # (a list of arguments, never a shell)
import sys
from collections.abc import Sequence
from pathlib import Path

from laverma_desk import own_program
from laverma_desk.paths import resource
from laverma_desk.services.desktop import registry
from laverma_desk.services.desktop.registry import RegistryValue

NAME = "Laverma Desk"
_CLASSES = r"Software\Classes"
_CAPABILITIES = r"Software\Laverma Desk\Capabilities"
_REGISTERED = r"Software\RegisteredApplications"
_PHONE_CLASS = "LavermaDesk.tel"
# Values come by the environment: no path is ever read as part of a script.
_SCRIPT = (
    "$ErrorActionPreference='Stop';"
    "$s=(New-Object -ComObject WScript.Shell).CreateShortcut($env:LAVERMA_LINK);"
    "$s.TargetPath=$env:LAVERMA_TARGET;$s.Arguments=$env:LAVERMA_ARGUMENTS;"
    "$s.WorkingDirectory=$env:LAVERMA_FOLDER;$s.IconLocation=$env:LAVERMA_ICON;$s.Save()"
)
_PATIENCE_SECONDS = 60


def shortcut() -> Path:
    """Return the file that stands for the program in the start menu."""
    roaming = os.environ.get("APPDATA") or str(Path.home() / "AppData" / "Roaming")
    return Path(roaming, "Microsoft", "Windows", "Start Menu", "Programs", f"{NAME}.lnk")


def icon_of(command: Sequence[str]) -> str:
    """Return where the icon lies: in the stand-alone program itself, else beside it."""
    return command[0] if own_program.frozen() else str(resource("desktop", "icons", "laverma-desk.ico"))


def registry_values(command: Sequence[str], *, tel: bool) -> list[RegistryValue]:
    """Return what the registry has to hold, for laverma-desk: always, for tel: where it is wanted."""
    call = f'{subprocess.list2cmdline(command)} "%1"'
    values = [
        *_link_class("laverma-desk", f"URL:{NAME}", command, call),
    ]
    if tel:
        values += [
            *_link_class(_PHONE_CLASS, f"URL:{NAME} (tel)", command, call),
            RegistryValue(_CAPABILITIES, "ApplicationName", NAME),
            RegistryValue(_CAPABILITIES, "ApplicationDescription", NAME),
            RegistryValue(rf"{_CAPABILITIES}\UrlAssociations", "tel", _PHONE_CLASS),
            RegistryValue(_REGISTERED, NAME, _CAPABILITIES),
        ]
    return values


def _link_class(name: str, words: str, command: Sequence[str], call: str) -> list[RegistryValue]:
    key = rf"{_CLASSES}\{name}"
    return [
        RegistryValue(key, "", words),
        RegistryValue(key, "URL Protocol", ""),
        RegistryValue(rf"{key}\DefaultIcon", "", icon_of(command)),
        RegistryValue(rf"{key}\shell\open\command", "", call),
    ]


def shortcut_call(command: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the argument list that writes the shortcut, and what it finds in its environment."""
    folder = os.environ.get("SYSTEMROOT", r"C:\Windows")
    shell = str(Path(folder, "System32", "WindowsPowerShell", "v1.0", "powershell.exe"))
    arguments = [shell, "-NoProfile", "-NonInteractive", "-Command", _SCRIPT]
    values = {
        "LAVERMA_LINK": str(shortcut()),
        "LAVERMA_TARGET": command[0],
        "LAVERMA_ARGUMENTS": subprocess.list2cmdline(command[1:]),
        "LAVERMA_FOLDER": str(Path.home()),
        "LAVERMA_ICON": icon_of(command),
    }
    return arguments, values


def read_state(command: Sequence[str]) -> tuple[Path | None, bool, bool]:
    """Return the shortcut (None: there is none), whether it starts this command, and whether tel: may."""
    file = shortcut()
    if not file.is_file():
        return None, False, False
    call = registry_values(command, tel=False)[-1]
    phone = registry_values(command, tel=True)[-2]
    return file, registry.read(call) == call.text, registry.read(phone) == phone.text


def install(command: Sequence[str], *, tel: bool) -> None:
    """Write shortcut and registry. Raises OSError."""
    shortcut().parent.mkdir(parents=True, exist_ok=True)
    arguments, values = shortcut_call(command)
    try:
        done = subprocess.run(  # nosec B603 # noqa: S603 (PowerShell of the system, by its full path)
            arguments,
            env={**os.environ, **values},
            check=False,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise OSError(arguments[0]) from error
    if done.returncode or not shortcut().is_file():
        raise OSError(done.stderr.decode(errors="replace").strip() or arguments[0])
    _drop_keys()
    for one in registry_values(command, tel=tel):
        registry.write(one)


def remove() -> None:
    """Take shortcut and registry values away. Raises OSError."""
    shortcut().unlink(missing_ok=True)
    _drop_keys()


def own_keys() -> list[str]:
    """Return every key that `install` makes, what lies below another one before it."""
    values = registry_values([sys.executable], tel=True)
    own = {one.key for one in values if one.key != _REGISTERED}
    own.add(_CAPABILITIES.rpartition("\\")[0])
    for command in [one for one in own if one.endswith(r"\shell\open\command")]:
        own |= {command.removesuffix(r"\command"), command.removesuffix(r"\open\command")}
    return sorted(own, key=len, reverse=True)


def _drop_keys() -> None:
    registry.delete_value(RegistryValue(_REGISTERED, NAME, ""))
    for key in own_keys():
        registry.delete_key(key)

"""What belongs to this machine alone: theme, language, text size, the window's place. Never a password."""

from __future__ import annotations

import configparser
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from laverma_desk import private_files
from laverma_desk.durable import make_folder, take_place
from laverma_desk.i18n import LANGUAGES
from laverma_desk.paths import machine_settings_file

if TYPE_CHECKING:
    from laverma_desk.domain.server_address import ServerAddress

Theme = Literal["system", "light", "dark"]
THEMES: tuple[Theme, ...] = ("system", "light", "dark")
TEXT_SIZES = (100, 125, 150, 200)
_WINDOW, _DESKTOP = "window", "desktop"
_TOOLS, _PATH, _COMMAND = "tools", "_path", "_command"
_HANDOVER = "handover"
_DATABASE, _URL = "database", "url"
_MINI, _FARTHEST = "mini", 100_000
_NONE: Mapping[str, str] = MappingProxyType({})


class MachineSettings(NamedTuple):
    """How the program looks and behaves here.

    `language` None follows the system; `text_size` is in percent. `tray`: an icon in the notification area;
    `mini_on_minimise`: the mini timer comes when the window is minimised while time runs; `notifications`:
    the desktop says what must not be missed. `tool_paths` and `tool_templates`: where a remote tool lies, or
    the command that stands for it, by the tool's name; `watched_log` is the file that a tool writes,
    `handover_folder` where files for tax adviser and auditor went last. `database` is the address of the
    server on which the user's own desk lies, "" where it is a file; no password stands in it.
    """

    theme: Theme = "system"
    language: str | None = None
    text_size: int = 100
    geometry: str = ""
    tray: bool = True
    mini_on_minimise: bool = True
    notifications: bool = True
    tool_paths: Mapping[str, str] = _NONE
    tool_templates: Mapping[str, str] = _NONE
    watched_log: str = ""
    mini_place: tuple[int, int] | None = None
    handover_folder: str = ""
    database: str = ""


def load(file: Path | None = None) -> MachineSettings:
    """Return this machine's settings; what is missing, broken or unknown is as in the beginning."""
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read(file or machine_settings_file(), encoding="utf-8")
    except (OSError, configparser.Error, UnicodeError):
        return MachineSettings()
    window, desktop = _section(parser, _WINDOW), _section(parser, _DESKTOP)
    tools = _section(parser, _TOOLS)
    theme = window.get("theme", "system")
    language = window.get("language", "")
    size = window.get("text_size", "100")
    return MachineSettings(
        theme=theme if theme in THEMES else "system",
        language=language if language in LANGUAGES else None,
        text_size=int(size) if size in map(str, TEXT_SIZES) else 100,
        geometry=window.get("geometry", ""),
        tray=_switch(desktop, "tray"),
        mini_on_minimise=_switch(desktop, "mini_on_minimise"),
        notifications=_switch(desktop, "notifications"),
        tool_paths=_ending_in(tools, _PATH),
        tool_templates=_ending_in(tools, _COMMAND),
        watched_log=tools.get("watched_log", ""),
        mini_place=_point(_section(parser, _MINI).get("place", "")),
        handover_folder=_section(parser, _HANDOVER).get("folder", ""),
        database=_section(parser, _DATABASE).get(_URL, "").strip(),
    )


def _section(parser: configparser.ConfigParser, name: str) -> Mapping[str, str]:
    return parser[name] if parser.has_section(name) else {}


def _ending_in(values: Mapping[str, str], ending: str) -> dict[str, str]:
    """Return what is kept for each tool under a name with an ending."""
    return {name.removesuffix(ending): one for name, one in values.items() if name.endswith(ending) and one}


def _switch(values: Mapping[str, str], name: str) -> bool:
    """Return whether a switch is on, as it is in the beginning."""
    return values.get(name, "yes") != "no"


def _point(words: str) -> tuple[int, int] | None:
    """Return a point of the screens, None where none is written that any screen could have."""
    x, _comma, y = words.partition(",")
    try:
        point = int(x), int(y)
    except ValueError:
        return None
    return point if max(map(abs, point)) < _FARTHEST else None


def change(file: Path | None = None, **values: Any) -> MachineSettings:
    """Keep some settings by their names and return all; what others have kept meanwhile stays."""
    changed = load(file)._replace(**values)
    save(changed, file)
    return changed


def save(settings: MachineSettings, file: Path | None = None) -> None:
    """Keep the settings; the old file stands until the new one is whole, and a full disk changes nothing."""
    target = file or machine_settings_file()
    parser = configparser.ConfigParser(interpolation=None)
    parser[_WINDOW] = {
        "theme": settings.theme,
        "language": settings.language or "",
        "text_size": str(settings.text_size),
        "geometry": settings.geometry,
    }
    parser[_DESKTOP] = {
        "tray": _word(on=settings.tray),
        "mini_on_minimise": _word(on=settings.mini_on_minimise),
        "notifications": _word(on=settings.notifications),
    }
    parser[_TOOLS] = {
        **{f"{name}{_PATH}": path for name, path in settings.tool_paths.items()},
        **{f"{name}{_COMMAND}": command for name, command in settings.tool_templates.items()},
        "watched_log": settings.watched_log,
    }
    if settings.handover_folder:
        parser[_HANDOVER] = {"folder": settings.handover_folder}
    if settings.database:
        parser[_DATABASE] = {_URL: settings.database}
    if settings.mini_place is not None:
        parser[_MINI] = {"place": "{},{}".format(*settings.mini_place)}
    fresh = target.with_name(f"{target.name}.new")
    try:
        make_folder(target.parent, private_files.FOLDER_MODE)
        with private_files.text_writer(fresh) as writer:
            parser.write(writer)
            writer.flush()
            os.fsync(writer.fileno())
        take_place(fresh, target)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def wanted_server(said: ServerAddress | None, data_dir: Path | None) -> ServerAddress | None:
    """Return the server whose desk is wanted, None for the desk of a folder.

    What was said at the start goes before what is set; whoever named a folder alone means the desk in it.
    Raises RuleBroken for an address in the settings that is none.
    """
    if said is not None or data_dir is not None:
        return said
    kept = load().database
    if not kept:
        return None
    from laverma_desk.domain.server_address import parse_address  # noqa: PLC0415 (most desks are files)

    return parse_address(kept)


def _word(*, on: bool) -> str:
    return "yes" if on else "no"

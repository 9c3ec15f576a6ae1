"""The page of the remote tools: paths belong to this machine, the two figures to the house."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QDir, QObject, Slot

from laverma_desk import settings
from laverma_desk.domain.company import RemoteSettings
from laverma_desk.domain.customer import Tool
from laverma_desk.i18n import _
from laverma_desk.services import checks, remote_tools
from laverma_desk.services.changes import Done
from laverma_desk.services.setup.house import House
from laverma_desk.services.setup.house_remote import LONGEST_PAUSE, LONGEST_SESSION, save_remote_settings
from laverma_desk.ui.settings.remote_form import LOG, RemoteForm
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings

_TOOLS = {tool.value: tool for tool in Tool}
_LIMITS = {"reconnect_minutes": LONGEST_PAUSE, "long_session_hours": LONGEST_SESSION}


class RemoteSection(Section):
    """Each tool's path or command under its name. `machine_file` None is this machine's own settings."""

    of_machine = frozenset({*Tool, LOG})

    def __init__(self, form: RemoteForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("remote", form, surroundings, parent)
        self._remote_form = form
        self.machine_file: Path | None = None
        form.file_wanted.connect(self._on_file_wanted)
        form.file_chosen.connect(self._on_file_chosen)

    def stored(self, house: House) -> dict[str, Any]:
        """Return what this machine and the house have set."""
        machine = settings.load(self.machine_file)
        places = {**machine.tool_paths, **machine.tool_templates}
        return {
            **{name: places.get(name, "") for name in _TOOLS},
            "reconnect_minutes": house.remote.reconnect_minutes,
            "long_session_hours": house.remote.long_session_hours,
            LOG: machine.watched_log,
        }

    def shown(self, name: str, value: Any) -> object:  # noqa: ARG002 (every field is text)
        """Show figures as text."""
        return str(value)

    def checked(self, name: str, typed: Any) -> Any:
        """Check a field."""
        if name in _TOOLS:
            return remote_tools.check_place(str(typed), name)
        if name in _LIMITS:
            lowest = 0 if name == "reconnect_minutes" else 1
            return checks.whole_number(typed, name, lowest, _LIMITS[name])
        return str(typed).strip()

    def write(self, prepared: dict[str, Any]) -> Done[Any]:
        """Keep the figures in the desk, and the rest on this machine."""
        done = save_remote_settings(
            self.surroundings.desk,
            RemoteSettings(prepared["reconnect_minutes"], prepared["long_session_hours"]),
        )
        places = {name: prepared[name] for name in _TOOLS if prepared[name]}
        commands = {name: one for name, one in places.items() if remote_tools.is_command(one)}
        settings.change(
            self.machine_file,
            tool_paths={name: one for name, one in places.items() if name not in commands},
            tool_templates=commands,
            watched_log=prepared[LOG],
        )
        return done

    def follow(self) -> None:
        """Say below each tool what would be started, and whether the watched file is there."""
        for name, tool in _TOOLS.items():
            self._remote_form.show_state(name, _program_words(tool, self.form.text(name)))
        log = self.form.text(LOG).strip()
        self._remote_form.show_state(LOG, _log_words(log))

    @Slot(str)
    def _on_file_wanted(self, name: str) -> None:
        typed = self.form.text(name).strip()
        if typed and not remote_tools.is_command(typed):
            folder = str(Path(typed).parent)
        else:
            folder = remote_tools.programs_folder() if name in _TOOLS else QDir.homePath()
        self._remote_form.ask_for(name, folder)

    @Slot(str, object)
    def _on_file_chosen(self, name: str, chosen: Path) -> None:
        self.form.show_field(name, str(chosen))
        self.form.edited.emit(name)
        self.form.field_left.emit(name)


def _program_words(tool: Tool, typed: str) -> str:
    if tool is Tool.OTHER and not typed.strip():
        return _("for example /opt/viewer/start --id {id}")
    program = remote_tools.program_of(tool, remote_tools.place_typed(typed))
    return _("found: %(path)s") % {"path": program} if program else _("not found")


def _log_words(typed: str) -> str:
    if not typed:
        return _("For example TeamViewer's Connections.txt; it is read whenever it changes.")
    try:
        there = Path(typed).is_file()
    except (OSError, ValueError):
        there = False
    return _("found") if there else _("not found")


def remote_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page of the remote tools."""
    return RemoteSection(RemoteForm(), surroundings, parent)

"""Keeps what belongs to this machine alone; colours change at once, the rest at the next start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from laverma_desk import settings
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.settings.look_form import SWITCHES, SYSTEM, LookForm


class LookController(QObject):
    """Emits `appearance_changed(MachineSettings)` after having written them, and `restart_wanted`."""

    appearance_changed = Signal(object)
    restart_wanted = Signal()

    def __init__(self, form: LookForm, machine: MachineSettings, file: Path | None, parent: QObject) -> None:
        """Take the settings that this run was started with; `file` None means the machine's own."""
        super().__init__(parent)
        self._form, self._machine, self._file = form, machine, file
        self._started = machine
        self._unsaved = False
        form.edited.connect(self._on_form_edited)
        form.restart_requested.connect(self.restart_wanted)
        form.show_values(
            {
                "theme": machine.theme,
                "language": machine.language or SYSTEM,
                "text_size": str(machine.text_size),
                **{name: getattr(machine, name) for name in SWITCHES},
            }
        )

    def set_unsaved(self, unsaved: bool) -> None:
        """Say whether a start would lose something."""
        self._unsaved = unsaved
        self._show_restart()

    def _show_restart(self) -> None:
        now, then = self._machine, self._started
        wanted = (now.language, now.text_size) != (then.language, then.text_size)
        self._form.show_restart(wanted=wanted, unsaved=self._unsaved)

    @Slot(str)
    def _on_form_edited(self, _name: str) -> None:
        language = self._form.text("language")
        self._machine = settings.change(
            self._file,
            theme=self._form.text("theme"),
            language=None if language == SYSTEM else language,
            text_size=int(self._form.text("text_size")),
            **{name: self._form.value(name) for name in SWITCHES},
        )
        self._show_restart()
        self.appearance_changed.emit(self._machine)

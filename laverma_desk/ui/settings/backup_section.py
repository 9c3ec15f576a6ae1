"""The page for backups: where they go, whether they are locked, the next one, and one back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError, Rule, RuleBroken, Trouble
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.backups import choosing
from laverma_desk.services.backups.passphrase import checked_passphrase
from laverma_desk.services.backups.plan import read_plan
from laverma_desk.services.backups.server_copies import (
    server_copies,
    shown_command,
    shown_restore_of,
    take_server_copy,
)
from laverma_desk.services.backups.stored_copies import BackupState, backup_state
from laverma_desk.services.backups.taking import take_copy
from laverma_desk.services.changes import Done
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.services.setup.house import House
from laverma_desk.ui.background import Lane
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.settings.backup_form import BackupForm
from laverma_desk.ui.settings.backup_restoring import BackupRestoring
from laverma_desk.ui.settings.backup_server import ServerCommands
from laverma_desk.ui.settings.backup_words import entry_of, entry_of_server, last_of_server, last_sentence
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings

_EMPTIED = dict.fromkeys(("passphrase", "again"), "")
_ELSEWHERE = frozenset(
    {Trouble.BACKUP_FOLDER_MISSING, Trouble.FOLDER_UNWRITABLE, Trouble.FILE_UNWRITABLE, Trouble.DISK_FULL}
)
"""What another folder would mend."""


class BackupSection(Section):
    """Folder and lock, saved like every page; copies, made and brought back at once.

    Emits `restore_wanted(RestorePreview)`: the window closes the desk, restores and starts anew.
    """

    restore_wanted = Signal(object)
    slow = True
    of_machine = frozenset({"folder", "sealed", "passphrase", "again"})

    def __init__(self, form: BackupForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("backup", form, surroundings, parent)
        self._backup_form = form
        self._state: BackupState | None = None
        self._has_phrase = False
        self._asked_keyring = False
        self._job = LongJob(surroundings.background, self)
        self.restoring = BackupRestoring(form, surroundings, self)
        self.restoring.restore_wanted.connect(self.restore_wanted)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_job_stopped)
        form.copies.copy_requested.connect(self.take_copy)
        form.copies.progress.cancelled.connect(self._job.cancel)
        form.copies.restore_requested.connect(self._on_copies_restore_requested)
        form.copies.folder_requested.connect(self._on_copies_folder_requested)
        form.folder_chosen.connect(self._on_form_folder_chosen)
        form.file_chosen.connect(self._on_form_file_chosen)
        form.shown.connect(self.refresh)
        if surroundings.desk.demo:
            form.copies.block_restore(_("The sample data are made anew at each start."))

    # --- folder and lock

    def stored(self, house_: House) -> dict[str, Any]:  # noqa: ARG002 (it lies beside the database)
        """Return the plan; a passphrase is never read back."""
        plan = read_plan(self.surroundings.desk.data)
        if not self._asked_keyring:
            self._asked_keyring = True
            self._ask_keyring()
        return {
            "folder": str(plan.folder) if plan.folder else "",
            "sealed": plan.sealed,
            **_EMPTIED,
        }

    def compared(self, house_: House) -> dict[str, object]:  # noqa: ARG002 (nobody else writes it)
        """Return the plan that the fields show: it is this machine's own."""
        return self._seen

    def checked(self, name: str, typed: Any) -> Any:
        """Check that the folder is there."""
        return choosing.checked_folder(self.surroundings.desk, typed) if name == "folder" else typed

    def shown(self, name: str, value: Any) -> object:
        """Show a folder as text."""
        return ("" if value is None else str(value)) if name == "folder" else value

    def together(self, values: dict[str, Any]) -> Any:
        """Return folder, lock and a new passphrase, None where the kept one stays."""
        first, second = values["passphrase"], values["again"]
        phrase = None
        if values["sealed"] and (first or second or not self._has_phrase):
            phrase = checked_passphrase(first, second)
        return values["folder"], values["sealed"], phrase

    def write(self, prepared: tuple[Path | None, bool, str | None]) -> Done[Any]:
        """Keep the choice, a passphrase in the keyring; not in the GUI thread."""
        folder, sealed, phrase = prepared
        result = choosing.save_choice(self.surroundings.desk, folder, sealed=sealed, passphrase=phrase)
        self._has_phrase = self._has_phrase or phrase is not None
        return result

    def mark_saved(self, values: dict[str, object]) -> None:
        """Empty the fields for the passphrase: the keyring has it now."""
        for field in (self._backup_form.passphrase, self._backup_form.again):
            field.hide_letters()
        self.form.show_values(_EMPTIED)
        super().mark_saved({**values, **_EMPTIED})
        self.follow()
        self.refresh()

    def refuse(self, error: DeskError) -> None:
        """Show an error of the keyring at the passphrase, all others at their field."""
        if error.code in (Trouble.BACKUP_NEEDS_KEYRING, Trouble.KEYRING_REFUSED):
            self.form.show_error("passphrase", explain(error))
            return
        super().refuse(error)

    def follow(self) -> None:
        """Show the fields for the passphrase where copies are to be locked."""
        if not self.form.value("sealed"):
            self.form.show_values(_EMPTIED)
        self._backup_form.show_lock(on=bool(self.form.value("sealed")), kept=self._has_phrase)

    def _ask_keyring(self) -> None:
        desk = self.surroundings.desk
        self.surroundings.background.run(
            self, lambda: choosing.has_passphrase(desk), self._on_keyring_answered, self._on_keyring_refused,
            Lane.NETWORK,
        )  # fmt: skip

    def _on_keyring_answered(self, kept: bool) -> None:
        self._has_phrase = kept
        self.follow()

    def _on_keyring_refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error

    # --- copies

    def refresh(self) -> None:
        """Show which copies there are now."""
        now = self.surroundings.desk.clock.now()
        if self._backup_form.commands is not None:
            self._refresh_server(self._backup_form.commands, now)
            return
        self._state = state = backup_state(self.surroundings.desk.data, now)
        copies = self._backup_form.copies
        copies.show_copies([entry_of(one) for one in state.copies])
        if self._job.running:
            return
        if not state.folder_there:
            trouble = {"folder": str(state.folder)}
            sentence = _("The folder for the backups is not there: %(folder)s") % trouble
            copies.say(sentence, "warning", "red", way_out=True)
        elif state.newest is None:
            copies.say(last_sentence(state, now), "info", "amber")
        else:
            copies.say(last_sentence(state, now), "check-circle", "green")

    def _refresh_server(self, commands: ServerCommands, now: datetime) -> None:
        """Show which backups of the server were made here, and with which words."""
        desk = self.surroundings.desk
        found = server_copies(desk)
        copies = self._backup_form.copies
        copies.show_copies([entry_of_server(one) for one in found])
        commands.show_commands(shown_command(desk), shown_restore_of(desk, found[0].file if found else None))
        if self._job.running:
            return
        if found:
            copies.say(last_of_server(found[0], now), "check-circle", "green")
        else:
            copies.say(_("No backup of the server was made here yet."), "info", "amber")

    def take_copy(self) -> None:
        """Make a copy now; the call in front is not disturbed."""
        desk = self.surroundings.desk

        def work(progress: Progress, cancelled: Cancelled) -> object:
            if desk.database.shared:
                return take_server_copy(desk, None, None, progress, cancelled)
            return take_copy(desk, None, progress, cancelled)

        self._backup_form.copies.show_running(True)
        self._job.run(work, self._on_taken, self._on_refused)

    def _on_job_progressed(self, advance: Advance) -> None:
        self._backup_form.copies.progress.show_share(advance.done / max(1, advance.total))

    def _on_job_stopped(self) -> None:
        self._backup_form.copies.show_running(False)
        self.refresh()
        self._backup_form.copies.say(_("Stopped."), "info", "muted", aloud=True)

    def _on_taken(self, _copy: object) -> None:
        self._backup_form.copies.show_running(False)
        self.refresh()
        copies = self._backup_form.copies
        copies.say(copies.sentence(), "check-circle", "green", aloud=True)

    def _on_refused(self, error: Exception) -> None:
        self._backup_form.copies.show_running(False)
        self.refresh()
        if not isinstance(error, DeskError):
            raise error
        way_out = error.code in _ELSEWHERE
        self._backup_form.copies.say(explain(error), "warning", "red", way_out=way_out, aloud=True)
        if isinstance(error, RuleBroken) and error.code is Rule.PASSPHRASE_MISSING:
            self._has_phrase = False
            self.follow()
            self.form.focus_field("passphrase")

    def _on_copies_restore_requested(self, place: int) -> None:
        if self._state is not None and place < len(self._state.copies):
            self.restoring.open(self._state.copies[place].file)

    def _on_copies_folder_requested(self) -> None:
        self._backup_form.choose_folder()

    def _on_form_folder_chosen(self, folder: Path) -> None:
        self.form.show_field("folder", str(folder))
        self.form.show_error("folder", "")
        self.changed.emit()

    def _on_form_file_chosen(self, file: Path) -> None:
        self.restoring.open(file)


def backup_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for backups."""
    desk = surroundings.desk
    form = BackupForm(desk.data.backups, shared=desk.database.shared)
    return BackupSection(form, surroundings, parent)

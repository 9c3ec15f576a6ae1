"""The copies of the desk, and below them where they go and whether they are locked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.settings.backup_copies import BackupCopies
from laverma_desk.ui.settings.backup_restore_card import RestoreCard
from laverma_desk.ui.settings.backup_server import ServerCommands
from laverma_desk.ui.settings.form import GAP, Form
from laverma_desk.ui.settings.password_field import PasswordField
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.mark import IconMark
from laverma_desk.ui.widgets.text_field import TextField


class BackupForm(Form):
    """The fields `folder`, `sealed`, `passphrase` and `again`; `copies` or `card` stand above them.

    Of a `shared` desk `commands` say what the server's backups are made and brought back with.

    Emits `shown`, `folder_chosen(Path)` and, for a copy that lies elsewhere, `file_chosen(Path)`.
    """

    folder_chosen = Signal(object)
    shown = Signal()
    file_chosen = Signal(object)

    def __init__(self, own_folder: Path, parent: QWidget | None = None, *, shared: bool = False) -> None:
        super().__init__(parent)
        self._folders, self._files = FileChoice(self, self), FileChoice(self, self)
        self._folders.chosen.connect(self.folder_chosen)
        self._files.chosen.connect(self.file_chosen)
        self.copies = BackupCopies(self)
        self.card = RestoreCard(self)
        self.card.hide()
        self.column.addWidget(self.copies)
        self.column.addWidget(self.card)
        self.commands = ServerCommands(self) if shared else None
        if self.commands is not None:
            self.copies.hide_restore()
            self.column.addSpacing(GAP)
            self.column.addWidget(self.commands)
        self.copies.other_requested.connect(self._on_other_requested)
        folder = TextField(self, placeholder=str(own_folder))
        choose = folder.set_action("folder", _("Choose a folder"))
        choose.clicked.connect(self.choose_folder)
        hint = (
            _("Empty: on this computer, in the folder of the desk. Another drive is safer.")
            if shared
            else _("Empty: beside the database. Another drive is safer.")
        )
        self.add_row((self.labeled("folder", _("Folder for the backups"), folder, hint), 1), above=24)
        self.sealed = CheckBox(_("Encrypt backups with a passphrase"), self)
        self.take("sealed", self.sealed)
        self.column.addSpacing(GAP)
        self.column.addWidget(self.sealed)
        self._add_lock()
        self.setFocusProxy(self.copies)

    def _add_lock(self) -> None:
        self._lock = QWidget(self)
        column = QVBoxLayout(self._lock)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        self.passphrase, self.again = PasswordField(self._lock), PasswordField(self._lock)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for name, label, field in (
            ("passphrase", _("Passphrase"), self.passphrase),
            ("again", _("Once more"), self.again),
        ):
            row.addWidget(self.labeled(name, label, field), 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(IconMark("warning", self._lock, tone="amber"), 0, Qt.AlignmentFlag.AlignTop)
        words = _(
            "Whoever loses the passphrase loses the backups: nobody can open them without it. Write it down "
            "and keep it away from this computer. Here it lies in the operating system's keyring alone."
        )
        said.addWidget(Prose(words, self._lock, px=13), 1)
        column.addLayout(said)
        self.column.addWidget(self._lock)
        self.add_error_line("passphrase", "again")
        self.show_lock(on=False, kept=False)

    def show_lock(self, *, on: bool, kept: bool) -> None:
        """Show the fields for the passphrase where copies are locked, with dots where one is kept."""
        self._lock.setVisible(on)
        self.passphrase.show_kept(kept)
        self.again.show_kept(kept)

    def asks_for_passphrase(self) -> bool:
        """Tell whether the fields for the passphrase are shown."""
        return self._lock.isVisibleTo(self)

    def show_restore(self, on: bool) -> None:
        """Show one copy that may be brought back in place of all copies, or all of them again."""
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.card.setVisible(on)
        self.copies.setVisible(not on)
        if had_focus:
            (self.card if on else self.copies).setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the copies be looked up: another one may have been made meanwhile."""
        super().showEvent(event)
        self.shown.emit()

    def choose_folder(self) -> None:
        """Ask for another folder."""
        typed = str(self.value("folder")).strip()
        self._folders.ask_for_folder(_("Choose a folder"), typed or QDir.homePath())

    def _on_other_requested(self) -> None:
        kinds = (_("Backups (*.sqlite3 *.age)"), _("All files (*)"))
        self._files.ask_to_read(_("Choose a backup"), kinds, QDir.homePath())

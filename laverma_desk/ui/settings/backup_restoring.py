"""Opens a copy in its card, and says so when somebody wants exactly that one back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from laverma_desk import text
from laverma_desk.domain.errors import DeskError, OutsideTrouble, Rule, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.backups import state_words
from laverma_desk.services.backups.passphrase import kept_passphrase
from laverma_desk.services.backups.restoring import (
    RestorePreview,
    drop_preview,
    looked_again,
    preview_restore,
    refuse_during_session,
)
from laverma_desk.services.backups.sealed_files import is_sealed
from laverma_desk.services.backups.stored_copies import moment_of
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.settings.backup_form import BackupForm
from laverma_desk.ui.settings.backup_restore_card import Comparison
from laverma_desk.ui.surroundings import Surroundings


class BackupRestoring(QObject):
    """The way of one copy back. Emits `restore_wanted(RestorePreview)`; the window then closes the desk."""

    restore_wanted = Signal(object)

    def __init__(self, form: BackupForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._card = form, form.card
        self._desk = surroundings.desk
        self._file: Path | None = None
        self._typed = False
        self._preview: RestorePreview | None = None
        self._given = False
        self._job = LongJob(surroundings.background, self)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_card_closed)
        self._card.passphrase_entered.connect(self._on_card_passphrase_entered)
        self._card.restore_requested.connect(self._on_card_restore_requested)
        self._card.cancel_requested.connect(self._job.cancel)
        self._card.closed.connect(self._on_card_closed)
        surroundings.background.closing.connect(self._on_background_closing)

    def open(self, file: Path) -> None:
        """Open and check a copy, and show it in place of the list."""
        if self._job.running:
            return
        self._file, self._typed = file, False
        self._form.show_restore(True)
        self._look(None)

    def _look(self, typed: str | None) -> None:
        file, desk = self._file, self._desk
        if file is None:
            return
        self._drop()
        self._given = False
        self._card.show_opening(_title(file))

        def work(progress: Progress, cancelled: Cancelled) -> RestorePreview:
            phrase = typed if typed is not None else _kept(desk, file)
            return preview_restore(desk.data, file, phrase, progress, cancelled)

        self._job.run(work, self._on_looked, self._on_refused)

    def _on_job_progressed(self, advance: Advance) -> None:
        self._card.progress.show_share(advance.done / max(1, advance.total))

    def _on_looked(self, preview: RestorePreview) -> None:
        self._preview = preview
        self._card.passphrase.clear()
        self._card.show_comparison(_comparison(preview))
        self._show_session(preview)

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            self._on_card_closed()
            raise error
        if error.code in (Rule.PASSPHRASE_WANTED, Rule.PASSPHRASE_WRONG):
            # A kept passphrase that does not fit is no fault of who has typed none yet.
            self._card.ask_passphrase(explain(error) if self._typed else "")
        else:
            self._card.show_error(explain(error))

    def _on_card_passphrase_entered(self, typed: str) -> None:
        self._typed = True
        self._look(typed)

    def _on_card_restore_requested(self) -> None:
        before = self._preview
        if before is None or not self._show_session(before):
            return
        self._preview = now = looked_again(self._desk.data, before)
        if now.missing != before.missing:
            # Issued while the card was open, here or by another process: nobody has agreed to lose that.
            self._card.show_comparison(_comparison(now))
            self._card.show_error(
                _("Since you opened this, something was issued. Look once more."), keep=True
            )
            return
        self._given = True
        self.restore_wanted.emit(now)

    def _show_session(self, _preview: RestorePreview) -> bool:
        """Say that a session is in the way; return whether none is."""
        try:
            refuse_during_session(self._desk.data)
        except RuleBroken as error:
            self._card.show_error(explain(error), keep=True)
            return False
        self._card.show_error("", keep=True)
        return True

    def _on_card_closed(self) -> None:
        self._drop()
        self._file = None
        self._card.forget()
        self._form.show_restore(False)

    def _on_background_closing(self) -> None:
        if not self._given:
            self._drop()

    def _drop(self) -> None:
        if self._preview is not None:
            drop_preview(self._preview)
            self._preview = None


def _kept(desk: Desk, file: Path) -> str | None:
    try:
        return kept_passphrase(desk.data, desk.secrets) if is_sealed(file) else None
    except OutsideTrouble:
        return None  # Whatever it is, a keyring or the file: opening the copy will tell.


def _title(file: Path) -> str:
    try:
        return _("Backup of %(time)s") % {"time": text.date_time(moment_of(file))}
    except OSError:
        return file.name


def _comparison(preview: RestorePreview) -> Comparison:
    copy, today = preview.copy, preview.today
    rows = [
        (_("Customers"), text.number(copy.customers), text.number(today.customers) if today else "–"),
        (_("Sessions"), text.number(copy.sessions), text.number(today.sessions) if today else "–"),
        (_("Documents"), text.number(copy.documents), text.number(today.documents) if today else "–"),
        (
            _("Newest session"),
            state_words.newest_session(copy),
            state_words.newest_session(today) if today else "–",
        ),
    ]
    sentences = [
        _("Opened and checked: the backup is undamaged."),
        _("What came after %(time)s is then no longer in the desk. Today's state stays beside the backups.")
        % {"time": text.date_time(preview.taken_at)},
    ]
    missing = state_words.missing_words(preview.missing)
    if missing:
        sentences.append(missing)
    if preview.older:
        sentences.append(_("The backup is from an older version; it is brought up to date."))
    return Comparison(tuple(rows), tuple(sentences))

"""The copies that there are, the last one first, and what can be done: one more, or one back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.settings.entry_list import Entry, EntryList
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import IconMark
from laverma_desk.ui.widgets.progress_line import ProgressLine

_ROWS = 5


class BackupCopies(QWidget):
    """Emits `copy_requested`, `restore_requested(place)`, `other_requested`, and `folder_requested`.

    The last is the way out where the folder is gone or full.
    """

    copy_requested = Signal()
    restore_requested = Signal(int)
    other_requested = Signal()
    folder_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocked: str | None = None
        self.copy = Button(_("Back up now"), icon="database", parent=self)
        self._mark = IconMark("info", self, size=20)
        self._said = Prose("", self, weight=500)
        self.way_out = Link(_("Choose another folder"), self, px=13)
        self.progress = ProgressLine(self)
        self.list = EntryList(_("Backups"), _ROWS, self)
        self._none = Label(_("Backups appear here, the newest first."), self, tone="muted")
        self.restore = Button(_("Restore …"), icon="undo", small=True, parent=self)
        self.other = Button(_("Restore another file …"), icon="folder", small=True, parent=self)
        self._arrange()
        self.setFocusProxy(self.copy)
        self.copy.clicked.connect(self.copy_requested)
        self.way_out.clicked.connect(self.folder_requested)
        self.restore.clicked.connect(self._on_restore_asked)
        self.list.entered.connect(self._on_restore_asked)
        self.other.clicked.connect(self.other_requested)
        self.show_copies([])
        self.say("", "info", "muted")

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addSpacing(10)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._said, 1)
        words.addLayout(line)
        below = QHBoxLayout()
        below.setContentsMargins(28, 0, 0, 0)
        below.addWidget(self.way_out)
        below.addStretch(1)
        words.addLayout(below)
        words.addStretch(1)
        row.addLayout(words, 1)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addSpacing(8)
        column.addWidget(self.list)
        column.addWidget(self._none)
        column.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.restore)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        column.addLayout(buttons)

    def show_copies(self, entries: Sequence[Entry]) -> None:
        """Show the copies; the same place stays chosen."""
        place = min(max(self.list.currentRow(), 0), len(entries) - 1)
        self.list.show_entries(entries, place)
        self.list.setVisible(bool(entries))
        self._none.setVisible(not entries)
        self.restore.set_blocked(self._blocked or (None if entries else _("There is no backup yet.")))

    def block_restore(self, reason: str) -> None:
        """Offer no restore, and say why."""
        self._blocked = reason
        self.restore.set_blocked(reason)
        self.other.set_blocked(reason)

    def hide_restore(self) -> None:
        """Offer no restore at all, where it is none of the window's business."""
        self.restore.hide()
        self.other.hide()

    def say(self, sentence: str, icon: str, tone: str, *, way_out: bool = False, aloud: bool = False) -> None:
        """Say how it stands; `way_out` offers another folder."""
        self._said.setText(sentence)
        self._said.set_tone("text" if tone == "muted" else tone)
        self._said.updateGeometry()
        self._mark.show_icon(icon, tone)
        self._mark.setVisible(bool(sentence))
        self.way_out.setVisible(way_out)
        if sentence and aloud:
            announce(self, sentence)

    def sentence(self) -> str:
        """Return what is said."""
        return self._said.text()

    def show_running(self, on: bool) -> None:
        """Show that a copy is being made, and how to call it off."""
        if on:
            self.copy.set_busy(_("Copying …"))
            self.progress.begin(_("The desk is being copied and checked …"))
        else:
            self.copy.set_busy(None)
            self.progress.end()

    def _on_restore_asked(self) -> None:
        if self.list.currentRow() >= 0 and not self.restore.is_blocked() and not self.restore.isHidden():
            self.restore_requested.emit(self.list.currentRow())

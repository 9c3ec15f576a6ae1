"""One copy beside today's desk: what it holds, what would be lost, and the button that brings it back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.password_field import PasswordField
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.mark import IconMark
from laverma_desk.ui.widgets.progress_line import ProgressLine


@dataclass(frozen=True)
class Comparison:
    """What the card shows: rows of label, copy and today, and sentences below them."""

    rows: tuple[tuple[str, str, str], ...]
    sentences: tuple[str, ...]


class _Note(QWidget):
    """A sentence behind its mark."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(8)
        self._mark = IconMark("info", self, size=20)
        self._words = Prose("", self)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def say(self, sentence: str, icon: str, tone: str) -> None:
        self._mark.show_icon(icon, tone)
        self._words.set_tone("red" if tone == "red" else "text")
        self._words.setText(sentence)
        self._words.updateGeometry()
        self.setVisible(bool(sentence))

    def words(self) -> str:
        return "" if self.isHidden() else self._words.text()


class RestoreCard(Card):
    """Emits `passphrase_entered(str)`, `restore_requested`, `cancel_requested` (the checking), `closed`."""

    passphrase_entered = Signal(str)
    restore_requested = Signal()
    cancel_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16)
        self._title = Label("", self, px=16, weight=600)
        self.progress = ProgressLine(self)
        self._sound, self._loss, self._error = _Note(self), _Note(self), _Note(self)
        self.passphrase = PasswordField(self)
        self._phrase = LabeledField(_("Passphrase of this backup"), self.passphrase, parent=self)
        self.unlock = Button(_("Open"), icon="lock", parent=self)
        self.restore = Button(_("Restore and start anew"), icon="undo", parent=self)
        self.close_ = Button(_("Do not restore"), "ghost", parent=self)
        self._cells: list[Label] = []
        self._table = QWidget(self)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 12, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._arrange()
        self.passphrase.returnPressed.connect(self._on_unlock_clicked)
        self.unlock.clicked.connect(self._on_unlock_clicked)
        self.restore.clicked.connect(self.restore_requested)
        self.close_.clicked.connect(self.closed)
        self.progress.cancelled.connect(self.cancel_requested)
        self.setFocusProxy(self.close_)

    def _arrange(self) -> None:
        self.body.addWidget(self._title)
        self.body.addWidget(self.progress)
        self.body.addWidget(self._table)
        for note in (self._sound, self._loss):
            self.body.addWidget(note)
        self._lock = QWidget(self)
        lock = QHBoxLayout(self._lock)
        lock.setContentsMargins(0, 12, 0, 0)
        lock.setSpacing(16)
        lock.addWidget(self._phrase, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._lock)
        self.body.addWidget(self._error)
        self.body.addSpacing(16)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.unlock, self.restore, self.close_):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)

    def show_opening(self, title: str) -> None:
        """Show that a copy is being opened and checked."""
        self._title.setText(title)
        self._show(progress=True)
        self.progress.begin(_("The backup is being opened and checked …"))

    def ask_passphrase(self, error: str = "") -> None:
        """Ask for the passphrase of the copy, and say what was wrong with the one before."""
        self._show(lock=True)
        self._phrase.set_error(error)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passphrase.selectAll()

    def show_comparison(self, shown: Comparison) -> None:
        """Show what the copy holds beside today's desk, and offer to bring it back."""
        self._fill(shown.rows)
        sound, *others = shown.sentences
        self._show(table=True)
        self._sound.say(sound, "check-circle", "green")
        self._loss.say("\n".join(others), "warning", "amber")
        # Not on the button that restores: whoever presses Enter once too often shall lose nothing.
        self.close_.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str, *, keep: bool = False) -> None:
        """Say why nothing can be brought back; `keep` leaves what is shown, for what can be mended."""
        if not keep:
            self._show()
        self._error.say(sentence, "warning", "red")
        if not keep:
            self.close_.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Empty the card: a passphrase stays nowhere."""
        self.passphrase.clear()
        self.passphrase.hide_letters()
        self._fill(())
        self._show()

    def title(self) -> str:
        """Return what stands above."""
        return self._title.text()

    def warning(self) -> str:
        """Return what is said to be lost."""
        return self._loss.words()

    def error(self) -> str:
        """Return what is said to be wrong, at the passphrase or with the copy."""
        return self._error.words() or self._phrase.error()

    def rows(self) -> list[str]:
        """Return the words of the table, row by row."""
        return [cell.text() for cell in self._cells]

    def _show(self, *, progress: bool = False, table: bool = False, lock: bool = False) -> None:
        if not progress:
            self.progress.end()
        for note in (self._sound, self._loss, self._error):
            note.say("", "info", "muted")
        self._phrase.set_error("")
        self._table.setVisible(table)
        self.restore.setVisible(table)
        self._lock.setVisible(lock)
        self.unlock.setVisible(lock)
        self.close_.setVisible(not progress)

    def _fill(self, rows: tuple[tuple[str, str, str], ...]) -> None:
        for cell in self._cells:
            cell.deleteLater()
        self._cells = []
        for line, words in enumerate((("", _("In the backup"), _("Today")), *rows) if rows else ()):
            for column, word in enumerate(words):
                tone = "muted" if column == 0 or line == 0 else "text"
                cell = Label(word, self._table, px=13, weight=500 if line == 0 else 400, tone=tone)
                self._grid.addWidget(cell, line, column)
                cell.show()
                self._cells.append(cell)

    def _on_unlock_clicked(self) -> None:
        if self.unlock.isVisibleTo(self) and self.passphrase.text():
            self.passphrase_entered.emit(self.passphrase.text())

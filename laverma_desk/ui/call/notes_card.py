"""The card of the notes, as they will stand in the report."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from laverma_desk.domain.company import Snippet
from laverma_desk.domain.patient_hint import PatientHint
from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.call.internal_note import InternalNote
from laverma_desk.ui.call.save_state import SaveState
from laverma_desk.ui.call.snippet_row import SnippetRow
from laverma_desk.ui.patient_line import PatientLine
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.notes_editor import NotesEditor

_CHIP = 32
_LINE = 20


class NotesCard(Card):
    """Notes, snippets and the internal note. Its parts `save_state`, `snippets`, `internal` tell their own.

    Emits `edited` when a person changed either text, `left` when either lost the focus, `grown` when the
    line about patients' data has come or gone.
    """

    edited = Signal()
    left = Signal()
    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snippets: tuple[Snippet, ...] = ()
        self._head = QWidget(self)
        title = Label(_("Notes"), self._head, weight=600)
        self._hint = Label(_("go into the report as they are"), self._head, px=13, tone="muted")
        self._error = HintLine(self._head)
        self._error.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.save_state = SaveState(self._head)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self._hint)
        row.addWidget(self._error, 1)
        row.addStretch(0)
        row.addWidget(self.save_state)
        self._head.setFixedHeight(40)
        self._editor = NotesEditor(self, placeholder=_("What was done? One line for each piece of work."))
        self._editor.setAccessibleName(_("Notes"))
        self._editor.edited.connect(self._on_editor_edited)
        self._editor.left.connect(self.left)
        self._patient = PatientLine(self)
        self._patient.setFixedHeight(_LINE)
        self.snippets = SnippetRow(self)
        self.snippets.snippet_chosen.connect(self.insert_snippet)
        self.snippets.list_closed.connect(self.focus_notes)
        self.internal = InternalNote(self)
        self.internal.edited.connect(self.edited)
        self.internal.left.connect(self.left)
        self._foot = QWidget(self)
        self._arrange()
        self.show_error("")
        self.set_room(tight=False, chips=True)

    def _arrange(self) -> None:
        middle = QHBoxLayout()
        middle.setContentsMargins(16, 0, 16, 0)
        middle.addWidget(self._editor)
        hint = QHBoxLayout()
        hint.setContentsMargins(24, 0, 24, 0)
        hint.addWidget(self._patient)
        foot = QHBoxLayout(self._foot)
        foot.addWidget(self.snippets)
        below = QHBoxLayout()
        below.addWidget(self.internal)
        self.body.addWidget(self._head)
        self.body.addLayout(middle, 1)
        self.body.addLayout(hint)
        self.body.addWidget(self._foot)
        self.body.addLayout(below)
        self._foot_row, self._below = foot, below

    def set_room(self, *, tight: bool, chips: bool) -> None:
        """Take less height where the window is low; without `chips` the keys still insert them."""
        self._foot_row.setContentsMargins(16, 5 if tight else 12, 16, 0)
        self._foot.setVisible(chips)
        self._below.setContentsMargins(16, 2 if tight else 6, 16, 4 if tight else 8)
        self.internal.set_lines(1 if tight else 2)

    def needed_height(self) -> int:
        """Return the height at which the notes still have five lines."""
        foot, below = self._foot_row.contentsMargins(), self._below.contentsMargins()
        chips = 0 if self._foot.isHidden() else foot.top() + _CHIP
        internal = below.top() + self.internal.needed_height() + below.bottom()
        hint = 0 if self._patient.isHidden() else _LINE
        return 2 + self._head.minimumHeight() + self._editor.minimumHeight() + hint + chips + internal

    def show_texts(self, notes: str, internal_note: str) -> None:
        """Show both texts without a signal; what stands there already keeps caret and undo."""
        if notes != self._editor.text():
            self._editor.set_text(notes)
        self.internal.set_text(internal_note)

    def follow_texts(self, notes: str, internal_note: str) -> None:
        """Show what both texts have become elsewhere; the caret stays where it is, as far as it can."""
        caret = self._editor.textCursor().position()
        self.show_texts(notes, internal_note)
        self._editor.set_caret(caret)

    def add_texts(self, notes: str, internal_note: str) -> None:
        """Write what came from elsewhere below what is being typed; empty texts add nothing."""
        if notes:
            caret = self._editor.textCursor().position()
            self._editor.append_line(notes)
            self._editor.set_caret(caret)
        if internal_note:
            above = self.internal.text().rstrip("\n")
            self.internal.set_text(f"{above}\n{internal_note}".lstrip("\n"))

    def texts(self) -> tuple[str, str]:
        """Return the notes and the internal note."""
        return self._editor.text(), self.internal.text()

    def show_snippets(self, snippets: tuple[Snippet, ...]) -> None:
        """Offer these phrases."""
        self._snippets = snippets
        self.snippets.show_snippets(snippets)

    def insert_snippet(self, number: int) -> None:
        """Write the phrase with a number (from 1) on a line of its own; the focus stays in the notes."""
        if 0 < number <= len(self._snippets):
            phrase = self._snippets[number - 1]
            self._editor.insert_line(phrase.text)
            self._editor.setFocus()
            announce(self._editor, phrase.label)
        else:
            announce(self._editor, _("No snippet has this key."))

    def show_patient_hints(self, hints: Sequence[PatientHint]) -> None:
        """Name quietly, below the notes, what looks like data of a patient."""
        if self._patient.show_hints(hints):
            self.grown.emit()

    def patient_words(self) -> str:
        """Return what is said about patients' data."""
        return self._patient.words()

    def focus_notes(self) -> None:
        """Put the caret back into the notes."""
        self._editor.setFocus()

    def editor(self) -> NotesEditor:
        """Return the editor of the notes."""
        return self._editor

    def show_error(self, sentence: str) -> None:
        """Say in red what is missing; empty: the quiet hint."""
        self._error.show_words("", sentence)
        self._error.setVisible(bool(sentence))
        self._hint.setVisible(not sentence)
        self._editor.set_invalid(bool(sentence))
        self._editor.setAccessibleDescription(sentence)

    def error(self) -> str:
        """Return the error shown."""
        return self._error.error

    def _on_editor_edited(self) -> None:
        if self._error.error:
            self.show_error("")
        self.edited.emit()

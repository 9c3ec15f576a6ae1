"""What a report still lacks, and the fields to mend it on the spot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.text_area import TextArea

SAVE_AFTER = 2000
"""Milliseconds after the last letter until the notes are saved."""


class Needs(QWidget):
    """Rows that come when they are needed: a sentence with a link, the notes, the reason of a free session.

    Emits `notes_edited(str)` two seconds after typing and when the field is left, `reason_chosen(int)`,
    and `link_activated`.
    """

    notes_edited = Signal(str)
    reason_chosen = Signal(int)
    link_activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = Label("", self, px=13, weight=500, wrap=True)
        self._link = Link("", self, px=13)
        self._said = QWidget(self)
        said = QHBoxLayout(self._said)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(8)
        said.addWidget(self._sentence, 1)
        said.addWidget(self._link)
        self.notes = TextArea(self, placeholder=_("What was done? One line per piece of work."))
        self.notes.setFixedHeight(88)
        self.notes_field = LabeledField(_("Notes"), self.notes, parent=self, reserve=True)
        self.reason = ComboBox(self, placeholder=_("Choose a reason"))
        self.reason_field = LabeledField(
            _("Free of charge because of"), self.reason, parent=self, reserve=True
        )
        self._unsaved = QTimer(self)
        self._unsaved.setSingleShot(True)
        self._unsaved.setInterval(SAVE_AFTER)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row in (self._said, self.notes_field, self.reason_field):
            column.addWidget(row)
        self._link.clicked.connect(self._on_link_clicked)
        self.notes.edited.connect(self._unsaved.start)
        self.notes.left.connect(self.flush)
        self._unsaved.timeout.connect(self._on_unsaved_timeout)
        self.reason.activated.connect(self._on_reason_activated)
        self.show_sentence("")
        self.hide_notes()
        self.show_reasons(None)

    def show_sentence(self, sentence: str, *, link: str = "", tone: str = "red") -> None:
        """Say what keeps the report here, with a link behind it; an empty sentence takes the row away.

        It is said aloud too: once, or a red one, which answers a key, each time.
        """
        news = sentence if tone == "red" or sentence != self._sentence.text() else ""
        self._sentence.setText(sentence)
        self._sentence.set_tone(tone)
        self._link.set_words(link)
        self._link.setVisible(bool(link))
        self._said.setVisible(bool(sentence))
        self._settle()
        if self.isVisible():
            announce(self, news, urgent=tone == "red")

    def sentence(self) -> str:
        """Return the sentence that is shown."""
        return self._sentence.text()

    def focus_link(self) -> None:
        """Put the focus onto the link of the sentence, if there is one."""
        if not self._link.isHidden():
            self._link.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_notes(self, notes: str) -> None:
        """Offer the notes to be written here."""
        self.notes.set_text(notes)
        self.notes.moveCursor(QTextCursor.MoveOperation.End)
        self.notes_field.show()
        self._settle()

    def hide_notes(self) -> None:
        """Take the notes away; what was typed must have been saved."""
        self._unsaved.stop()
        self.notes_field.hide()
        self._settle()

    def shows_notes(self) -> bool:
        """Return whether the notes can be written here."""
        return not self.notes_field.isHidden()

    def show_reasons(self, reasons: Sequence[tuple[int, str]] | None, chosen: int | None = None) -> None:
        """Offer the reasons of a free session; None takes the row away."""
        self.reason.clear()
        for number, name in reasons or ():
            self.reason.addItem(name, number)
        self.reason.choose(chosen)
        self.reason_field.setVisible(reasons is not None)
        self._settle()

    def shows_reasons(self) -> bool:
        """Return whether a reason can be chosen here."""
        return not self.reason_field.isHidden()

    def flush(self) -> None:
        """Hand over now what waits for its two seconds."""
        if self._unsaved.isActive():
            self._unsaved.stop()
            self.notes_edited.emit(self.notes.text())

    def _settle(self) -> None:
        self.setVisible(not all(one.isHidden() for one in (self._said, self.notes_field, self.reason_field)))

    def _on_unsaved_timeout(self) -> None:
        self.notes_edited.emit(self.notes.text())

    def _on_reason_activated(self, row: int) -> None:
        self.reason_chosen.emit(int(self.reason.itemData(row)))

    def _on_link_clicked(self) -> None:
        self.link_activated.emit()

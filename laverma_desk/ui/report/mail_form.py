"""The mail of a report: to whom, about what, in which words, with what attached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts
from laverma_desk.ui.report.attachment_button import AttachmentButton
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField

_LABELS = 72
_FEWEST_LINES = 4


class MailForm(QWidget):
    """The fields with their labels at the left; an error stands below its field.

    Emits `recipient_edited(str)`, `subject_edited(str)`, `body_edited(str)` for what a person typed,
    `recipient_left` when the address was left, `attachment_opened`, and `notes_wanted`.
    """

    recipient_edited = Signal(str)
    recipient_left = Signal()
    subject_edited = Signal(str)
    body_edited = Signal(str)
    attachment_opened = Signal()
    notes_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recipient = ComboBox(self, editable=True, name=_("To"))
        self.subject = TextField(self)
        self.subject.setAccessibleName(_("Subject"))
        self.body = TextArea(self)
        self.body.setAccessibleName(_("Text"))
        self.body.setMinimumHeight(_FEWEST_LINES * 20 + 26)
        self.attachment = AttachmentButton(self)
        self._notes = Button(
            _("Edit notes"), "icon", "pencil", shortcut_text="Alt+N", small=True, parent=self
        )
        self._recipient_error = HintLine(self)
        self._subject_error = HintLine(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        names = {0: _("To"), 3: _("Subject"), 6: _("Text"), 9: _("Attachment")}
        widest = max(fonts.width(name, 13, 500) for name in names.values())
        grid.setColumnMinimumWidth(0, max(_LABELS, round(widest) + 12))
        for row, name in names.items():
            label = Label(name, self, px=13, weight=500, line=40)
            grid.addWidget(label, row, 0, top)
        grid.addWidget(self._notes, 7, 0, top)
        grid.addWidget(self.recipient, 0, 1)
        grid.addWidget(self._recipient_error, 1, 1)
        grid.addWidget(self.subject, 3, 1)
        grid.addWidget(self._subject_error, 4, 1)
        grid.addWidget(self.body, 6, 1, 2, 1)
        grid.addWidget(self.attachment, 9, 1, Qt.AlignmentFlag.AlignLeft)
        for row in (2, 5, 8):
            grid.setRowMinimumHeight(row, 8)
        grid.setRowStretch(7, 1)
        self.show_recipient_error("")
        self.show_subject_error("")
        self._connect()

    def _connect(self) -> None:
        edit = self.recipient.lineEdit()
        if edit is not None:
            # What is typed is sent as it is seen: no completion changes it on the way.
            self.recipient.setCompleter(None)  # type: ignore[arg-type]
            edit.textEdited.connect(self._on_recipient_edited)
        self.recipient.textActivated.connect(self._on_recipient_edited)
        self.recipient.left.connect(self.recipient_left)
        self.subject.textEdited.connect(self._on_subject_edited)
        self.body.edited.connect(self._on_body_edited)
        self.attachment.clicked.connect(self._on_attachment_clicked)
        self._notes.clicked.connect(self._on_notes_clicked)

    def show_recipients(self, addresses: Sequence[str], chosen: str) -> None:
        """Offer these addresses and show the chosen one, without a signal."""
        blocked = QSignalBlocker(self.recipient)
        self.recipient.clear()
        self.recipient.addItems(list(addresses))
        self.recipient.setEditText(chosen)
        blocked.unblock()

    def show_subject(self, subject: str) -> None:
        """Show a subject without a signal."""
        if self.subject.text() != subject:
            self.subject.setText(subject)
            self.subject.setCursorPosition(0)

    def show_body(self, body: str) -> None:
        """Show a text without a signal; the caret is left alone if nothing changes."""
        if self.body.text() != body:
            self.body.set_text(body)

    def show_recipient_error(self, sentence: str) -> None:
        """Show what is wrong with the address, or nothing."""
        self.recipient.set_invalid(bool(sentence))
        self._show_error(self._recipient_error, self.recipient, sentence)

    def show_subject_error(self, sentence: str) -> None:
        """Show what is wrong with the subject, or nothing."""
        self.subject.set_invalid(bool(sentence))
        self._show_error(self._subject_error, self.subject, sentence)

    def recipient_error(self) -> str:
        """Return the error that stands below the address."""
        return self._recipient_error.error

    def subject_error(self) -> str:
        """Return the error that stands below the subject."""
        return self._subject_error.error

    def _show_error(self, line: HintLine, field: QWidget, sentence: str) -> None:
        line.show_words("", sentence)
        line.setVisible(bool(sentence))
        field.setAccessibleDescription(sentence)

    def _on_recipient_edited(self, typed: str) -> None:
        self.show_recipient_error("")
        self.recipient_edited.emit(typed)

    def _on_subject_edited(self, typed: str) -> None:
        self.show_subject_error("")
        self.subject_edited.emit(typed)

    def _on_body_edited(self) -> None:
        self.body_edited.emit(self.body.text())

    def _on_attachment_clicked(self) -> None:
        self.attachment_opened.emit()

    def _on_notes_clicked(self) -> None:
        self.notes_wanted.emit()

"""The mail of an invoice as it is seen: to whom, about what, in which words, with what attached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.invoices.form.frame import FormFrame
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.mark import IconMark
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField

_TEXT_HEIGHT = 280


class SendPanel(FormFrame):
    """The fields; what is wrong stands below its field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Send"), parent, icon="send")
        card = Card(self, padding=16)
        self.recipient = ComboBox(card, editable=True, name=_("To"))
        edit = self.recipient.lineEdit()
        if edit is not None:
            # What is typed is sent as it is seen: no completion changes it on the way.
            self.recipient.setCompleter(None)  # type: ignore[arg-type]
        self.subject = TextField(card)
        self.text = TextArea(card)
        self.text.setMinimumHeight(_TEXT_HEIGHT)
        self._labeled = {
            "recipient": LabeledField(_("To"), self.recipient, parent=card),
            "subject": LabeledField(_("Subject"), self.subject, parent=card),
            "body": LabeledField(_("Text"), self.text, parent=card),
        }
        for place, one in enumerate(self._labeled.values()):
            if place:
                card.body.addSpacing(16)
            card.body.addWidget(one)
        card.body.addSpacing(16)
        card.body.addWidget(Label(_("Attachments"), card, px=13, weight=500, line=16))
        card.body.addSpacing(4)
        self._files = QVBoxLayout()
        self._files.setSpacing(0)
        card.body.addLayout(self._files)
        self._names: tuple[str, ...] = ()
        self._lines: list[QWidget] = []
        self._card = card
        self.body.addWidget(card)
        self.body.addStretch(1)

    def show_mail(self, recipients: Sequence[str], recipient: str, subject: str, body: str) -> None:
        """Show a mail, with nothing wrong."""
        blocked = QSignalBlocker(self.recipient)
        self.recipient.clear()
        self.recipient.addItems(list(recipients))
        self.recipient.setEditText(recipient)
        blocked.unblock()
        self.subject.setText(subject)
        self.subject.setCursorPosition(0)
        self.text.set_text(body)
        self.clear_errors()

    def show_attachments(self, names: Sequence[str]) -> None:
        """Show which files go along."""
        for line in self._lines:
            self._files.removeWidget(line)
            line.deleteLater()
        self._names, self._lines = tuple(names), []
        for name in names:
            line = QWidget(self._card)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 2, 0, 2)
            row.setSpacing(8)
            row.addWidget(IconMark("attachment", line))
            row.addWidget(Label(name, line, px=13), 1)
            self._files.addWidget(line)
            self._lines.append(line)

    def attachments(self) -> tuple[str, ...]:
        """Return the names that are shown."""
        return self._names

    def words(self) -> tuple[str, str, str]:
        """Return address, subject and text as they are typed."""
        return self.recipient.currentText().strip(), self.subject.text().strip(), self.text.text()

    def show_error(self, name: str, sentence: str) -> bool:
        """Show what is wrong at a field and go there; return whether there is such a field."""
        if name not in self._labeled:
            return False
        self._labeled[name].set_error(sentence)
        self.bring_into_view(self._labeled[name].field)
        return True

    def error(self, name: str) -> str:
        """Return what is shown to be wrong at a field."""
        return self._labeled[name].error()

    def clear_errors(self) -> None:
        """Take all errors away."""
        for one in self._labeled.values():
            one.clear_error()
        self.tell("")

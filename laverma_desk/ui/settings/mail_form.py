"""The account that reports leave by: sender, server, login, and how the outbox behaves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.domain.mail_account import Security
from laverma_desk.i18n import _
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.password_field import PasswordField
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.settings.trial_row import TrialRow
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.mark import IconMark
from laverma_desk.ui.widgets.text_field import TextField


class MailForm(Form):
    """The fields of `MailAccount` by their names, and `password`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._add_sender()
        self._add_server()
        self.add_heading(_("Sending"), above=16)
        for place, (name, words) in enumerate(
            (
                ("copy_to_self", _("Copy of every report to the own address (BCC)")),
                ("collect_offline", _("Without a network, collect in the outbox and send later by itself")),
                ("always_preview", _("Show the preview before every sending")),
            )
        ):
            box = CheckBox(words, self)
            self.take(name, box)
            self.column.addSpacing(8 if place else 4)
            self.column.addWidget(box)

    def _add_sender(self) -> None:
        self.add_heading(_("Sender"), above=0)
        self.add_row(
            (self.labeled("sender_name", _("Name"), TextField(self)), 320),
            (self.labeled("sender", _("Address"), TextField(self)), 320),
            above=8,
        )
        self._note = QWidget(self)
        row = QHBoxLayout(self._note)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        mark = IconMark("info", self._note, tone="amber")
        self._note_words = Prose("", self._note, px=13)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._note_words, 1)
        self.column.addWidget(self._note)
        self.show_provider_note("")

    def _add_server(self) -> None:
        self._security = ComboBox(self)
        self._security.addItem("STARTTLS", Security.STARTTLS)
        self._security.addItem("TLS", Security.TLS)
        self._security.addItem(_("none (this machine only)"), Security.NONE)
        self.add_heading(_("Outgoing mail server (SMTP)"))
        self.add_row(
            (self.labeled("host", _("Server"), TextField(self)), 320),
            (self.labeled("port", _("Port"), TextField(self)), 96),
            (self.labeled("security", _("Encryption"), self._security), 208),
            above=8,
        )
        self.password = PasswordField(self)
        self.add_row(
            (self.labeled("user", _("User name"), TextField(self)), 320),
            (self.labeled("password", _("Password"), self.password), 320),
        )
        self._where = Prose("", self, px=13, tone="muted", line=24)
        self.column.addSpacing(8)
        self.column.addWidget(self._where)
        self.test = TrialRow(self)
        self.column.addSpacing(8)
        self.column.addWidget(self.test)

    def show_password_state(self, *, kept: bool, persistent: bool) -> None:
        """Show whether a password is kept, and for how long passwords are."""
        self.password.show_kept(kept)
        self._where.setText(
            _("The password lies in your operating system's keyring, not in the database.")
            if persistent
            else _("This system has no keyring. The password lasts until the program ends.")
        )

    def show_provider_note(self, sentence: str) -> None:
        """Show what else the provider of the sender's address asks for, or nothing."""
        self._note_words.setText(sentence)
        self._note.setVisible(bool(sentence))

    def provider_note(self) -> str:
        """Return what is shown about the provider."""
        return self._note_words.text()

    def password_sentence(self) -> str:
        """Return where passwords lie."""
        return self._where.text()

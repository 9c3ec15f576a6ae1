"""The page before a server's desk: which one it is, its password, or what keeps it from opening."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.settings.password_field import PasswordField
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.mark import IconMark

_WIDTH = 560


class LoginPanel(QWidget):
    """Emits `password_entered(str)`, `again_requested` and, where `may_leave`, `alone_requested`."""

    password_entered = Signal(str)
    again_requested = Signal()
    alone_requested = Signal()

    def __init__(
        self, address: ServerAddress, *, may_leave: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Shared desk"))
        self._card = Card(self, padding=32)
        self._card.setFixedWidth(_WIDTH)
        self._title = Label(_("Shared desk"), self._card, px=20, weight=600, line=32)
        self._where = Prose(
            _("%(role)s at %(server)s") % {"role": address.user, "server": address.shown},
            self._card,
            tone="muted",
        )
        self._mark = IconMark("warning", self._card, size=20, tone="red")
        self._said = Prose("", self._card)
        self.password = PasswordField(self._card)
        self._field = LabeledField(_("Password"), self.password, reserve=False, parent=self._card)
        self._note = Prose("", self._card, px=13, tone="muted")
        self.log_in = Button(_("Log in"), "primary", icon="lock", parent=self._card)
        self.again = Button(_("Try again"), "primary", icon="reload", parent=self._card)
        self.alone = Button(_("Work alone again"), "ghost", parent=self._card)
        self._apart = Prose(
            _("Alone, the window opens the desk of this machine. What lies on the server stays there."),
            self._card,
            px=13,
            tone="muted",
        )
        self._address, self._may_leave = address, may_leave
        self._arrange()
        self.password.returnPressed.connect(self._on_log_in_clicked)
        self.log_in.clicked.connect(self._on_log_in_clicked)
        self.again.clicked.connect(self._on_again_clicked)
        self.alone.clicked.connect(self.alone_requested)

    def _arrange(self) -> None:
        body = self._card.body
        body.addWidget(self._title)
        body.addWidget(self._where)
        self._trouble = QWidget(self._card)
        line = QHBoxLayout(self._trouble)
        line.setContentsMargins(0, 16, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._said, 1)
        body.addWidget(self._trouble)
        self._form = QWidget(self._card)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 20, 0, 0)
        form.setSpacing(4)
        form.addWidget(self._field)
        form.addWidget(self._note)
        body.addWidget(self._form)
        body.addSpacing(24)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.log_in, self.again, self.alone):
            buttons.addWidget(button)
        buttons.addStretch(1)
        body.addLayout(buttons)
        body.addSpacing(8)
        body.addWidget(self._apart)
        around = QVBoxLayout(self)
        around.addStretch(2)
        # Beside stretches, not aligned: an aligned card is as high as its sentences are before they wrap.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._card)
        across.addStretch(1)
        around.addLayout(across)
        around.addStretch(3)

    def ask_password(self, error: str = "", *, keeps: bool = True) -> None:
        """Ask for the password, and say what was wrong with the one before; `keeps`: there is a keyring."""
        self._note.setText(
            _("It is kept in the keyring of this machine, never in a file.")
            if keeps
            else _("This system has no keyring. The password lasts until the program ends.")
        )
        self._say(error)
        self._show(form=True)
        self.password.clear()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_waiting(self) -> None:
        """Say that the server is away, and that the window waits for it; who looks on is told once."""
        sentence = _("The server %(server)s does not answer. The window waits and tries again by itself.")
        said = sentence % {"server": self._address.shown}
        if self.sentence() == said:
            self.again.set_busy(None)
            return
        self.show_failure(said, mark="offline", tone="amber")

    def show_failure(self, sentence: str, *, mark: str = "warning", tone: str = "red") -> None:
        """Say what keeps the desk from opening; it can be tried again."""
        self._say(sentence, mark, tone)
        self._show(form=False)
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def sentence(self) -> str:
        """Return what is said to be wrong, "" where nothing is."""
        return "" if self._trouble.isHidden() else self._said.text()

    def _say(self, sentence: str, mark: str = "warning", tone: str = "red") -> None:
        self._mark.show_icon(mark, tone)
        self._said.setText(sentence)
        self._said.updateGeometry()
        self._trouble.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, urgent=True)

    def _show(self, *, form: bool) -> None:
        for button in (self.log_in, self.again):
            button.set_busy(None)
        self._form.setVisible(form)
        self.log_in.setVisible(form)
        self.again.setVisible(not form)
        self.alone.setVisible(self._may_leave)
        self._apart.setVisible(self._may_leave)

    def _on_log_in_clicked(self) -> None:
        typed = self.password.text()
        if not typed or self.log_in.is_blocked():
            return
        self.password.hide_letters()
        self.log_in.set_busy(_("Connecting …"))
        self.password_entered.emit(typed)

    def _on_again_clicked(self) -> None:
        if not self.again.is_blocked():
            self.again.set_busy(_("Connecting …"))
            self.again_requested.emit()

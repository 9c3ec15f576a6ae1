"""The way of the house's template to the customer: the address that is seen, one click, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.error_line import ErrorLine
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link


class TemplateLine(QWidget):
    """Address and button, below them what became of the mail.

    Without a template of the house it says so and asks for one. Emits `send_requested(str)` with the
    address as typed, `take_back_requested` and `template_wanted`.
    """

    send_requested = Signal(str)
    take_back_requested = Signal()
    template_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Label(_("Send DPA template to"), self, px=13, weight=500, line=16)
        self.recipient = ComboBox(
            self, editable=True, placeholder=_("Address"), name=_("Send DPA template to")
        )
        self.send = Button(_("Send"), "tonal", "send", small=True, parent=self)
        self.send.setAccessibleName(_("Send DPA template"))
        self._error = ErrorLine(self)
        self._state = Prose("", self, px=13, tone="muted")
        self.take_back = Link(_("Take back"), self, px=13)
        self._missing = Prose(_("The house has no DPA template yet."), self, px=13, tone="muted")
        self._choose = Link(_("Choose a PDF"), self, px=13)
        self._arrange()
        self.send.clicked.connect(self._on_send_clicked)
        self.take_back.clicked.connect(self.take_back_requested)
        self._choose.clicked.connect(self.template_wanted)
        edit = self.recipient.lineEdit()
        if edit is not None:
            edit.textEdited.connect(self._on_recipient_edited)
        self.take_back.hide()

    def _arrange(self) -> None:
        self._ready = QWidget(self)
        ready = QVBoxLayout(self._ready)
        ready.setContentsMargins(0, 0, 0, 0)
        ready.setSpacing(0)
        ready.addWidget(self._label)
        ready.addSpacing(8)
        # Across the whole card: nothing is sent to an address that is not seen.
        ready.addWidget(self.recipient)
        ready.addWidget(self._error)
        ready.addSpacing(8)
        ready.addWidget(self.send, 0, Qt.AlignmentFlag.AlignLeft)
        self._news = QWidget(self)
        news = QHBoxLayout(self._news)
        news.setContentsMargins(0, 8, 0, 0)
        news.setSpacing(8)
        news.addWidget(self._state, 1)
        news.addWidget(self.take_back)
        self._none = QWidget(self)
        none = QHBoxLayout(self._none)
        none.setContentsMargins(0, 0, 0, 0)
        none.setSpacing(8)
        none.addWidget(self._missing, 1)
        none.addWidget(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._ready, self._news, self._none):
            column.addWidget(part)

    def show_recipients(self, recipients: Sequence[str], *, ready: bool) -> None:
        """Offer addresses, the best one chosen; `ready`: the house has a template."""
        typed = self.address()
        known = [self.recipient.itemText(row) for row in range(self.recipient.count())]
        if list(recipients) != known:
            self.recipient.clear()
            self.recipient.addItems(list(recipients))
            self._show_address(recipients[0] if recipients else "")
        elif typed:
            self._show_address(typed)
        self._ready.setVisible(ready)
        self._none.setVisible(not ready)

    def _show_address(self, address: str) -> None:
        self.recipient.setCurrentText(address)
        edit = self.recipient.lineEdit()
        if edit is not None and not edit.hasFocus():
            edit.setCursorPosition(0)

    def address(self) -> str:
        """Return the address as typed."""
        return self.recipient.currentText().strip()

    def reset(self) -> None:
        """Forget what was typed for another customer."""
        self.recipient.clear()
        self.show_error("")
        self.show_news("", back=False)

    def show_news(self, words: str, *, back: bool) -> None:
        """Say what became of the mail; `back`: it can still be taken back."""
        self._state.setText(words)
        self._news.setAccessibleName(words)
        self._news.setVisible(bool(words))
        self.take_back.setVisible(back)

    def news(self) -> str:
        """Return what is said of the mail."""
        return self._state.text()

    def show_error(self, sentence: str, *, at_address: bool = False) -> None:
        """Say why nothing was queued; an empty sentence takes it back."""
        self._error.show_error("", sentence, _("Not sent"))
        self.recipient.set_invalid(bool(sentence) and at_address)
        self.recipient.setAccessibleDescription(sentence)

    def error(self) -> str:
        """Return what is said to be wrong."""
        return self._error.words()

    def _on_send_clicked(self) -> None:
        self.send_requested.emit(self.address())

    def _on_recipient_edited(self, _typed: str) -> None:
        self.show_error("")

"""The foot of the page: where the report goes, and the two ways to end."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.call.recipient_line import RecipientLine
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import ActionBar


class CallBar(ActionBar):
    """The action bar. Emits `close_pressed` ("End only") and `send_pressed`."""

    close_pressed = Signal()
    send_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recipient = RecipientLine(self)
        self._close = Button(_("Finish only"), parent=self)
        self._close.setToolTip(_("Finish without a report (%(key)s)") % {"key": key_name("Ctrl+Shift+E")})
        self._send = Button(
            _("Finish and send report"),
            "primary",
            icon="send",
            shortcut_text=key_name("Ctrl+Return"),
            parent=self,
        )
        self._close.clicked.connect(self._on_close_clicked)
        self._send.clicked.connect(self._on_send_clicked)
        self.row.addWidget(self.recipient, 1)
        self.row.addWidget(self._close)
        self.row.addWidget(self._send)

    def set_sending(self, *, sending: bool) -> None:
        """Take no second press while the report is being made."""
        self._send.set_busy(_("Sending …") if sending else None)
        self._close.setEnabled(not sending)

    def send_button(self) -> Button:
        """Return the button that ends and sends."""
        return self._send

    def close_button(self) -> Button:
        """Return the button that only ends."""
        return self._close

    def _on_close_clicked(self) -> None:
        self.close_pressed.emit()

    def _on_send_clicked(self) -> None:
        self.send_pressed.emit()

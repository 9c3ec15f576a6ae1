"""The head of the page: whose machine it is, and who asked for the session."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.call.requested_by_box import RequestedByBox
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.picker import Picker


class CallHead(QWidget):
    """Picker and "Requested by" in one row, 48 px high. Emits `change_pressed`."""

    change_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picker = Picker(shortcut_text=key_name("Ctrl+K"), parent=self)
        self._picker.clicked.connect(self._on_picker_clicked)
        self.requested_by = RequestedByBox(self)
        self.requested_by.setFixedWidth(256)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._picker, 1)
        row.addWidget(self.requested_by)

    def show_partner(self, partner: str) -> None:
        """Show customer and workstation."""
        self._picker.set_words(partner)
        self._picker.setAccessibleName(_("Session with %(partner)s, change") % {"partner": partner})

    def picker(self) -> Picker:
        """Return the button that opens the search."""
        return self._picker

    def _on_picker_clicked(self) -> None:
        self.change_pressed.emit()

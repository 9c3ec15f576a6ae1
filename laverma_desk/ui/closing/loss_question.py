"""The one question at closing: what would be lost is named, and staying is the answer of Enter and Escape."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from laverma_desk.i18n import _


class LossQuestion(QObject):
    """Asks before something typed is lost. Emits `loss_accepted` where the window closes all the same."""

    loss_accepted = Signal()

    def __init__(self, window: QWidget) -> None:
        """Ask above this window."""
        super().__init__(window)
        self._window = window
        self._box: QMessageBox | None = None

    def ask(self, loss: str) -> None:
        """Show the sentence that says what would be lost; a question that is open already is asked anew."""
        if self._box is not None:
            self._box.close()
        box = QMessageBox(QMessageBox.Icon.Warning, "Laverma Desk", loss, parent=self._window)
        stay = box.addButton(_("Stay open"), QMessageBox.ButtonRole.RejectRole)
        box.addButton(_("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.buttonClicked.connect(self._on_box_decided)
        box.finished.connect(self._on_box_finished)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._box = box
        box.open()

    def _on_box_decided(self, button: QAbstractButton) -> None:
        box = self._box
        if box is not None and box.buttonRole(button) is QMessageBox.ButtonRole.DestructiveRole:
            # Not from within the box: it closes first.
            QTimer.singleShot(0, self, self.loss_accepted.emit)

    def _on_box_finished(self, _result: int) -> None:
        self._box = None

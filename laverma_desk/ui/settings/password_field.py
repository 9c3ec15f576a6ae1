"""The field for a password: never filled from the keyring, its letters shown only on wish."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.text_field import TextField

_DOTS = "•" * 12


class PasswordField(TextField):
    """Dots stand in the empty field where a password is kept; the eye shows what is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = self.set_action("eye", _("Show the password"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._on_eye_toggled)

    def show_kept(self, kept: bool) -> None:
        """Show dots if a password is kept."""
        self.setPlaceholderText(_DOTS if kept else "")

    def is_kept_shown(self) -> bool:
        """Tell whether the dots stand there."""
        return bool(self.placeholderText())

    def hide_letters(self) -> None:
        """Show dots for letters again."""
        self._eye.setChecked(False)

    def _on_eye_toggled(self, on: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self.set_action("eye", _("Hide the password") if on else _("Show the password"))

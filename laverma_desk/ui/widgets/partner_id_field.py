"""The field for a partner ID: digits only, grouped as they are read out on the phone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.customer import is_partner_id, partner_id_digits
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.widgets.text_field import TextField

_MOST = 10


class PartnerIdField(TextField):
    """A field that keeps digits only and groups them while they are typed or pasted.

    `counter` writes "8 digits" at the right end until there are 9; `copying` puts a copy icon there.
    Emits `digits_edited(str)` when a person changed them.
    """

    digits_edited = Signal(str)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        height: int = 40,
        counter: bool = False,
        copying: bool = False,
        px: int | None = None,
        weight: int = 400,
    ) -> None:
        super().__init__(parent, height=height, px=px, weight=weight)
        self._counter = counter
        self.setAccessibleName(_("Partner ID"))
        if copying:
            self.set_action("copy", _("Copy partner ID")).clicked.connect(self._on_copy_clicked)
        self.textEdited.connect(self._on_text_edited)

    def digits(self) -> str:
        """Return the digits without blanks."""
        return partner_id_digits(self.text())

    def set_digits(self, digits: str) -> None:
        """Show digits (blanks and other signs are dropped) without a signal."""
        self._show(digits, len(digits))

    def complete(self) -> bool:
        """Tell whether there are 9 or 10 digits, as TeamViewer gives them out."""
        return is_partner_id(self.digits())

    def _on_text_edited(self, typed: str) -> None:
        before = self.cursorPosition()
        self._show(typed, len(partner_id_digits(typed[:before])))
        self.digits_edited.emit(self.digits())

    def _show(self, typed: str, caret: int) -> None:
        digits = partner_id_digits(typed)[:_MOST]
        shown = text.partner_id(digits)
        if shown != self.text():
            self.setText(shown)
        self.setCursorPosition(_place(shown, min(caret, len(digits))))
        if self._counter:
            many = len(digits)
            words = ngettext("%(count)d digit", "%(count)d digits", many) % {"count": many}
            self.set_trailing(words if 0 < many < 9 else "")

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.digits(), QClipboard.Mode.Clipboard)


def _place(shown: str, count: int) -> int:
    """Return the caret position right behind the first `count` digits."""
    seen = 0
    for place, sign in enumerate(shown):
        if seen == count:
            return place
        seen += sign != " "
    return len(shown)

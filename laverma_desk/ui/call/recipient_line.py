"""Where the report goes, always to be seen, and mended in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.call.passing_field import PassingField
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import IconMark


class RecipientLine(QWidget):
    """Two lines: "Report to", and the address with a link that opens a field in its place.

    Emits `address_typed(str)`, which the controller answers with `show_error` or `close_edit`,
    `edit_closed`, `account_wanted` from the link that appears where there is no mail account, and
    `error_changed(str)` for the line above the bar, which has room for a sentence.
    """

    address_typed = Signal(str)
    edit_closed = Signal()
    account_wanted = Signal()
    error_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._address = ""
        self._error = ""
        self._caption = Label(_("Report to"), self, px=12, tone="muted")
        self._account = Link(_("Set up mail account"), self, px=12)
        self._shown = Label("", self, weight=500)
        self._change = Link(_("change"), self)
        self._change.setAccessibleDescription(_("Report to"))
        self._field = PassingField(self, height=32)
        self._field.setMaximumWidth(280)
        self._field.setAccessibleName(_("Report to"))
        self._account.clicked.connect(self._on_account_clicked)
        self._change.clicked.connect(self.edit)
        self._field.returnPressed.connect(self._on_field_returned)
        self._field.cancelled.connect(self.close_edit)
        self._field.left.connect(self._on_field_left)
        self._field.textEdited.connect(self._on_field_edited)
        self._arrange()
        self._swap(editing=False)

    def _arrange(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self._caption)
        above.addWidget(self._account)
        above.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(7)
        below.addWidget(self._shown)
        below.addWidget(self._change)
        below.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addLayout(above)
        column.addLayout(below)
        column.addWidget(self._field)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark("mail", self, size=20))
        row.addLayout(column, 1)

    def show_address(self, address: str, *, has_account: bool) -> None:
        """Show the address; an open field keeps what is typed in it."""
        self._address = address
        self._shown.setText(address or _("No address yet."))
        self._shown.set_tone("text" if address else "muted")
        self._change.set_words(_("change") if address else _("Add address"))
        self._account.setVisible(not has_account)

    def address(self) -> str:
        """Return the address shown."""
        return self._address

    def edit(self) -> None:
        """Open the field with the address selected, or go back to it."""
        if not self.is_editing():
            self._field.setText(self._address)
            self._swap(editing=True)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def close_edit(self) -> None:
        """Bring the line back; what was typed is dropped."""
        if self.is_editing():
            self._swap(editing=False)
            self._say("")
            self.edit_closed.emit()

    def is_editing(self) -> bool:
        """Tell whether the field is open."""
        return not self._field.isHidden()

    def is_changed(self) -> bool:
        """Tell whether something else than the address was typed."""
        return self.is_editing() and self._field.text().strip() != self._address

    def typed(self) -> str:
        """Return what stands in the field."""
        return self._field.text()

    def show_error(self, sentence: str) -> None:
        """Open the field and mark it as wrong."""
        if not self.is_editing():
            self.edit()
        self._say(sentence)

    def error(self) -> str:
        """Return what is wrong, or an empty text."""
        return self._error

    def _say(self, error: str) -> None:
        changed, self._error = error != self._error, error
        self._field.set_invalid(bool(error))
        self._field.setAccessibleDescription(error)
        if changed:
            self.error_changed.emit(error)

    def _swap(self, *, editing: bool) -> None:
        self._shown.setVisible(not editing)
        self._change.setVisible(not editing)
        self._field.setVisible(editing)

    def _on_account_clicked(self) -> None:
        self.account_wanted.emit()

    def _on_field_returned(self) -> None:
        if self.is_changed():
            self.address_typed.emit(self._field.text())
        else:
            self.close_edit()

    def _on_field_left(self) -> None:
        if self.is_changed():
            self.address_typed.emit(self._field.text())
        elif self.is_editing():
            self._swap(editing=False)
            self._say("")

    def _on_field_edited(self, _typed: str) -> None:
        if self.error():
            self._say("")

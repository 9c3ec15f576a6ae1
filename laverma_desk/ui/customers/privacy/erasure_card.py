"""The card that forgets a customer (Art. 17 GDPR): first what would happen, then number and reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.privacy.lines import Lines
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card, Divider
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.text_field import TextField

_NUMBER_WIDTH = 344
"""The field is as wide as its error."""


class ErasureCard(Card):
    """Emits `erase_requested(number, reason)` as they were typed."""

    erase_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16)
        self.body.addWidget(Label(_("Erasure (Art. 17 GDPR)"), self, px=16, weight=600))
        self.body.addSpacing(4)
        self._plan = QWidget(self)
        plan = QVBoxLayout(self._plan)
        plan.setContentsMargins(0, 0, 0, 16)
        plan.setSpacing(0)
        self._sentence = Prose("", self, px=13, tone="muted")
        plan.addWidget(self._sentence)
        plan.addSpacing(16)
        self.going = Lines(_("Goes now, for good"), self)
        self.kept = Lines(_("Stays locked, since the law needs it"), self)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addWidget(self.going, 1)
        both.addWidget(Divider(self, upright=True))
        both.addWidget(self.kept, 1)
        plan.addLayout(both)
        self.body.addWidget(self._plan)
        self._form = self._build_form()
        self.body.addWidget(self._form)
        self._told = Prose("", self, px=13, tone="red")
        self._told.set_live()
        self.body.addWidget(self._told)
        self.tell("")

    def _build_form(self) -> QWidget:
        form = QWidget(self)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(
            Prose(
                _(
                    "Copies outside of this desk are not reached: backups, saved files, mailboxes. "
                    "Backups go as they are rotated."
                ),
                form,
                px=13,
                tone="muted",
            )
        )
        column.addSpacing(16)
        self.number = TextField(form)
        self.reason = TextField(form)
        self._number = LabeledField(_("Customer number"), self.number, _("Typed by hand"), form, reserve=True)
        self._number.setFixedWidth(_NUMBER_WIDTH)
        self._reason = LabeledField(
            _("Reason"), self.reason, _("For example: request of 01.03.2022. No names."), form, reserve=True
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._number)
        row.addWidget(self._reason, 1)
        column.addLayout(row)
        column.addSpacing(8)
        self.erase = Button(_("Erase customer"), "danger", parent=form)
        self.erase.clicked.connect(self._on_erase_clicked)
        column.addWidget(self.erase)
        return form

    def show_preview(
        self, sentence: str, going: Sequence[str], kept: Sequence[tuple[str, str]], *, can_erase: bool
    ) -> None:
        """Show what would happen; the form only where there is something to decide."""
        self._sentence.setText(sentence)
        self._plan.show()
        self.going.show_lines([(line, "") for line in going] or [(_("Nothing."), "")])
        self.kept.show_lines(kept or [(_("Nothing."), "")])
        self._form.setVisible(can_erase)

    def show_blocked(self, sentence: str) -> None:
        """Say why nothing can be erased now."""
        self._sentence.setText("")
        self.going.show_lines([])
        self.kept.show_lines([])
        self._plan.hide()
        self._form.hide()
        self.tell(sentence)

    def clear(self) -> None:
        """Empty the form."""
        self.number.clear()
        self.reason.clear()
        self.show_error("number", "")
        self.show_error("reason", "")
        self.tell("")

    def show_error(self, field: str, sentence: str) -> None:
        """Say what is wrong with a field, and put the focus there; an empty sentence takes it back."""
        place = self._number if field == "number" else self._reason
        place.set_error(sentence)
        if sentence:
            place.field.setFocus()

    def error(self, field: str) -> str:
        """Return what is wrong with a field."""
        return (self._number if field == "number" else self._reason).error()

    def tell(self, sentence: str) -> None:
        """Say what did not work; an empty sentence takes it away."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def told(self) -> str:
        """Return what is said."""
        return self._told.text()

    def can_erase(self) -> bool:
        """Return whether the form is shown."""
        return not self._form.isHidden()

    def _on_erase_clicked(self) -> None:
        self.show_error("number", "")
        self.show_error("reason", "")
        self.erase_requested.emit(self.number.text(), self.reason.text())

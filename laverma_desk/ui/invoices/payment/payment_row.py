"""A payment that was written down, with the way to take it back: a reason is asked for in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.domain.invoice import Payment
from laverma_desk.i18n import _
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Divider
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.text_field import TextField


class PaymentRow(QWidget):
    """Emits `asked` when a reason is asked for, and `taken_back(payment's row, reason)`."""

    asked = Signal()
    taken_back = Signal(int, str)

    def __init__(self, payment: Payment, *, open_to_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.payment = payment
        self._day = Label(text.date(payment.paid_on), self, px=13, line=24)
        self._note = Label(", ".join(one for one in (payment.note, payment.who) if one), self, px=13, line=24)
        self._note.set_tone("muted")
        self._amount = Label(text.money(payment.cents), self, px=13, weight=500, line=24, align="right")
        self.take_back = Link(_("Undo payment"), self, px=13)
        self.take_back.setAccessibleName(
            _("Take back the payment of %(amount)s from %(day)s")
            % {"amount": text.money(payment.cents), "day": text.date(payment.paid_on)}
        )
        self.reason = TextField(self, placeholder=_("For example: booked on the wrong invoice"))
        self.reason.setMaxLength(300)
        self._field = LabeledField(_("Why is it taken back?"), self.reason, parent=self)
        self._sure = Button(_("Undo payment"), "danger", parent=self)
        self._keep = Button(_("Keep"), "quiet", parent=self)
        self._ask = QWidget(self)
        self._arrange(open_to_change)
        self.take_back.clicked.connect(self._on_take_back_clicked)
        self._sure.clicked.connect(self.confirm)
        self._keep.clicked.connect(self.close_question)
        self.reason.textEdited.connect(self._on_reason_edited)

    def _arrange(self, open_to_change: bool) -> None:
        self._day.setFixedWidth(88)
        self._amount.setFixedWidth(104)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._day)
        row.addWidget(self._note, 1)
        row.addWidget(self._amount)
        row.addWidget(self.take_back)
        self.take_back.setVisible(open_to_change)
        across = QHBoxLayout(self._ask)
        across.setContentsMargins(0, 4, 0, 8)
        across.setSpacing(8)
        across.addWidget(self._field, 1)
        for button in (self._keep, self._sure):
            beside = QVBoxLayout()
            beside.addSpacing(24)
            beside.addWidget(button)
            beside.addStretch(1)
            across.addLayout(beside)
        self._ask.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Divider(self))
        column.addSpacing(5)
        column.addLayout(row)
        column.addSpacing(5)
        column.addWidget(self._ask)

    def words(self) -> tuple[str, str, str]:
        """Return day, note and amount as shown."""
        return self._day.text(), self._note.text(), self._amount.text()

    def is_asking(self) -> bool:
        """Tell whether a reason is asked for."""
        return not self._ask.isHidden()

    def close_question(self) -> None:
        """Ask no more; what was typed is gone only when the row goes."""
        self._ask.hide()
        self.take_back.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """Say at the reason what is wrong."""
        self._field.set_error(sentence)
        if sentence:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def error(self) -> str:
        """Return what is said there."""
        return self._field.error()

    def confirm(self) -> None:
        """Do what the button does."""
        self.taken_back.emit(self.payment.id, self.reason.text())

    def _on_take_back_clicked(self) -> None:
        self._ask.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.asked.emit()

    def _on_reason_edited(self, _typed: str) -> None:
        self.show_error("")

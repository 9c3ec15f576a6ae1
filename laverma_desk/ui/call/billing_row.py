"""Billed or free of charge, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from laverma_desk.domain.company import FreeReason
from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.call.reason_box import ReasonBox
from laverma_desk.ui.call.timer_reading import reason_effect
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.segmented import Segment, SegmentedControl

_BILLED, _FREE = "billed", "free"


class BillingChoice(NamedTuple):
    """Whether a session is billed; `reason_id` only for a free one."""

    billable: bool
    reason_id: int | None = None


class BillingRow(QWidget):
    """The row below the notes. Emits `billing_changed(BillingChoice)`, `popup_closed` and `confirmed`.

    `confirmed`: the reason needs no more attention, by Enter or because none is wanted any more.
    """

    billing_changed = Signal(object)
    popup_closed = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reasons: tuple[FreeReason, ...] = ()
        self._choice = BillingChoice(billable=True)
        self._segments = SegmentedControl(
            [Segment(_BILLED, _("Bill")), Segment(_FREE, _("Free of charge"))], self, name=_("Billing")
        )
        self._segments.setMinimumWidth(274)
        self._reason = ReasonBox(self)
        self._hint = Label("", self, px=13, tone="muted")
        self.hand_over = Link(_("Hand over"), self, px=13, chevron="chevron-down")
        self.hand_over.hide()  # Until somebody is there who can take the call.
        self._error = HintLine(self)
        self._error.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._segments)
        row.addWidget(self._reason)
        row.addWidget(self._hint, 1)
        row.addWidget(self._error, 1)
        row.addWidget(self.hand_over)
        self._segments.segment_chosen.connect(self._on_segment_chosen)
        self._reason.reason_chosen.connect(self._on_reason_chosen)
        self._reason.popup_closed.connect(self.popup_closed)
        self._reason.confirmed.connect(self.confirmed)
        self.show_error("")
        self._settle()

    def show_choice(self, choice: BillingChoice, reasons: Sequence[FreeReason]) -> None:
        """Show how the session is billed, and offer these reasons."""
        self._reasons = tuple(reasons)
        self._choice = choice
        self._settle()

    def choice(self) -> BillingChoice:
        """Return what is chosen."""
        return self._choice

    def toggle(self) -> None:
        """Change between billed and free, which is said aloud; free asks for its reason at once."""
        self._choose(BillingChoice(billable=not self._choice.billable))
        announce(self, _("Bill") if self._choice.billable else _("Free of charge"))

    def focus_reason(self) -> None:
        """Put the focus on the reason, where it counts."""
        if self._reason.isEnabled():
            self._reason.setFocus()

    def reason_box(self) -> ReasonBox:
        """Return the box of reasons."""
        return self._reason

    def segments(self) -> SegmentedControl:
        """Return the control that chooses between billed and free."""
        return self._segments

    def show_error(self, sentence: str) -> None:
        """Say in red that the reason is missing; empty: the hint."""
        self._error.show_words("", sentence)
        self._error.setVisible(bool(sentence))
        self._hint.setVisible(not sentence)
        self._reason.set_invalid(bool(sentence))
        self._reason.setAccessibleDescription(sentence)

    def error(self) -> str:
        """Return the error shown."""
        return self._error.error

    def hint(self) -> str:
        """Return the hint beside the reason."""
        return self._hint.text()

    def _choose(self, choice: BillingChoice) -> None:
        became_free = self._choice.billable and not choice.billable
        held_focus = self._reason.hasFocus()
        self._choice = choice
        self.show_error("")
        if held_focus and choice.billable:
            # Before the box is switched off: the focus would be read out at its neighbour first.
            self.confirmed.emit()
        self._settle()
        if became_free:
            self.focus_reason()
        self.billing_changed.emit(choice)

    def _settle(self) -> None:
        free = not self._choice.billable
        self._segments.set_current(_FREE if free else _BILLED)
        self._reason.set_wanted(wanted=free)
        self._reason.show_reasons(self._reasons, self._choice.reason_id if free else None)
        reason = next((one for one in self._reasons if one.id == self._choice.reason_id), None)
        self._hint.setText(
            reason_effect(reason) if free and reason else _("%(key)s switches") % {"key": key_name("Ctrl+B")}
        )

    def _on_segment_chosen(self, key: str) -> None:
        self._choose(BillingChoice(billable=key == _BILLED))

    def _on_reason_chosen(self, reason_id: int) -> None:
        self._choose(BillingChoice(billable=False, reason_id=reason_id))

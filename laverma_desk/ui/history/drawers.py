"""The forms of the detail: bill otherwise, send again, say why there was no agreement."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.domain.company import FreeReason
from laverma_desk.i18n import _
from laverma_desk.ui.call.reason_box import ReasonBox
from laverma_desk.ui.history.drawer import Drawer
from laverma_desk.ui.widgets.segmented import Segment, SegmentedControl
from laverma_desk.ui.widgets.text_field import TextField

_BILLED, _FREE = "billed", "free"
_AS_SENT, _ANEW = "as_sent", "anew"


class BillingDrawer(Drawer):
    """Billed or free, why, and the reason of the change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Change"), "check", parent)
        segments = [Segment(_BILLED, _("Bill")), Segment(_FREE, _("Free of charge"))]
        self.segments = SegmentedControl(segments, self, name=_("Billing"))
        self.segments.setMinimumWidth(236)
        self.free_reason = ReasonBox(self)
        self.free_reason.setFixedWidth(208)
        self.reason = TextField(self)
        self._reasons: Sequence[FreeReason] = ()
        self._reason_id: int | None = None
        self.add_field("billable", _("Billing"), self.segments)
        self.add_field("free_reason", _("Reason"), self.free_reason)
        self.add_field("change_reason", _("Reason of the change"), self.reason, stretch=1)
        self.segments.segment_chosen.connect(self._on_segment_chosen)
        self.free_reason.reason_chosen.connect(self._on_reason_chosen)

    def begin(self, reasons: Sequence[FreeReason], reason_id: int | None, *, billable: bool) -> None:
        """Offer the other way of billing at once; that is what somebody comes for."""
        self.clear_errors()
        self._reasons, self._reason_id = tuple(reasons), reason_id
        self.reason.clear()
        self._settle(_FREE if billable else _BILLED)
        (self.free_reason if billable else self.reason).setFocus(Qt.FocusReason.OtherFocusReason)

    def billable(self) -> bool:
        """Return whether the session shall be billed."""
        return self.segments.current() == _BILLED

    def free_reason_id(self) -> int | None:
        """Return why not."""
        return None if self.billable() else self._reason_id

    def _settle(self, key: str) -> None:
        self.segments.set_current(key)
        free = key == _FREE
        self.free_reason.set_wanted(wanted=free)
        self.free_reason.setPlaceholderText(_("Choose a reason") if free else _("Only if free of charge"))
        self.free_reason.show_reasons(self._reasons, self._reason_id if free else None)

    def _on_segment_chosen(self, key: str) -> None:
        self._settle(key)

    def _on_reason_chosen(self, reason_id: int) -> None:
        self._reason_id = reason_id


class ResendDrawer(Drawer):
    """To whom, and whether exactly as it was sent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Send"), "send", parent)
        self.recipient = TextField(self)
        segments = [Segment(_AS_SENT, _("As sent")), Segment(_ANEW, _("As corrected"))]
        self.segments = SegmentedControl(segments, self, name=_("Report"))
        self.add_field("recipient", _("To"), self.recipient, stretch=1)
        self._version = self.add_field("version", _("Report"), self.segments)
        self._version.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def begin(self, recipient: str, hint: str, *, sent: bool, corrected: bool) -> None:
        """Show the address; the choice is there only where the session was changed after sending."""
        self.clear_errors()
        self.recipient.setText(recipient)
        self._fields["recipient"].set_hint(hint)
        self._version.setVisible(sent and corrected)
        self.segments.set_current(_AS_SENT if sent and not corrected else _ANEW)
        self.recipient.setFocus(Qt.FocusReason.OtherFocusReason)
        self.recipient.selectAll()

    def as_sent(self) -> bool:
        """Return whether the stored document goes out once more."""
        return self.segments.current() == _AS_SENT


class AgreementDrawer(Drawer):
    """Why a session took place without an agreement, and who decided."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Save"), "check", parent)
        self.reason = TextField(self)
        self.decided_by = TextField(self)
        self.add_field("reason", _("Why without a valid DPA"), self.reason, stretch=2)
        self.add_field("decided_by", _("Decided by"), self.decided_by, stretch=1)

    def begin(self, decided_by: str) -> None:
        """Ask for the reason."""
        self.clear_errors()
        self.reason.clear()
        self.decided_by.setText(decided_by)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

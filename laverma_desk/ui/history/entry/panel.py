"""The form as it is seen: fields at the left, notes at the right, billing and reason below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.domain.company import FreeReason
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.i18n import _
from laverma_desk.ui.call.billing_row import BillingChoice, BillingRow
from laverma_desk.ui.call.internal_note import InternalNote
from laverma_desk.ui.history.entry.attempt_field import AttemptField
from laverma_desk.ui.history.entry.details_card import DetailsCard
from laverma_desk.ui.history.entry.draft import EntryDraft
from laverma_desk.ui.history.entry.entry_bar import EntryBar
from laverma_desk.ui.history.entry.place_field import PlaceField
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine, LabeledField
from laverma_desk.ui.widgets.notes_editor import NotesEditor
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea
from laverma_desk.ui.widgets.text_field import TextField


class EntryPanel(QWidget):
    """All parts of the form. Emits `edited` whenever a person changed anything, `times_edited` with it."""

    edited = Signal()
    times_edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", self, px=20, weight=600, line=32)
        self._subtitle = Label("", self, px=13, tone="muted", line=32)
        self._head = Card(self, padding=16)
        self.place = PlaceField(self)
        self.details = DetailsCard(self.place, self)
        self._notes_card = Card(self, padding=16)
        self.notes = NotesEditor(self, placeholder=_("What was done? One line for each piece of work."))
        self.notes.setAccessibleName(_("Notes"))
        self._notes_error = HintLine(self)
        self.internal = InternalNote(self)
        self._foot = Card(self, padding=16)
        self.attempt = AttemptField(self)
        self._reasons: tuple[FreeReason, ...] = ()
        self.billing = BillingRow(self)
        self.change_reason = TextField(self, placeholder=_("Stays in the log of the session"))
        self.change_reason.setMaxLength(500)
        self._reason_field = LabeledField(_("Reason for the change"), self.change_reason, reserve=True)
        self.bar = EntryBar(self)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._subtitle, 1)
        column.addLayout(head)
        self._head.body.addWidget(self.place)
        column.addWidget(self._head)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.details, 3)
        across.addWidget(self._notes_card, 2)
        column.addLayout(across, 1)
        column.addWidget(self._foot)
        self._notes_card.body.addWidget(Label(_("Notes"), self, px=13, weight=500, line=16))
        self._notes_card.body.addSpacing(8)
        self._notes_card.body.addWidget(self.notes, 1)
        self._notes_card.body.addSpacing(4)
        self._notes_card.body.addWidget(self._notes_error)
        self._notes_card.body.addWidget(self.internal)
        self._foot.body.addWidget(self.attempt)
        self._foot.body.addWidget(self.billing)
        self._foot.body.addSpacing(16)
        self._foot.body.addWidget(self._reason_field)
        self._area = OverlayScrollArea(self)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setWidget(inside)
        inside.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._area, 1)
        whole.addWidget(self.bar)

    def _connect(self) -> None:
        self.details.edited.connect(self.edited)
        self.details.times_edited.connect(self.times_edited)
        self.details.times_edited.connect(self.edited)
        self.notes.edited.connect(self._on_notes_edited)
        self.internal.edited.connect(self.edited)
        self.billing.billing_changed.connect(self._on_billing_changed)
        self.attempt.reason_changed.connect(self._on_attempt_reason_changed)
        self.change_reason.textEdited.connect(self._on_change_reason_edited)

    def show_heading(self, title: str, subtitle: str, step: str, *, asks_reason: bool) -> None:
        """Say what the form is for; a correction asks for its reason."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self.bar.show_step(step)
        self._reason_field.setVisible(asks_reason)

    def title(self) -> str:
        """Return what the form is for."""
        return self._title.text()

    def draft(self) -> EntryDraft:
        """Return what stands in the fields."""
        details, choice = self.details, self.billing.choice()
        late_reason, decided_by = details.late.given()
        edit = details.requested_by.lineEdit()
        return EntryDraft(
            supporter_id=details.supporter.currentData(),
            begin=details.begin.typed(),
            end=details.end.typed(),
            requested_by=edit.text().strip() if edit else "",
            channel=Channel(details.channel.currentData()),
            tool=Tool(details.tool.currentData()),
            partner_id=details.partner_id.digits(),
            notes=self.notes.text(),
            internal_note=self.internal.text(),
            billable=choice.billable,
            free_reason_id=choice.reason_id,
            change_reason=self.change_reason.text(),
            late_reason=late_reason,
            decided_by=decided_by,
            not_possible=self.attempt.reason(),
        )

    def show_error(self, key: str, sentence: str) -> None:
        """Show an error at its field, by the name that services use; an empty sentence takes it back."""
        if key == "free_reason":
            self.billing.show_error(sentence)
        elif key == "change_reason":
            self._reason_field.set_error(sentence)
        elif key in ("notes", "internal_note"):
            self._notes_error.show_words("", sentence)
            self.notes.set_invalid(bool(sentence) and key == "notes")
        else:
            self.details.show_error(key, sentence)

    def error(self, key: str) -> str:
        """Return the error at a field."""
        if key == "free_reason":
            return self.billing.error()
        if key in ("notes", "internal_note"):
            return self._notes_error.error
        return self._reason_field.error() if key == "change_reason" else self.details.error(key)

    def clear_errors(self) -> None:
        """Take every error back."""
        for key in FIELDS:
            self.show_error(key, "")
        self.bar.show_words("")

    def focus(self, key: str) -> None:
        """Put the focus into a field and bring it into view."""
        targets: dict[str, QWidget] = {
            "free_reason": self.billing.reason_box(),
            "change_reason": self.change_reason,
            "notes": self.notes,
            "internal_note": self.internal.area(),
        }
        if key in targets:
            target = targets[key]
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            target = self.details.focus(key)
        self._area.ensureWidgetVisible(target)

    def scroll_up(self) -> None:
        """Show the form from its top."""
        self._area.verticalScrollBar().setValue(0)

    def _on_notes_edited(self) -> None:
        self.show_error("notes", "")
        self.edited.emit()

    def _on_billing_changed(self, _choice: object) -> None:
        self.times_edited.emit()
        self.edited.emit()

    def show_billing(
        self, choice: BillingChoice, reasons: Sequence[FreeReason], not_possible: NotPossible | None = None
    ) -> None:
        """Show how a session is billed, or why it was not possible: then nothing of it is billed."""
        self._reasons = tuple(reasons)
        self.billing.show_choice(choice, reasons)
        self.attempt.show_reason(not_possible)
        self.billing.setVisible(not_possible is None)

    def _on_attempt_reason_changed(self) -> None:
        took_place = self.attempt.reason() is None
        if took_place and self.billing.isHidden():
            self.billing.show_choice(BillingChoice(billable=True), self._reasons)
        self.billing.setVisible(took_place)
        self._on_billing_changed(None)

    def _on_change_reason_edited(self, _words: str) -> None:
        self.show_error("change_reason", "")
        self.edited.emit()


FIELDS = (
    "place", "begin", "end", "supporter", "requested_by", "partner_id", "reason", "decided_by", "notes",
    "free_reason", "change_reason",
)  # fmt: skip
"""The fields in their order: the first one with an error takes the focus."""

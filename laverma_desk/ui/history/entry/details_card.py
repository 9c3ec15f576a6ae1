"""Where, who, when and how: the fields of an entry at the left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.i18n import _
from laverma_desk.ui.history.entry.late_reason_box import LateReasonBox
from laverma_desk.ui.history.entry.moment_field import MomentField
from laverma_desk.ui.history.entry.notice_box import NoticeBox
from laverma_desk.ui.history.entry.place_field import PlaceField
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.partner_id_field import PartnerIdField


class DetailsCard(Card):
    """Emits `edited` for any field that does not move the times, `times_edited` for those that do.

    `place` and the supporter stand in a card of their own above this one.
    """

    edited = Signal()
    times_edited = Signal()

    def __init__(self, place: PlaceField, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16)
        self.place = place
        self.begin = MomentField(_("Begin"), self)
        self.end = MomentField(_("End"), self)
        self._duration = Label("", self, px=16, weight=600)
        self._amount = Label("", self, px=13, tone="muted", line=24)
        self.remarks = NoticeBox(self)
        self.late = LateReasonBox(self)
        self.supporter = ComboBox(self, placeholder=_("choose"))
        self.requested_by = ComboBox(self, editable=True, name=_("Requested by"))
        self.channel = ComboBox(self)
        self.tool = ComboBox(self)
        self.partner_id = PartnerIdField(self, counter=True)
        for channel in Channel:
            self.channel.addItem(text.channel(channel), channel)
        for tool in Tool:
            self.tool.addItem(text.tool(tool), tool)
        self._fields = {
            "supporter": LabeledField(_("Supporter"), self.supporter),
            "requested_by": LabeledField(_("Requested by"), self.requested_by),
            "channel": LabeledField(_("Requested how"), self.channel),
            "tool": LabeledField(_("Program"), self.tool, reserve=True),
            "partner_id": LabeledField(_("Partner ID"), self.partner_id, reserve=True),
        }
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.place.row.addWidget(self._fields["supporter"], 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._row(self.begin, self.end))
        told = QHBoxLayout()
        told.setSpacing(12)
        self._duration.hide()
        told.addWidget(self._duration)
        told.addWidget(self._amount, 1)
        self.body.addLayout(told)
        for box in (self.remarks, self.late):
            self.body.addSpacing(8)
            self.body.addWidget(box)
        for pair in (("requested_by", "channel"), ("tool", "partner_id")):
            self.body.addSpacing(16)
            self.body.addLayout(self._row(*(self._fields[key] for key in pair)))
        self.body.addStretch(1)

    def _row(self, *fields: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        for field in fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        return row

    def _connect(self) -> None:
        self.begin.edited.connect(self.times_edited)
        self.end.edited.connect(self.times_edited)
        self.late.edited.connect(self.edited)
        self.supporter.activated.connect(self._on_supporter_activated)
        for box in (self.channel, self.tool):
            box.activated.connect(self._on_box_activated)
        self.requested_by.editTextChanged.connect(self._on_requested_by_edited)
        self.tool.activated.connect(self._follow_tool)
        self.partner_id.digits_edited.connect(self._on_partner_id_edited)

    def show_requested_by(self, name: str, names: Sequence[str]) -> None:
        """Show who asked and offer these people, without a signal."""
        blocked = self.requested_by.blockSignals(True)
        self.requested_by.clear()
        self.requested_by.addItems(list(names))
        self.requested_by.setEditText(name)
        self.requested_by.blockSignals(blocked)

    def show_supporters(self, people: Sequence[tuple[int, str]], chosen: int | None) -> None:
        """Offer these technicians."""
        self.supporter.clear()
        for number, name in people:
            self.supporter.addItem(name, number)
        self.supporter.choose(chosen)

    def show_connection(self, tool: Tool, partner_id: str) -> None:
        """Show program and partner ID."""
        self.tool.choose(tool)
        self._follow_tool()
        self.partner_id.set_digits(partner_id)

    def show_result(self, duration: str, amount: str) -> None:
        """Show how long and how much; both empty while the times are not complete."""
        self._duration.setText(duration)
        self._duration.setVisible(bool(duration))
        self._amount.setText(amount)

    def result(self) -> tuple[str, str]:
        """Return duration and amount as shown."""
        return self._duration.text(), self._amount.text()

    def show_error(self, key: str, sentence: str) -> None:
        """Show an error at a field by the name that services use."""
        if key == "place":
            self.place.labeled.set_error(sentence)
        elif key in ("begin", "end"):
            self._moment(key).show_error(sentence)
        elif key in self._fields:
            self._fields[key].set_error(sentence)
        else:
            self.late.show_error(key, sentence)

    def error(self, key: str) -> str:
        """Return the error at a field."""
        if key in ("begin", "end"):
            return self._moment(key).error()
        return self.place.labeled.error() if key == "place" else self._fields[key].error()

    def focus(self, key: str) -> QWidget:
        """Put the focus into a field and return it."""
        if key in ("begin", "end"):
            return self._moment(key).focus_faulty()
        if key == "place":
            self.place.focus()
            return self.place.field
        target = self._fields[key].field if key in self._fields else self.late.field(key)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return target

    def _moment(self, key: str) -> MomentField:
        return self.begin if key == "begin" else self.end

    def _follow_tool(self, _row: int = 0) -> None:
        self.partner_id.set_tool(Tool(self.tool.currentData()))

    def _on_supporter_activated(self, _row: int) -> None:
        self.show_error("supporter", "")
        self.times_edited.emit()

    def _on_box_activated(self, _row: int) -> None:
        self.show_error("partner_id", "")
        self.edited.emit()

    def _on_requested_by_edited(self, _words: str) -> None:
        self.show_error("requested_by", "")
        self.edited.emit()

    def _on_partner_id_edited(self, _digits: str) -> None:
        self.show_error("partner_id", "")
        self.edited.emit()

"""A customer's own tariffs in a form: each with its first day, a price, a rounding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.services.customers.customer_record import OwnTariffDraft
from laverma_desk.ui.customers import words
from laverma_desk.ui.customers.choice_field import choice_field
from laverma_desk.ui.settings.error_line import ErrorLine
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.date_field import DateField, parsed_day
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.text_field import TextField


class _Row(QWidget):
    """One tariff. Emits `edited`, `left(field)` and `remove_requested`."""

    edited = Signal()
    left = Signal(str)
    remove_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.day = DateField(self)
        self.price = TextField(self, trailing=_("€/min"))
        self.rounding = choice_field(words.roundings(), self, _("Rounding"))
        self.remove = Button(_("Remove tariff"), "icon", "minus", small=True, parent=self)
        self.fields = {
            "valid_from": LabeledField(_("Valid from"), self.day, parent=self),
            "price": LabeledField(_("Price net"), self.price, parent=self),
            "rounding": LabeledField(_("Rounding"), self.rounding, parent=self),
        }
        self._line = ErrorLine(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.fields["valid_from"], 0, 0)
        grid.addWidget(self.fields["price"], 0, 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.fields["rounding"], 1)
        side = QVBoxLayout()
        side.addSpacing(28)
        side.addWidget(self.remove)
        side.addStretch(1)
        below.addLayout(side)
        grid.addLayout(below, 1, 0, 1, 2)
        grid.setColumnStretch(0, 6)
        grid.setColumnStretch(1, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        column.addLayout(grid)
        column.addWidget(self._line)
        self.day.textEdited.connect(self._on_edited)
        self.day.day_chosen.connect(self._on_edited)
        self.day.left.connect(self._on_day_left)
        self.price.textEdited.connect(self._on_edited)
        self.price.left.connect(self._on_price_left)
        self.rounding.activated.connect(self._on_edited)
        self.remove.clicked.connect(self.remove_requested)

    def draft(self) -> OwnTariffDraft:
        """Return what stands in the row."""
        day = self.day.day()
        typed = text.date(day, "de") if day else self.day.text().strip()
        return OwnTariffDraft(typed, self.price.text().strip(), str(self.rounding.currentData() or ""))

    def show_draft(self, draft: OwnTariffDraft) -> None:
        """Show a tariff without a signal."""
        day = parsed_day(draft.valid_from)
        self.day.set_day(day)
        if day is None:
            self.day.setText(draft.valid_from)
        self.price.setText(draft.price)
        self.rounding.choose(draft.rounding)

    def show_error(self, name: str, sentence: str) -> None:
        """Show what is wrong below the row, and the red edge at the field."""
        labeled = self.fields[name]
        self._line.show_error(name, sentence, labeled.label.text())
        mark = getattr(labeled.field, "set_invalid", None)
        if mark is not None:
            mark(bool(sentence))
        labeled.field.setAccessibleDescription(sentence)

    def error(self) -> str:
        """Return what is shown to be wrong."""
        return self._line.words()

    def _on_edited(self, *_what: object) -> None:
        for name in self.fields:
            self.show_error(name, "")
        self.edited.emit()

    def _on_day_left(self) -> None:
        self.left.emit("valid_from")

    def _on_price_left(self) -> None:
        self.left.emit("price")


class TariffRows(QWidget):
    """All of them. Emits `edited` and `left(name)`; names are "price:0" and so on."""

    edited = Signal()
    left = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[_Row] = []
        self.add = Link(_("Own price from a day on"), self, px=13, icon="plus")
        self.add.clicked.connect(self._on_add_clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._today = ""
        self._follow()

    def set_today(self, typed: str) -> None:
        """Let a new tariff begin on this day."""
        self._today = typed

    def drafts(self) -> tuple[OwnTariffDraft, ...]:
        """Return what stands in the rows."""
        return tuple(row.draft() for row in self.rows)

    def show_drafts(self, drafts: Sequence[OwnTariffDraft]) -> None:
        """Show these tariffs without a signal."""
        while len(self.rows) > len(drafts):
            self._drop(self.rows[-1])
        while len(self.rows) < len(drafts):
            self._append()
        for row, draft in zip(self.rows, drafts, strict=True):
            row.show_draft(draft)

    def show_error(self, name: str, sentence: str) -> None:
        """Show what is wrong with "price:0"; a row that is gone keeps silent."""
        field, _colon, place = name.partition(":")
        if place.isdigit() and int(place) < len(self.rows):
            self.rows[int(place)].show_error(field, sentence)

    def focus(self, name: str) -> None:
        """Put the focus into a field by its name."""
        field, _colon, place = name.partition(":")
        if place.isdigit() and int(place) < len(self.rows):
            self.rows[int(place)].fields[field].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self) -> _Row:
        row = _Row(self)
        row.edited.connect(self.edited)
        row.left.connect(self._on_row_left)
        row.remove_requested.connect(self._on_row_remove_requested)
        self._column.insertWidget(len(self.rows), row)
        self.rows.append(row)
        self._follow()
        return row

    def _drop(self, row: _Row) -> None:
        self.rows.remove(row)
        self._follow()
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _follow(self) -> None:
        self.setFocusProxy(self.rows[0].fields["valid_from"].field if self.rows else self.add)

    def _on_add_clicked(self) -> None:
        row = self._append()
        row.show_draft(OwnTariffDraft(self._today))
        row.price.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _on_row_remove_requested(self) -> None:
        row = self.sender()
        if isinstance(row, _Row):
            self._drop(row)
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()

    def _on_row_left(self, field: str) -> None:
        row = self.sender()
        if isinstance(row, _Row) and row in self.rows:
            self.left.emit(f"{field}:{self.rows.index(row)}")

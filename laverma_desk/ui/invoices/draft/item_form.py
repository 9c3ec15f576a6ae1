"""The form of an item: what it is, when, how much of it, and at what price."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import DraftItem, LineKind, Unit
from laverma_desk.i18n import _
from laverma_desk.services import checks
from laverma_desk.services.invoicing.items import UNITS
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.customers.choice_field import choice_field
from laverma_desk.ui.customers.sure_button import SureButton
from laverma_desk.ui.invoices.draft import words
from laverma_desk.ui.invoices.form.money_words import quantity, typed_amount, typed_quantity
from laverma_desk.ui.settings.form import Values
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.text_field import TextField

KIND, DAY, TEXT, QUANTITY, UNIT, PRICE = "kind", "day", "text", "quantity", "unit", "price"


class ItemForm(CardForm):
    """Emits `save_requested`, `discard_requested`, `remove_requested`, and `day_changed` for another day."""

    remove_requested = Signal()
    day_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: DraftItem | None = None
        self._suggestions: tuple[DraftItem, ...] = ()
        self._links: list[Link] = []
        self._offer = QWidget(self)
        self._hints = QVBoxLayout(self._offer)
        self._hints.setContentsMargins(0, 0, 0, 12)
        self._hints.setSpacing(4)
        self._hints.addWidget(Label(_("From the customer's record"), self, px=13, tone="muted"))
        self.column.addWidget(self._offer)
        kinds = [(one.value, words.kind_name(one)) for one in words.ITEM_KINDS]
        self._day = DateField(self)
        self._units = ComboBox(self, name=_("Unit"))
        self.rate = self.labeled(DAY, _("Day"), self._day)
        self.add_row(
            (self.labeled(KIND, _("Kind"), choice_field(kinds, self, _("Kind"))), 3), (self.rate, 2), above=4
        )
        self.add_row((self.text_field(TEXT, _("Text on the invoice")), 1), above=12)
        self.add_row(
            (self.labeled(QUANTITY, _("Quantity"), TextField(self)), 2),
            (self.labeled(UNIT, _("Unit"), self._units), 3),
            (self.labeled(PRICE, _("Price net"), TextField(self, trailing="€")), 3),
            above=12,
        )
        self.result = Label("", self, px=13, tone="muted", line=20)
        self.column.addSpacing(8)
        self.column.addWidget(self.result)
        self.remove = SureButton(_("Remove item"), _("Really remove it?"), self)
        self.add_foot(self.remove)
        self.save.set_label(_("Take over"))
        self.remove.confirmed.connect(self.remove_requested)
        self.edited.connect(self._on_edited)

    # --- what is shown

    def begin(self, item: DraftItem | None, day: date, suggestions: Sequence[DraftItem]) -> None:
        """Show an item, or an empty form for a new one on a day."""
        self._item = item
        self.offer(suggestions if item is None else ())
        self.remove.setVisible(item is not None)
        self.clear_errors()
        self.show_problem("")
        if item is None:
            self._offer_units(LineKind.OTHER)
            self.show_values({KIND: LineKind.OTHER.value, DAY: day, TEXT: "", QUANTITY: "1", PRICE: ""})
        else:
            self._fill(item)
        self._begun = self.values()
        self.result.setText("")

    def offer(self, suggestions: Sequence[DraftItem]) -> None:
        """Offer what the customer's record knows of visits."""
        for link in self._links:
            self._hints.removeWidget(link)
            link.deleteLater()
        self._suggestions = tuple(suggestions)
        self._links = [Link(words.suggestion_words(one), self, px=13, icon="plus") for one in suggestions]
        for link in self._links:
            link.clicked.connect(self._on_suggestion_clicked)
            self._hints.addWidget(link)
        self._offer.setVisible(bool(suggestions))

    def suggestions(self) -> list[Link]:
        """Return the links of what is offered."""
        return self._links

    def item(self) -> DraftItem | None:
        """Return the item that is changed, None for a new one."""
        return self._item

    def begun(self) -> Values:
        """Return what the form began with."""
        return self._begun

    def take_over(self, values: Values) -> None:
        """Show what was decided of an item that somebody else changed meanwhile."""
        self._offer_units(LineKind(str(values[KIND])))
        self.show_values(values)
        self._show_result()

    def is_touched(self) -> bool:
        """Tell whether anything differs from how the form began."""
        return self.values() != self._begun

    def day(self) -> date | None:
        """Return the day of the service, None where none is typed."""
        return self._day.day()

    def show_rate(self, words_: str) -> None:
        """Say which rate of VAT belongs to the day."""
        self.rate.set_hint(words_)

    def typed_item(self) -> DraftItem:
        """Return what is typed. Raises RuleBroken at the field that is wrong.

        Included minutes are typed as they are spoken of, and taken off the invoice.
        """
        day = self.day()
        if day is None:
            raise RuleBroken(Rule.DATE_INVALID, field=DAY, value=self._day.text())
        name = checks.required(self.text(TEXT), TEXT)
        kind = LineKind(self.text(KIND))
        count = quantity(self.text(QUANTITY), QUANTITY)
        if kind is LineKind.INCLUDED_MINUTES:
            count = -abs(count)
        price = checks.cents(self.text(PRICE), PRICE)
        number = self._item.id if self._item else 0
        rate = self._item.vat_rate if self._item else None
        return DraftItem(number, kind, day, name, count, Unit(self.text(UNIT)), price, rate)

    # --- while it is typed

    def _fill(self, item: DraftItem) -> None:
        self._offer_units(item.kind)
        self.show_values(shown_item(item))

    def _offer_units(self, kind: LineKind) -> None:
        """Offer in what a kind of item may count; what is chosen stays where it can."""
        chosen = self._units.currentData()
        self._units.clear()
        for unit in UNITS[kind]:
            self._units.addItem(words.unit_name(unit), unit.value)
        if chosen is None or not self._units.choose(chosen):
            self._units.setCurrentIndex(0)

    def _on_suggestion_clicked(self) -> None:
        link = self.sender()
        chosen = next(
            (one for made, one in zip(self._links, self._suggestions, strict=True) if made is link), None
        )
        if chosen is not None:
            self._fill(chosen)
            self.clear_errors()
            self._show_result()
            self.focus_field(QUANTITY)
            self.edited.emit(TEXT)

    def _on_edited(self, name: str) -> None:
        if name == KIND:
            kind = LineKind(self.text(KIND))
            known = {words.kind_name(one) for one in words.ITEM_KINDS}
            self._offer_units(kind)
            if self.text(TEXT).strip() in {"", *known} and kind is not LineKind.OTHER:
                self.show_field(TEXT, words.kind_name(kind))
        if name == DAY:
            self.day_changed.emit()
        self.show_problem("")
        self._show_result()

    def _show_result(self) -> None:
        try:
            item = self.typed_item()
        except RuleBroken:
            self.result.setText("")
        else:
            self.result.setText(_("Comes to %(amount)s net.") % {"amount": text.money(words.item_net(item))})


def shown_item(item: DraftItem) -> dict[str, object]:
    """Return an item as the fields show it: included minutes are typed as they are spoken of."""
    count: Decimal = abs(item.quantity) if item.kind is LineKind.INCLUDED_MINUTES else item.quantity
    return {
        KIND: item.kind.value,
        DAY: item.day,
        TEXT: item.text,
        QUANTITY: typed_quantity(count),
        UNIT: item.unit.value,
        PRICE: typed_amount(item.price_cents),
    }

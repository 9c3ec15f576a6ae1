"""Four cards that show what each rounding rule makes of the same session, so that the owner can choose."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.domain.money import charge
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.i18n import _
from laverma_desk.ui.widgets.choice_card import ChoiceCard
from laverma_desk.ui.widgets.label import Label

EXAMPLE_SECONDS = 12 * 60 + 22


class RoundingChoice(QWidget):
    """The heading, and below it the cards two by two. Emits `rounding_chosen` when a person chooses."""

    rounding_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._silent = False
        self.setAccessibleName(_("Rounding"))
        words = {
            Rounding.STARTED_MINUTE: (_("Every started minute"), _("22 seconds count as a whole minute.")),
            Rounding.NEAREST_MINUTE: (_("To the nearest minute"), _("From 30 seconds on the minute counts.")),
            Rounding.FULL_MINUTE: (_("Full minutes only"), _("The started minute is free.")),
            Rounding.EXACT_SECOND: (_("Exact to the second"), _("742 seconds, rounded to the cent.")),
        }
        cards = QWidget(self)
        self.cards = {
            rounding: ChoiceCard(title, hint, parent=cards) for rounding, (title, hint) in words.items()
        }
        grid = QGridLayout(cards)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        for place, card in enumerate(self.cards.values()):
            grid.addWidget(card, place // 2, place % 2)
            card.toggled.connect(self._on_card_toggled)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(_("Rounding"), self, px=16, weight=600))
        self._lead = Label("", self, tone="muted")
        column.addWidget(self._lead)
        column.addSpacing(12)
        column.addWidget(cards)
        self.set_current(Rounding.STARTED_MINUTE)
        self._lead.setText(
            _("A session of %(duration)s costs, net:") % {"duration": text.duration(EXAMPLE_SECONDS)}
        )

    def current(self) -> Rounding:
        """Return the chosen rule."""
        return next(rounding for rounding, card in self.cards.items() if card.isChecked())

    def set_current(self, rounding: Rounding) -> None:
        """Choose a rule without a signal."""
        self._silent = True
        self.cards[rounding].setChecked(True)
        self._silent = False

    def show_amounts(self, tariffs: dict[Rounding, Tariff | None]) -> None:
        """Show what the example costs under each tariff; a dash where there is no price to count with."""
        for rounding, tariff in tariffs.items():
            if tariff is None:
                self.cards[rounding].set_amount("–")
                continue
            cost = charge(EXAMPLE_SECONDS, tariff)
            billed = text.billed_time(cost)
            self.cards[rounding].set_amount(f"{billed} · {text.money(cost.net_cents)}")

    def _on_card_toggled(self, on: bool) -> None:
        if not on:
            return
        self.setFocusProxy(self.cards[self.current()])
        if not self._silent:
            self.rounding_chosen.emit()

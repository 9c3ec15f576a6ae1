"""The card on top of the report page: which session this is, how long it took, what it costs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label

_COLUMNS = (228, 164, 78)
_GAP = 8


@dataclass(frozen=True)
class Summary:
    """The words of the card; `formula` stands before the amount, which is set bold."""

    partner: str
    begin: str
    duration: str
    supporter: str
    formula: str
    amount: str


class SummaryCard(Card):
    """Two rows of muted names and their values, 112 px high. It shows time and money and changes neither."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(112)
        self.body.setContentsMargins(17, 16, 17, 16)
        self._partner = Label("", self, weight=600)
        self._begin = Label("", self, weight=600)
        self._duration = Label("", self, weight=600)
        self._supporter = Label("", self, weight=600)
        self._formula = Label("", self)
        self._amount = Label("", self, weight=600)
        billing = QHBoxLayout()
        billing.setSpacing(0)
        billing.addWidget(self._formula)
        billing.addWidget(self._amount)
        billing.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(8)
        for column, share in enumerate(_COLUMNS):
            grid.setColumnStretch(column, share)
        grid.addLayout(self._named(_("Partner"), self._partner), 0, 0)
        grid.addLayout(self._named(_("Begin"), self._begin), 0, 1)
        grid.addLayout(self._named(_("Duration"), self._duration), 0, 2)
        grid.addLayout(self._named(_("Supporter"), self._supporter), 1, 0)
        named_billing = self._named(_("Billing"), None)
        named_billing.addLayout(billing)
        grid.addLayout(named_billing, 1, 1, 1, 2)
        self.body.addLayout(grid)

    def show_summary(self, summary: Summary) -> None:
        """Show a session."""
        self._partner.setText(summary.partner)
        self._begin.setText(summary.begin)
        self._duration.setText(summary.duration)
        self._supporter.setText(summary.supporter)
        self._formula.setText(summary.formula)
        self._amount.setText(summary.amount)
        self.setAccessibleName(
            ", ".join(
                (summary.partner, summary.begin, summary.duration, f"{summary.formula}{summary.amount}")
            )
        )

    def _named(self, name: str, value: Label | None) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, 0, _GAP, 0)
        column.addWidget(Label(name, self, px=12, tone="muted", line=16))
        if value is not None:
            # The columns keep their places, whatever stands in them.
            value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            column.addWidget(value)
        return column

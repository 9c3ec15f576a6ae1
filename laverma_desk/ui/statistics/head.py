"""The page's first line: its name, the filters, and the export."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.services.statistics.files import KINDS
from laverma_desk.ui import fonts
from laverma_desk.ui.history.export_button import ExportButton
from laverma_desk.ui.history.periods import OF_FIGURES, Period
from laverma_desk.ui.history.session_filters import SessionFilters
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.statistics.wanted import period_words
from laverma_desk.ui.widgets.label import Label

_PERIOD, _CUSTOMER, _SUPPORTER = 232, 136, 160
_ROOM = _PERIOD - 66
"""What is left for the words of the period."""


class StatisticsHead(SessionFilters):
    """The filters of the figures, which have periods of their own and may leave out the supporter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, OF_FIGURES)
        self.export = ExportButton(KINDS, _("Export the figures"), self)
        self.export.setToolTip(f"{_('Export the figures')} ({key_name('Alt+E')})")
        self.export.setAccessibleDescription(key_name("Alt+E"))
        for button, wide, key in (
            (self.period, _PERIOD, "Alt+Z"),
            (self.customer, _CUSTOMER, "Alt+K"),
            (self.supporter, _SUPPORTER, "Alt+U"),
        ):
            button.setFixedWidth(wide)
            button.setAccessibleDescription(key_name(key))
        self.loading = Label(_("Loading …"), self, px=13, tone="muted")
        self.loading.hide()
        self.row.addWidget(Label(_("Statistics"), self, px=20, weight=600, line=32))
        self.row.addWidget(self.loading, 1)
        self.row.addStretch(1)
        for one in (self.period, self.customer, self.supporter, self.export):
            self.row.addWidget(one)
        self.export.kind_chosen.connect(self.export_wanted)

    def period_words(self, period: Period) -> str:
        """Return a period as the button shows it, shorter where it would be cut."""
        words = period_words(period, self._today)
        if fonts.width(words, 13, 500) > _ROOM:
            return period_words(period, self._today, short=True)
        return words

    def show_supporters(self, supporters: Sequence[tuple[int, str]], *, wanted: bool) -> None:
        """Offer these supporters, or no such filter where the house does not want figures of a person."""
        self.offer_supporters(supporters)
        self.supporter.setVisible(wanted)

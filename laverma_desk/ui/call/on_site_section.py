"""Remote or on site: the meter and the two amounts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.call.not_possible_link import NotPossibleLink
from laverma_desk.ui.call.on_site_reading import OnSiteReading
from laverma_desk.ui.widgets.context_panel import KeyValues, PanelSection
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.meter import Meter


class OnSiteSection(PanelSection):
    """The comparison; without an on-site price a quiet sentence says why there is none.

    `not_possible` leads on where remote support is no way at all.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Remote or on site?"), parent=parent)
        self._reading: OnSiteReading | None = None
        self._headline = Label("", self, weight=500, line=24, tone="green")
        self._none = Label(
            _("No on-site price is set for this customer."), self, px=13, tone="muted", wrap=True
        )
        self._meter = Meter(self)
        self._meter.setAccessibleName(_("Remote or on site?"))
        self._rows = KeyValues(self, sums=True)
        self.body.addWidget(self._headline)
        self.body.addWidget(self._none)
        self.body.addSpacing(9)
        self.body.addWidget(self._meter)
        self.body.addSpacing(9)
        self.body.addWidget(self._rows)
        self.not_possible = NotPossibleLink(self)
        self.body.addSpacing(8)
        self.body.addWidget(self.not_possible)
        self._show_parts()

    def show_reading(self, reading: OnSiteReading | None) -> None:
        """Show a comparison; the same again costs nothing."""
        if reading == self._reading:
            return
        self._reading = reading
        self._show_parts()

    def reading(self) -> OnSiteReading | None:
        """Return what is shown."""
        return self._reading

    def _show_parts(self) -> None:
        reading = self._reading
        for part in (self._headline, self._meter, self._rows):
            part.setVisible(reading is not None)
        self._none.setVisible(reading is None)
        if reading is not None:
            self._headline.setText(reading.headline)
            self._headline.set_tone(reading.tone)
            self._meter.show_reading(reading.meter)
            self._rows.show_rows(reading.rows)

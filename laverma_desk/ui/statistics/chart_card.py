"""A card with a chart, and the table behind it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.statistics.legend import Legend
from laverma_desk.ui.statistics.reading import CardKey, CardReading, ListReading
from laverma_desk.ui.statistics.table_toggle import TableToggle
from laverma_desk.ui.widgets.bar_chart import BarChart, BarChartReading
from laverma_desk.ui.widgets.bar_list import BarList
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.figure_table import FigureTable
from laverma_desk.ui.widgets.hour_grid import HourGrid, HourGridReading
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

_HEAD, _ROW = 39, 32


@dataclass(frozen=True)
class Chosen:
    """A bar, or a row of the table, that should lead on."""

    card: CardKey
    place: int
    in_table: bool


class ChartCard(Card):
    """Title, the switch to the table, and the chart. Emits `chosen(Chosen)`."""

    chosen = Signal(object)

    def __init__(
        self,
        key: CardKey,
        chart: BarChart | BarList | HourGrid,
        height: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.key, self.chart = key, chart
        self.setFixedHeight(height)
        self._title = Label("", self, weight=600, line=24)
        self.toggle = TableToggle(self)
        self._legend = Legend(self)
        self._legend.setVisible(key in {CardKey.MINUTES, CardKey.SUPPORTERS})
        strong = 500 if key is CardKey.REVENUE else 400
        tone = "text" if key is CardKey.REVENUE else "muted"
        self._aside = Label("", self, px=13, weight=strong, tone=tone, align="right")
        self.all_customers = Link(_("All customers"), self, px=13)
        self.all_customers.setVisible(key is CardKey.CUSTOMERS)
        self._nothing = Label("", self, px=13, tone="muted", wrap=True)
        self._foot = Label("", self, px=13, tone="muted", line=20)
        self.table = FigureTable("", self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.toggle.toggled.connect(self._on_toggled)
        self.all_customers.clicked.connect(self._on_all_customers_clicked)
        chart.bar_chosen.connect(self._on_bar_chosen)
        self.table.row_chosen.connect(self._on_row_chosen)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self.toggle)
        head.addStretch(1)
        for aside in (self._legend, self._aside, self.all_customers):
            head.addWidget(aside)
        top = QWidget(self)
        top.setFixedHeight(_HEAD)
        top.setLayout(head)
        page = QWidget(self)
        column = QVBoxLayout(page)
        across = isinstance(self.chart, BarList)
        column.setContentsMargins(16, 8 if across else 0, 16 if across else 14, 0)
        column.setSpacing(0)
        for one in (self._nothing, self.chart, self._foot):
            column.addWidget(one)
        column.addStretch(1)
        behind = QWidget(self)
        below = QVBoxLayout(behind)
        below.setContentsMargins(0, 0, 0, 9)  # The card is round there.
        below.addWidget(self.table)
        self._stack.addWidget(page)
        self._stack.addWidget(behind)
        self.body.addWidget(top)
        self.body.addWidget(self._stack, 1)

    def show_reading(self, reading: CardReading) -> None:
        """Show other figures; the table stays in front where it is."""
        self._title.setText(reading.title)
        self.toggle.name_for(reading.title)
        self.table.setAccessibleName(reading.title)
        self.chart.setAccessibleName(reading.title)
        self._aside.setText(reading.aside)
        self._aside.setVisible(bool(reading.aside))
        self._nothing.setText(reading.nothing)
        self._nothing.setVisible(bool(reading.nothing))
        self.chart.setVisible(reading.chart is not None)
        self._foot.setText(reading.foot)
        self._foot.setVisible(bool(reading.foot))
        self._show_chart(reading)
        self.table.show_words(reading.table)
        some = len(reading.table.rows) > 0
        self.toggle.setVisible(some)
        if not some:
            self.toggle.setChecked(False)

    def _show_chart(self, reading: CardReading) -> None:
        match self.chart, reading.chart:
            case BarChart() as chart, BarChartReading() as bars:
                chart.show_reading(bars)
            case BarList() as chart, ListReading() as bars:
                chart.show_bars(bars.bars, bars.essence)
                room = self.height() - _HEAD - 10 - _ROW * len(bars.bars)
                self._foot.setFixedHeight(_ROW if room >= _ROW else 20)
            case HourGrid() as chart, HourGridReading() as bars:
                chart.show_reading(bars)

    def title(self) -> str:
        """Return what the card is called."""
        return self._title.text()

    def words(self) -> tuple[str, str, str]:
        """Return what stands at the title's right, in the chart's place, and below."""
        return self._aside.text(), self._nothing.text(), self._foot.text()

    def shows_table(self) -> bool:
        """Return whether the table is in front."""
        return self._stack.currentIndex() == 1

    def _on_toggled(self, on: bool) -> None:
        self._stack.setCurrentIndex(1 if on else 0)

    def _on_all_customers_clicked(self) -> None:
        self.toggle.setChecked(True)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_bar_chosen(self, place: int) -> None:
        self.chosen.emit(Chosen(self.key, place, in_table=False))

    def _on_row_chosen(self, place: int) -> None:
        self.chosen.emit(Chosen(self.key, place, in_table=True))

"""The page of figures as it is seen: filters, four figures, and the cards two by two below."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.statistics.chart_card import ChartCard
from laverma_desk.ui.statistics.handover_card import HandoverCard
from laverma_desk.ui.statistics.head import StatisticsHead
from laverma_desk.ui.statistics.key_card import KeyCard
from laverma_desk.ui.statistics.reading import CardKey, PageReading
from laverma_desk.ui.widgets.bar_chart import BarChart
from laverma_desk.ui.widgets.bar_list import BarList
from laverma_desk.ui.widgets.hour_grid import HourGrid
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.notice_bar import NoticeBar
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea
from laverma_desk.ui.widgets.progress_line import ProgressLine

_GAP, _EDGE = 16, 24
_HIGH, _LOW = 264, 240
_LONG_NAMES = 232


class StatisticsPanel(QWidget):
    """All parts of the page. Emits `chosen(Chosen)` and `reset_wanted`; the parts have their own signals."""

    chosen = Signal(object)
    reset_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = StatisticsHead(self)
        self.progress = ProgressLine(self)
        self.notice = NoticeBar(self)
        self.area = OverlayScrollArea(self)
        content = QWidget()
        self.figures = [KeyCard(content) for _number in range(4)]
        self.cards = {card.key: card for card in _cards(content)}
        self.handover = HandoverCard(content)
        self._grid = QGridLayout()
        self._fill(content)
        self.area.setWidget(content)
        self._said = QWidget(self)
        self._sentence = Label("", self._said, tone="muted")
        self.reset = Link(_("Reset filters"), self._said)
        self._lay_out()
        for card in self.cards.values():
            card.chosen.connect(self.chosen)
        self.reset.clicked.connect(self._on_reset_clicked)
        self.show_nothing()

    def _fill(self, content: QWidget) -> None:
        across = QHBoxLayout()
        across.setSpacing(_GAP)
        for card in self.figures:
            across.addWidget(card, 1)
        self._grid.setSpacing(_GAP)
        for side in (0, 1):
            self._grid.setColumnStretch(side, 1)
        self._page = column = QVBoxLayout(content)
        column.setContentsMargins(_EDGE, 0, _EDGE, _EDGE)
        column.setSpacing(_GAP)
        column.addLayout(across)
        column.addLayout(self._grid)
        column.addWidget(self.handover)
        column.addStretch(1)

    def _lay_out(self) -> None:
        self._instead = QVBoxLayout(self._said)
        self._instead.setContentsMargins(_EDGE, 0, _EDGE, 0)
        self._instead.setSpacing(_EDGE)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._sentence, alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.reset, alignment=Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        self._instead.addLayout(line)
        self._instead.addStretch(1)
        running = QHBoxLayout()
        running.setContentsMargins(_EDGE, 0, _EDGE, 0)
        running.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.head)
        column.addLayout(running)
        column.addWidget(self._said, 1)
        column.addWidget(self.area, 1)

    def show_page(self, reading: PageReading) -> None:
        """Show other figures; cards that have none close up."""
        for top, figure in zip(self.figures, reading.figures, strict=True):
            top.show_figure(figure)
        place = 0
        for key, card in self.cards.items():
            self._grid.removeWidget(card)
            found = reading.cards.get(key)
            card.setVisible(found is not None)
            if found is not None:
                card.show_reading(found)
                self._grid.addWidget(card, place // 2, place % 2)
                place += 1
        self.show_sentence("", resettable=False)

    def show_sentence(self, sentence: str, *, resettable: bool) -> None:
        """Say why there is no figure, in place of all of them; an empty sentence brings them back."""
        self._sentence.setText(sentence)
        self.reset.setVisible(resettable)
        self._place_handover(self._instead if sentence else self._page)
        self._said.setVisible(bool(sentence))
        self.area.setVisible(not sentence)

    def _place_handover(self, column: QVBoxLayout) -> None:
        """Keep what follows from the figures within reach where there are none."""
        if column.indexOf(self.handover) < 0:
            column.insertWidget(column.count() - 1, self.handover)
            self.handover.show()

    def show_nothing(self) -> None:
        """Show neither figures nor a sentence: what is there is not known, or not any more."""
        self._sentence.setText("")
        self.reset.hide()
        self._said.show()
        self.area.hide()

    def sentence(self) -> str:
        """Return what is said in place of the figures."""
        return self._sentence.text()

    def focus_filters(self) -> None:
        """Put the focus where the page begins."""
        self.head.period.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the page keys move what is read, also from the filters."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            QApplication.sendEvent(self.area.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)

    def _on_reset_clicked(self) -> None:
        self.reset_wanted.emit()


def _cards(parent: QWidget) -> Iterator[ChartCard]:
    """Make the cards in the order in which they are read."""
    yield ChartCard(CardKey.MINUTES, BarChart("", parent), _HIGH, parent)
    yield ChartCard(CardKey.REVENUE, BarChart("", parent), _HIGH, parent)
    yield ChartCard(CardKey.CUSTOMERS, BarList("", parent), _LOW, parent)
    yield ChartCard(CardKey.REASONS, BarList("", parent), _LOW, parent)
    yield ChartCard(CardKey.HOURS, HourGrid("", parent), _HIGH, parent)
    named = BarList("", parent, name_width=_LONG_NAMES, cut="middle")
    yield ChartCard(CardKey.WORKSTATIONS, named, _HIGH, parent)
    yield ChartCard(CardKey.ON_SITE, BarList("", parent), _LOW, parent)
    yield ChartCard(CardKey.SUPPORTERS, BarList("", parent), _LOW, parent)

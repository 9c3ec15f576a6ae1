"""The rows of a history of any length: fetched when looked at, forgotten when far away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.history import (
    DaySums,
    HistoryFilter,
    HistoryOverview,
    HistoryRow,
    ReportMark,
    Sums,
)
from laverma_desk.services import history
from laverma_desk.ui.history import row_source
from laverma_desk.ui.history.history_model import HistoryModel
from laverma_desk.ui.history.history_view import HistoryView
from laverma_desk.ui.history.row_source import BLOCK, KEPT_ROWS, Block, RowSource
from laverma_desk.ui.history.words import LineWords

ALL = HistoryFilter(None, None)


@dataclass
class Ledger:
    """Days of sessions that are counted but made only when they are asked for."""

    days: int
    each: int
    asked: list[tuple[date, int]] = field(default_factory=list)
    trouble: Exception | None = None

    def day(self, place):
        return date(2026, 1, 1) - timedelta(days=place)

    def overview(self):
        sums = Sums(self.each, self.each * 60, self.each, self.each * 225)
        found = tuple(DaySums(self.day(place), sums) for place in range(self.days))
        return HistoryOverview(ALL, found, Sums(*(self.days * one for one in vars(sums).values())))

    def rows(self, _desk, _wanted, day, first, count):
        self.asked.append((day, first))
        if self.trouble is not None:
            raise self.trouble
        begin = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        ordinal = day.toordinal() * 1_000_000
        return [
            HistoryRow(
                ordinal + place, f"S-{ordinal + place}", begin, 60, "Praxis", "PC", "K", "n", 0, True, "",
                225, ReportMark.SENT, None, False, False,
            )
            for place in range(first, min(first + count, self.each))
        ]  # fmt: skip


@pytest.fixture
def ledger(monkeypatch):
    made = Ledger(days=2000, each=500)
    monkeypatch.setattr(history, "rows", made.rows)
    return made


@pytest.fixture
def source(surroundings, owner):
    return RowSource(surroundings, owner)


@pytest.fixture
def model(source):
    return HistoryModel(source, source)


def test_a_million_sessions_are_counted_without_a_row_being_read(ledger, model):
    model.show_overview(ledger.overview())
    assert model.rowCount() == 2000 * 501
    assert ledger.asked == []


def test_a_row_brings_its_block_and_the_block_serves_its_neighbours(ledger, model):
    model.show_overview(ledger.overview())
    assert model.is_day(501)
    first = model.session_at(502)
    last = model.session_at(501 + BLOCK)
    assert (first.id % 1_000_000, last.id % 1_000_000) == (0, BLOCK - 1)
    assert ledger.asked == [(ledger.day(1), 0)]
    model.session_at(501 + BLOCK + 1)
    assert ledger.asked[1:] == [(ledger.day(1), BLOCK)]


def test_walking_on_keeps_only_so_many_rows(ledger, model, source):
    model.show_overview(ledger.overview())
    for row in range(1, 60_000, 250):
        model.words_at(row)
        assert source.kept_rows <= KEPT_ROWS
    assert isinstance(model.words_at(model.rowCount() - 1), LineWords)


def test_a_view_of_a_million_rows_reaches_the_end_with_one_key(ledger, model, qtbot):
    model.show_overview(ledger.overview())
    view = HistoryView(model, None)
    qtbot.addWidget(view)
    view.resize(1104, 384)
    view.show()
    qtbot.waitExposed(view)
    view.choose(model.rowCount() - 1)
    view.grab()
    assert len(ledger.asked) <= 4
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_where_a_block_takes_long_the_next_ones_come_from_the_background(
    ledger, model, source, monkeypatch, qtbot
):
    monkeypatch.setattr(row_source, "FAST_SECONDS", -1.0)
    model.show_overview(ledger.overview())
    assert model.words_at(1) is not None
    assert model.words_at(502) is None
    assert model.index(502, 3).data() == "Lädt …"
    with qtbot.waitSignal(source.arrived) as arrived:
        pass
    assert arrived.args == [Block(ledger.day(1), 0)]
    assert model.words_at(502) is not None


def test_rows_that_are_late_say_so(ledger, model, source, monkeypatch, qtbot):
    monkeypatch.setattr(row_source, "FAST_SECONDS", -1.0)
    model.show_overview(ledger.overview())
    model.words_at(1)
    model.words_at(502)
    source._timer.timeout.emit()
    assert model.is_late
    with qtbot.waitSignal(source.arrived):
        pass
    assert not model.is_late


def test_rows_of_an_earlier_filter_are_dropped(ledger, model, source, monkeypatch, surroundings, qtbot):
    monkeypatch.setattr(row_source, "FAST_SECONDS", -1.0)
    model.show_overview(ledger.overview())
    model.words_at(1)
    model.words_at(502)
    source.open(HistoryFilter(None, None, text="anders"))
    qtbot.waitUntil(lambda: not surroundings.background.busy)
    assert source.kept_rows == 0


def test_a_file_that_cannot_be_read_is_told_and_the_table_stands(ledger, model, source):
    told = []
    source.failed.connect(told.append)
    model.show_overview(ledger.overview())
    ledger.trouble = OutsideTrouble(Trouble.DATABASE_BUSY)
    assert model.words_at(1) is None
    assert [one.code for one in told] == [Trouble.DATABASE_BUSY]


def test_a_session_is_found_again_in_its_day_only(ledger, model):
    model.show_overview(ledger.overview())
    wanted = ledger.day(7).toordinal() * 1_000_000 + 300
    assert model.row_of(wanted, ledger.day(7)) == 7 * 501 + 1 + 300
    assert model.row_of(wanted, ledger.day(8)) == -1
    assert model.row_of(wanted, date(1999, 1, 1)) == -1


def test_a_session_that_vanished_between_count_and_read_leaves_an_empty_row(ledger, model):
    model.show_overview(ledger.overview())
    ledger.each = 10
    assert model.session_at(400) is None
    assert model.words_at(400) is None


def test_lines_that_are_read_already_are_not_asked_for_again(ledger, model):
    overview = ledger.overview()
    newest = ledger.rows(None, ALL, ledger.day(0), 0, BLOCK)
    ledger.asked.clear()
    model.show_overview(overview, newest)
    assert model.session_at(1) == newest[0]
    assert model.session_at(BLOCK) == newest[-1]
    assert ledger.asked == []
    assert model.session_at(1 + BLOCK).id == newest[-1].id + 1
    assert ledger.asked == [(ledger.day(0), BLOCK)]


def test_a_day_of_which_only_some_lines_are_read_is_asked_for(ledger, model):
    newest = ledger.rows(None, ALL, ledger.day(0), 0, BLOCK - 1)
    ledger.asked.clear()
    model.show_overview(ledger.overview(), newest)
    assert model.session_at(BLOCK).id == newest[-1].id + 1
    assert ledger.asked == [(ledger.day(0), 0)]

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.company import FiguresSettings
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.history import HistoryStatus
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup.house_figures import save_figures_settings
from laverma_desk.ui.announcing import voice
from laverma_desk.ui.background import Lane
from laverma_desk.ui.history.period_popup import PeriodPopup
from laverma_desk.ui.history.periods import OF_FIGURES, Preset
from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.statistics import controller as controllers
from laverma_desk.ui.statistics.reading import CardKey
from laverma_desk.ui.widgets.choice_popup import ChoicePopup
from tests.support.history_desks import Told
from tests.support.statistics_page import key_figures, press, settle

YEAR = (date(2021, 4, 1), date(2022, 3, 31))


def popup_of(kind):
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def take_period(page, qtbot, preset):
    popup = page.panel.head.open_period()
    next(one for one in popup.presets if one.preset is preset).click()
    settle(page, qtbot)


def test_the_four_figures_of_the_last_twelve_months(picture, page):
    page.bring()
    assert page.panel.head.period.value() == "April 2021 – März 2022"
    assert key_figures(page) == [
        ("149", "9 Sitzungen in 12 Monaten"),
        ("308,25\u00a0€", "137\u00a0Min × 2,25\u00a0€"),
        ("91,9\u00a0%", "12\u00a0Min kostenlos"),
        ("00:16:03", "März 2022: 00:12:20"),
    ]
    assert page.panel.figures[1].accessibleName().startswith("Umsatz netto: 308,25")


def test_every_card_shows_what_the_sessions_were(picture, page):
    page.bring()
    cards = page.panel.cards
    minutes = cards[CardKey.MINUTES].chart.reading()
    assert [(one.label, one.value, one.outline) for one in minutes.bars[-2:]] == [
        ("Feb", 106, 5),
        ("Mär", 31, 7),
    ]
    assert [one.bold for one in minutes.bars] == [False] * 11 + [True]
    assert cards[CardKey.REVENUE].words()[0] == "März 69,75\u00a0€"
    shown = [(one.name, one.shown) for one in cards[CardKey.CUSTOMERS].chart.bars()]
    assert shown[0] == ("Zahnärzte am Markt", "114,75\u00a0€")
    assert len(shown) == 5
    reasons = [(one.name, one.shown) for one in cards[CardKey.REASONS].chart.bars()]
    assert reasons == [("Kulanz", "7\u00a0Min"), ("Garantie", "5\u00a0Min")]
    assert cards[CardKey.REASONS].words() == ("12\u00a0Min", "", "Entgangener Umsatz 27,00\u00a0€")
    assert cards[CardKey.WORKSTATIONS].chart.bars()[0].name == "Zahnärzte am Markt – Server"
    assert cards[CardKey.ON_SITE].words()[1] == "Keine Sitzung war teurer als ein Besuch."
    assert not cards[CardKey.ON_SITE].chart.isVisibleTo(page.panel)
    supporters = [(one.name, one.value, one.outline) for one in cards[CardKey.SUPPORTERS].chart.bars()]
    assert supporters == [("Klaus Klassen", 127, 0), ("Jana Petersen", 10, 12)]


def test_each_card_has_its_table_behind_the_chart(picture, page, qtbot):
    page.bring()
    for card in page.panel.cards.values():
        assert not card.shows_table()
        some = card.key is not CardKey.ON_SITE
        assert card.toggle.isVisibleTo(card) is some
        if not some:
            continue
        card.toggle.click()
        assert card.shows_table()
        assert card.table.rows.rowCount() > 0
        assert card.table.accessibleName() == card.title()
    table = page.panel.cards[CardKey.MINUTES].table.rows.words
    assert table.headings[0] == "Monat"
    assert table.rows[-1][:2] == ("März 2022", "3")
    assert len(table.rows) == 12


def test_all_customers_stand_in_the_table(picture, page):
    page.bring()
    card = page.panel.cards[CardKey.CUSTOMERS]
    card.all_customers.click()
    assert card.shows_table()
    assert page.shell.focusWidget() is card.table
    assert len(card.table.rows.words.rows) == 7


def test_a_desk_without_sessions_says_so(page):
    page.bring()
    assert page.panel.sentence() == "Noch keine Daten für diesen Zeitraum."
    assert not page.panel.area.isVisible()
    assert not page.panel.reset.isVisible()


def test_an_empty_filter_can_be_taken_back(picture, page, qtbot):
    page.bring()
    take_period(page, qtbot, Preset.LAST_YEAR)
    assert page.panel.head.period.value() == "2021"
    assert page.panel.sentence() == "Noch keine Daten für diesen Zeitraum."
    page.panel.reset.click()
    settle(page, qtbot)
    assert page.panel.sentence() == ""
    assert page.panel.area.isVisible()
    assert key_figures(page)[0][0] == "149"


@pytest.mark.parametrize(
    ("preset", "words", "minutes"),
    [
        (Preset.THIS_MONTH, "März 2022", "38"),
        (Preset.LAST_MONTH, "Februar 2022", "111"),
        (Preset.ALL, "Gesamter Zeitraum", "149"),
    ],
)
def test_a_named_period_is_taken_at_once(picture, page, qtbot, preset, words, minutes):
    page.bring()
    take_period(page, qtbot, preset)
    assert page.panel.head.period.value() == words
    assert key_figures(page)[0][0] == minutes


def test_the_periods_are_those_that_figures_are_compared_over(picture, page):
    page.bring()
    popup = page.panel.head.open_period()
    assert tuple(one.preset for one in popup.presets) == OF_FIGURES
    assert popup.focusWidget() is popup.presets[0]
    popup.close()


def test_a_customer_is_found_by_typing(picture, page, qtbot):
    page.bring()
    press(page, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    settle(page, qtbot)
    popup = popup_of(ChoicePopup)
    QTest.keyClicks(popup.search, "lindner")
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert page.panel.head.customer.value() == "KFO Dr. Lindner"
    assert key_figures(page)[0] == ("35", "2 Sitzungen in 12 Monaten")
    assert CardKey.SUPPORTERS not in page._shown.cards


def test_a_supporter_is_chosen(picture, page, qtbot):
    page.bring()
    press(page, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    popup = popup_of(ChoicePopup)
    assert [one.name for one in popup._model.shown] == ["Alle", "Jana Petersen", "Klaus Klassen"]
    popup._take(popup._model.index(1))
    settle(page, qtbot)
    assert page.panel.head.supporter.value() == "Jana Petersen"
    assert key_figures(page)[0][0] == "22"
    assert not page.panel.cards[CardKey.SUPPORTERS].isVisibleTo(page.panel)


def test_a_house_without_figures_of_a_person_has_no_such_filter(picture, page, desk, qtbot):
    page.surroundings.bus.publish(save_figures_settings(desk, FiguresSettings(per_supporter=False)))
    page.bring()
    assert not page.panel.head.supporter.isVisible()
    assert not page.panel.cards[CardKey.SUPPORTERS].isVisibleTo(page.panel)
    assert page.panel.head.open_supporters() is None
    page.surroundings.bus.publish(save_figures_settings(desk, FiguresSettings(per_supporter=True)))
    settle(page, qtbot)
    assert page.panel.head.supporter.isVisible()
    assert page.panel.cards[CardKey.SUPPORTERS].isVisibleTo(page.panel)


def test_without_figures_of_a_person_no_bar_leads_to_one(picture, page, desk, qtbot):
    page.bring()
    page.panel.head.wish_changed.emit(Wish(YEAR, supporter_id=2, supporter="Jana Petersen"))
    settle(page, qtbot)
    assert page._shown.cards[CardKey.REVENUE].ways[-1].supporter_id == 2
    page.surroundings.bus.publish(save_figures_settings(desk, FiguresSettings(per_supporter=False)))
    settle(page, qtbot)
    assert key_figures(page)[0][0] == "149"
    with qtbot.waitSignal(page.sessions_wanted) as wanted:
        page.panel.cards[CardKey.REVENUE].chart.bar_chosen.emit(11)
    assert (wanted.args[0].supporter_id, wanted.args[0].supporter) == (None, "")


def test_what_happens_is_counted_while_the_page_is_in_front(picture, page, teller, qtbot, clock):
    page.bring()
    teller.tell(Told(datetime(2022, 3, 1, 10, 40), 600, "KFO Dr. Lindner – Rezeption 2", "Maus"))  # noqa: DTZ001
    page.surroundings.bus.announce(Topic.SESSIONS)
    settle(page, qtbot)
    assert key_figures(page)[0] == ("159", "10 Sitzungen in 12 Monaten")


def test_behind_another_page_nothing_is_read_before_it_comes_back(picture, page, teller, qtbot):
    page.bring()
    page.leave()
    teller.tell(Told(datetime(2022, 3, 1, 10, 40), 600, "KFO Dr. Lindner – Rezeption 2", "Maus"))  # noqa: DTZ001
    page.surroundings.bus.announce(Topic.SESSIONS)
    assert not page.surroundings.background.busy
    assert key_figures(page)[0][0] == "149"
    page.bring()
    assert key_figures(page)[0][0] == "159"


def test_a_page_that_comes_back_unchanged_is_not_read_again(picture, page):
    page.bring()
    page.leave()
    page.activate()
    assert not page.surroundings.background.busy
    assert page.panel.head.period.hasFocus()


def test_nobody_reads_on_for_a_page_that_was_left(picture, page, qtbot):
    gate = threading.Event()
    page.surroundings.background.run(page, partial(gate.wait, 10), lambda _done: None, print, Lane.LONG)
    page.activate()
    page.leave()
    gate.set()
    settle(page, qtbot)
    assert page._shown is None
    page.bring()
    assert key_figures(page)[0][0] == "149"


def test_it_says_that_it_loads_only_where_nothing_is_shown_yet(picture, page, qtbot):
    gate = threading.Event()
    page.surroundings.background.run(page, partial(gate.wait, 10), lambda _done: None, print, Lane.LONG)
    page.activate()
    qtbot.waitUntil(lambda: page.panel.sentence() == "Lädt …")
    gate.set()
    settle(page, qtbot)
    assert page.panel.sentence() == ""
    gate.clear()
    page.surroundings.background.run(page, partial(gate.wait, 10), lambda _done: None, print, Lane.LONG)
    page.reload()
    assert not page.panel.head.loading.isVisible()
    qtbot.waitUntil(page.panel.head.loading.isVisible)
    assert page.panel.sentence() == ""
    assert key_figures(page)[0][0] == "149"
    gate.set()
    settle(page, qtbot)
    assert not page.panel.head.loading.isVisible()


def test_a_desk_that_cannot_be_read_is_explained(picture, page, qtbot, monkeypatch):
    def refuse(*_args):
        raise OutsideTrouble(Trouble.DISK_FULL)

    page.bring()
    with monkeypatch.context() as broken:
        broken.setattr(controllers, "load", refuse)
        page.reload()
        settle(page, qtbot)
    assert page.panel.notice.isVisible()
    assert key_figures(page)[0][0] == "149"
    page.leave()
    page.bring()
    assert not page.panel.notice.isVisible()


def test_what_cannot_be_read_at_first_is_neither_loading_nor_empty_cards(picture, page, qtbot, monkeypatch):
    gate = threading.Event()

    def refuse(*_args):
        gate.wait(10)
        raise OutsideTrouble(Trouble.DISK_FULL)

    assert not page.panel.area.isVisible()
    with monkeypatch.context() as broken:
        broken.setattr(controllers, "load", refuse)
        page.activate()
        assert not page.panel.area.isVisible()
        qtbot.waitUntil(lambda: page.panel.sentence() == "Lädt …")
        gate.set()
        settle(page, qtbot)
    assert page.panel.notice.isVisible()
    assert (page.panel.sentence(), page.panel.area.isVisible()) == ("", False)
    assert page.panel.head.y() == page.panel.notice.height()
    page.bring()
    assert page.panel.area.isVisible()


def test_a_period_with_a_name_goes_along_with_the_days(picture, page, clock):
    page.bring()
    page.leave()
    clock.set_wall(datetime(2022, 4, 2, 9, tzinfo=UTC))
    page.bring()
    assert page.panel.head.period.value() == "Mai 2021 – April 2022"


def test_what_was_asked_for_is_said_aloud_and_what_happens_by_itself_is_not(picture, page, qtbot):
    page.bring()
    heard = []
    voice.spoke.connect(heard.append)
    take_period(page, qtbot, Preset.LAST_MONTH)
    assert heard == ["Minuten gesamt: 111, 6 Sitzungen in 1 Monat"]
    page.surroundings.bus.announce(Topic.SESSIONS)
    settle(page, qtbot)
    take_period(page, qtbot, Preset.LAST_YEAR)
    voice.spoke.disconnect(heard.append)
    assert heard[1:] == ["Noch keine Daten für diesen Zeitraum."]


def test_any_other_period_stays(picture, page, clock, qtbot):
    page.bring()
    page.panel.head._on_period_taken((date(2022, 2, 2), date(2022, 2, 28)))
    settle(page, qtbot)
    page.leave()
    clock.set_wall(datetime(2022, 4, 2, 9, tzinfo=UTC))
    page.bring()
    assert page.panel.head.period.value() == "02.02.2022 – 28.02.2022"


def test_a_long_period_takes_three_letters_of_its_months(picture, page, qtbot):
    page.bring()
    page.panel.head._on_period_taken((date(2021, 9, 1), date(2022, 12, 31)))
    settle(page, qtbot)
    assert page.panel.head.period.value() == "Sep 2021 – Dez 2022"


# --- where bars lead


@pytest.mark.parametrize("from_table", [False, True])
def test_a_month_leads_to_its_sessions(picture, page, qtbot, from_table):
    page.bring()
    card = page.panel.cards[CardKey.MINUTES]
    with qtbot.waitSignal(page.sessions_wanted) as told:
        (card.table.row_chosen if from_table else card.chart.bar_chosen).emit(10)
    assert told.args == [Wish((date(2022, 2, 1), date(2022, 2, 28)))]


def test_a_customer_leads_to_its_sessions_of_the_period(picture, page, qtbot, teller):
    page.bring()
    card = page.panel.cards[CardKey.CUSTOMERS]
    lindner = teller.customer("KFO Dr. Lindner")
    with qtbot.waitSignal(page.sessions_wanted) as told:
        card.chart.bar_chosen.emit(1)
    assert told.args == [Wish(YEAR, customer_id=lindner, customer="KFO Dr. Lindner")]
    card.all_customers.click()
    with qtbot.waitSignal(page.sessions_wanted) as told:
        card.table.setCurrentIndex(card.table.rows.index(6, 0))
        press(page, Qt.Key.Key_Return)
    assert told.args[0].customer == "Praxis Dr. Vogt"


def test_a_reason_leads_to_what_was_free(picture, page, qtbot):
    page.bring()
    with qtbot.waitSignal(page.sessions_wanted) as told:
        page.panel.cards[CardKey.REASONS].chart.bar_chosen.emit(0)
    assert told.args == [Wish(YEAR, status=HistoryStatus.FREE)]


def test_a_supporter_leads_to_what_he_did(picture, page, qtbot, teller):
    page.bring()
    with qtbot.waitSignal(page.sessions_wanted) as told:
        page.panel.cards[CardKey.SUPPORTERS].chart.bar_chosen.emit(1)
    jana = teller.supporter("Jana Petersen")
    assert told.args == [Wish(YEAR, supporter_id=jana, supporter="Jana Petersen")]


def test_an_hour_leads_nowhere(picture, page, qtbot):
    page.bring()
    with qtbot.assertNotEmitted(page.sessions_wanted):
        page.panel.cards[CardKey.HOURS].table.row_chosen.emit(0)


# --- keys and the rest


def test_the_page_is_read_with_the_keyboard_from_its_top(picture, page, qtbot):
    page.bring()
    assert page.shell.focusWidget() is page.panel.head.period
    bar = page.panel.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    press(page, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    press(page, Qt.Key.Key_PageUp)
    assert bar.value() == 0
    for _stop in range(4):
        press(page, Qt.Key.Key_Tab)
    assert page.shell.focusWidget() is page.panel.cards[CardKey.MINUTES].toggle
    press(page, Qt.Key.Key_Tab)
    assert page.shell.focusWidget() is page.panel.cards[CardKey.MINUTES].chart
    press(page, Qt.Key.Key_Escape)
    assert page.shell.focusWidget() is page.panel.head.period


def test_the_keys_open_period_and_export(picture, page):
    page.bring()
    press(page, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    popup_of(PeriodPopup).close()
    assert set(page.keys()) == {"Alt+Z", "Alt+K", "Alt+U", "Alt+E", "Escape"}
    menu = page.keys()["Alt+E"]()
    assert [one.text() for one in menu.actions()] == [
        "CSV-Datei …", "Excel-Datei (XLSX) …", "PDF …", "Bild (PNG) …",
    ]  # fmt: skip
    menu.close()


def test_what_follows_from_the_figures_is_offered_below_them(picture, page, qtbot):
    page.bring()
    card = page.panel.handover
    assert card.isVisibleTo(page.panel)
    for button, kind in ((card.datev, "datev"), (card.gdpdu, "gdpdu")):
        with qtbot.waitSignal(page.handover_wanted) as told:
            button.click()
        assert told.args == [kind]
    with qtbot.waitSignal(page.audit_wanted):
        card.audit.click()

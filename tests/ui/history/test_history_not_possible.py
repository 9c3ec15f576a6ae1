"""An attempt in the history: its reason in the list and the detail, nothing to bill, a filter of its own."""

from __future__ import annotations

import pytest

from laverma_desk.domain.history import HistoryStatus
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.calls.not_possible import end_as_not_possible
from laverma_desk.text.session_log import change_words
from laverma_desk.ui import fonts
from laverma_desk.ui.history.detail import Action
from laverma_desk.ui.history.words import name_of, sentence_of
from laverma_desk.ui.widgets.label import Label
from tests.support.history_page import choose, lines

PARTNER = "ZAP Dr. Bohrer – PC Rezeption"


@pytest.fixture
def attempt(desk, bohrer, clock):
    number = timekeeping.start_session(desk, bohrer.reception).value.id
    clock.advance(minutes=6)
    return end_as_not_possible(desk, number, NotPossible.NO_INTERNET).value


def test_the_list_says_why(attempt, page):
    page.bring()
    (line,) = lines(page)
    assert (line.note, line.duration, line.billing, line.invoice) == (
        "nicht möglich: kein Internet", "00:00:00", "kostenlos", "entfällt",
    )  # fmt: skip
    assert (line.flag, line.corrected, line.free) == ("", "", True)
    assert "nicht möglich: kein Internet" in sentence_of(line)


def test_all_of_a_long_reason_is_seen(desk, bohrer, page, qtbot):
    number = timekeeping.start_session(desk, bohrer.reception).value.id
    end_as_not_possible(desk, number, NotPossible.DECLINED)
    page.bring()
    choose(page, PARTNER)
    words = "nicht möglich: vom Kunden abgelehnt"
    (amount,) = [one for one in page.panel.detail.columns.bill.findChildren(Label) if one.text() == words]
    # Laid out with the next turn of the event loop.
    qtbot.waitUntil(lambda: fonts.width(words, 13, 600) <= amount.width() * (amount.height() // 24))


def test_the_detail_says_why_and_offers_no_billing(attempt, page):
    page.bring()
    detail = choose(page, PARTNER)
    assert detail.session == attempt
    columns = page.panel.detail.columns
    assert columns.facts.facts()[2] == ("Dauer", "00:00:00")
    said = [one.text() for one in columns.bill.findChildren(type(columns.facts.title))]
    assert "nicht möglich: kein Internet" in said
    button = page.panel.detail.button(Action.BILLING)
    assert button.is_blocked()
    assert button.toolTip().startswith("Nicht möglich, daher ohne Abrechnung.")


def test_its_log_is_read(attempt, desk):
    (line,) = timekeeping.session_history(desk, attempt.id)
    assert change_words(line)[1:] == ("Nicht möglich", "abgerechnet → nicht möglich: kein Internet", "")


def test_every_status_has_a_name():
    assert len({name_of(status) for status in HistoryStatus}) == len(HistoryStatus)
    assert name_of(HistoryStatus.NOT_POSSIBLE) == "Nicht möglich"

"""The year ends while an invoice is drawn: day, number and terms are those of the moment it is stored."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from laverma_desk.services.invoicing import storing
from laverma_desk.services.invoicing.drafts import DraftChange, change_draft
from laverma_desk.services.invoicing.issuing import issue_invoice, issue_open
from laverma_desk.services.invoicing.verifying import verify
from tests.support.fake_clock import FakeClock
from tests.support.invoice_houses import UNTIL, add_practice, add_sessions, draft_of, make_house, wish

LAST_SECOND = datetime(2022, 12, 31, 22, 59, 59, tzinfo=UTC)


@pytest.fixture
def clock():
    clock = FakeClock()
    clock.advance(seconds=(LAST_SECOND - clock.now()).total_seconds())
    return clock


def test_an_invoice_of_new_year_s_night_has_one_year(tmp_path, clock, monkeypatch):
    desk = make_house(tmp_path / "desk", clock)
    place = add_practice(desk)
    sessions = add_sessions(desk, place, 600, 600, 600)
    draw, tried = storing.make_papers, []

    def slowly(invoice, judge):
        papers = draw(invoice, judge)
        tried.append(invoice.number)
        clock.advance(seconds=2)
        return papers

    monkeypatch.setattr(storing, "make_papers", slowly)
    first = issue_open(desk, wish(place, sessions[:1]), UNTIL).value
    assert tried == ["RE-2022-0001", "RE-2023-0001"]
    assert (first.row.number, first.row.issued_on) == ("RE-2023-0001", date(2023, 1, 1))
    assert first.row.due_on == date(2023, 1, 15)
    dated = draft_of(desk, place, sessions[1:2])
    change_draft(desk, dated, DraftChange(issued_on=date(2022, 12, 31)))
    old = issue_invoice(desk, dated).value.row
    assert (old.number, old.issued_on) == ("RE-2022-0001", date(2022, 12, 31))
    assert issue_open(desk, wish(place, sessions[2:]), UNTIL).value.row.number == "RE-2023-0002"
    assert verify(desk) == ()
    desk.close()

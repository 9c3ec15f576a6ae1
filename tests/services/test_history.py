"""Looking back: what a filter shows, by day, with sums over exactly that."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.services import history
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.history import HistoryFilter, HistoryStatus, ReportMark, Sums
from laverma_desk.storage import agreements, billing, customers, house, merging, sessions
from laverma_desk.storage.agreements import NewAgreement
from laverma_desk.storage.session_history import Change, log_change
from tests.support.desks import add_customer, make_desk
from tests.support.kept_desks import OnEachEngine
from tests.support.past_sessions import BEGIN, past_session
from tests.support.session_steps import mail

EVERYTHING = HistoryFilter(None, None)


def place_of(desk, customer_id: int) -> Workstation:
    with desk.database.read() as connection:
        return customers.workstations_of(connection, customer_id)[0]


def past(desk, customer_id: int, begin: datetime = BEGIN, seconds: int = 742, **values) -> int:
    place = place_of(desk, customer_id)
    with desk.database.write() as connection:
        return past_session(connection, place, begin, seconds, **values)


def shown(desk, wanted: HistoryFilter = EVERYTHING) -> list[int]:
    """Return the sessions that a filter shows, the newest first, day by day and in small pages."""
    seen = []
    for one in history.overview(desk, wanted).days:
        for first in range(0, one.sums.sessions, 4):
            page = history.rows(desk, wanted, one.day, first, 4)
            assert {local_day(row.begin) for row in page} == {one.day}
            seen += page
        assert history.rows(desk, wanted, one.day, one.sums.sessions, 4) == []
    return [row.id for row in seen]


def test_days_come_newest_first_with_their_sums(desk, bohrer):
    past(desk, bohrer.customer_id, BEGIN, 742)
    past(desk, bohrer.customer_id, BEGIN + timedelta(hours=1), 60)
    past(desk, bohrer.customer_id, BEGIN + timedelta(hours=2), 61, billable=False)
    past(desk, bohrer.customer_id, BEGIN - timedelta(days=4), 30)
    found = history.overview(desk, EVERYTHING)
    assert [(one.day, one.sums) for one in found.days] == [
        (date(2022, 3, 1), Sums(3, 863, 14, 3150)),
        (date(2022, 2, 25), Sums(1, 30, 1, 225)),
    ]
    assert found.total == Sums(4, 893, 15, 3375)
    assert found.filter == EVERYTHING


def test_a_desk_without_sessions(desk):
    assert history.overview(desk, EVERYTHING) == history.HistoryOverview(EVERYTHING, (), Sums(0, 0, 0, 0))
    assert history.rows(desk, EVERYTHING, date(2022, 3, 1), 0, 10) == []
    assert history.supporters_seen(desk) == []


def test_a_row_says_what_the_line_shows(desk, bohrer):
    number = past(desk, bohrer.customer_id, notes="\n  Quartalsupdate eingespielt \n\nNeustart\nGeprüft")
    (row,) = history.rows(desk, EVERYTHING, date(2022, 3, 1), 0, 10)
    assert row == history.HistoryRow(
        id=number, number="S-2022-0001", begin=BEGIN, seconds=742, customer_name="ZAP Dr. Bohrer",
        workstation_name="PC Rezeption", supporter_name="Klaus Klassen",
        first_line="Quartalsupdate eingespielt", more_lines=2, billable=True, free_reason="", net_cents=2925,
        report=ReportMark.NOT_SENT, invoice_number=None, without_agreement=False, corrected=False,
    )  # fmt: skip


def test_running_sessions_are_no_history_and_the_houses_day_counts(desk, bohrer):
    timekeeping.start_session(desk, bohrer.server)
    late = past(desk, bohrer.customer_id, datetime(2022, 2, 28, 23, 30, tzinfo=UTC))
    assert shown(desk) == [late]
    assert [one.day for one in history.overview(desk, EVERYTHING).days] == [date(2022, 3, 1)]
    assert shown(desk, HistoryFilter(date(2022, 3, 1), date(2022, 3, 1))) == [late]
    assert shown(desk, HistoryFilter(None, date(2022, 2, 28))) == []


def test_a_day_outside_of_the_period_has_no_rows(desk, bohrer):
    past(desk, bohrer.customer_id)
    assert history.rows(desk, HistoryFilter(date(2022, 3, 2), None), date(2022, 3, 1), 0, 10) == []
    assert history.rows(desk, HistoryFilter(None, date(2022, 2, 1)), date(2022, 3, 1), 0, 10) == []


@pytest.mark.parametrize(
    ("states", "mark", "statuses"),
    [
        ([], ReportMark.NOT_SENT, {HistoryStatus.REPORT_NOT_SENT}),
        (["waiting"], ReportMark.WAITING, {HistoryStatus.REPORT_WAITING}),
        (["sending"], ReportMark.WAITING, {HistoryStatus.REPORT_WAITING}),
        (["handed_over"], ReportMark.SENT, set()),
        (["failed"], ReportMark.FAILED, {HistoryStatus.REPORT_FAILED}),
        (["unclear"], ReportMark.UNCLEAR, {HistoryStatus.REPORT_FAILED}),
        (["failed", "handed_over"], ReportMark.SENT, set()),
        (["handed_over", "failed"], ReportMark.FAILED, {HistoryStatus.REPORT_FAILED}),
        (["handed_over", "discarded"], ReportMark.SENT, set()),
        (["discarded"], ReportMark.NOT_SENT, {HistoryStatus.REPORT_NOT_SENT}),
    ],
)
def test_the_newest_mail_that_was_not_discarded_tells_what_became_of_a_report(
    desk, bohrer, states, mark, statuses
):
    number = past(desk, bohrer.customer_id)
    for state in states:
        mail(desk, number, MessageState(state))
    (row,) = history.rows(desk, EVERYTHING, date(2022, 3, 1), 0, 10)
    assert row.report is mark
    reports = {
        HistoryStatus.REPORT_WAITING, HistoryStatus.REPORT_FAILED, HistoryStatus.REPORT_NOT_SENT,
    }  # fmt: skip
    assert {one for one in reports if shown(desk, replace(EVERYTHING, status=one))} == statuses


def test_open_invoiced_and_free(desk, bohrer):
    opened = past(desk, bohrer.customer_id)
    billed = past(desk, bohrer.customer_id)
    free = past(desk, bohrer.customer_id, billable=False)
    with desk.database.write() as connection:
        billing.bill(connection, [billed], "RE-2022-0030")
    found = {one: shown(desk, replace(EVERYTHING, status=one)) for one in HistoryStatus}
    assert found[HistoryStatus.OPEN] == [opened]
    assert found[HistoryStatus.INVOICED] == [billed]
    assert found[HistoryStatus.FREE] == [free]
    by_id = {row.id: row for row in history.rows(desk, EVERYTHING, date(2022, 3, 1), 0, 10)}
    assert by_id[billed].invoice_number == "RE-2022-0030"
    assert (by_id[free].net_cents, by_id[free].billable) == (0, False)


def test_a_customer_stands_for_its_family_with_its_agreements(desk, bohrer):
    other = add_customer(desk, "10018", "Zahnärzte am Markt", "PC", has_agreement=False)
    third = add_customer(desk, "10019", "Praxis Dr. Vogt", "PC", has_agreement=False)
    first, second = past(desk, bohrer.customer_id), past(desk, other)
    past(desk, third)
    without = replace(EVERYTHING, status=HistoryStatus.WITHOUT_AGREEMENT)
    assert shown(desk, replace(without, customer_id=other)) == [second]
    with desk.database.write() as connection:
        merging.merge_into(connection, other, bohrer.customer_id)
    for asked in (bohrer.customer_id, other):
        assert shown(desk, replace(EVERYTHING, customer_id=asked)) == [second, first]
        assert shown(desk, replace(without, customer_id=asked)) == []
    assert [name for _id, _number, name in history.history_customers(desk)] == [
        "Praxis Dr. Vogt", "ZAP Dr. Bohrer",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "without"),
    [
        (date(2022, 1, 9), True),
        (date(2022, 1, 10), False),
        (date(2022, 6, 30), False),
        (date(2022, 7, 1), True),
    ],
)
@pytest.mark.parametrize("ended", [False, True])
def test_the_day_of_the_start_decides_whether_an_agreement_was_in_force(desk, day, without, ended):
    number = add_customer(desk, "1", "Praxis", "PC", has_agreement=False)
    last = None if ended else date(2022, 6, 30)
    with desk.database.write() as connection:
        agreement = agreements.add_agreement(connection, NewAgreement(number, date(2022, 1, 10), last), BEGIN)
        if ended:
            agreements.end_agreement(connection, agreement, date(2022, 7, 1))
    past(desk, number, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    (row,) = history.rows(desk, EVERYTHING, day, 0, 10)
    assert row.without_agreement is without
    assert len(shown(desk, replace(EVERYTHING, status=HistoryStatus.WITHOUT_AGREEMENT))) == without


def test_a_correction_is_marked_and_a_late_reason_is_none(desk, bohrer):
    corrected, excused = past(desk, bohrer.customer_id), past(desk, bohrer.customer_id)
    with desk.database.write() as connection:
        log_change(connection, corrected, Change(BEGIN, "Klaus", "notes", "a", "b", "Tippfehler"))
        log_change(connection, excused, Change(BEGIN, "Klaus", "exception", "", "Chef", "Notfall"))
    marks = {row.id: row.corrected for row in history.rows(desk, EVERYTHING, date(2022, 3, 1), 0, 10)}
    assert marks == {corrected: True, excused: False}


def test_a_text_that_is_too_long_is_said(desk):
    wanted = replace(EVERYTHING, text="x" * 301)
    for call in (
        lambda: history.overview(desk, wanted),
        lambda: history.rows(desk, wanted, BEGIN.date(), 0, 1),
    ):
        with pytest.raises(RuleBroken) as broken:
            call()
        assert broken.value.code is Rule.TEXT_TOO_LONG


_SAID = (
    "Terminalserver neu gestartet", "Druckertreiber für Röntgen", "Videoeinstellung geprüft",
    "PC-0117 · 192.168.4.77",
    'Frau Müller sagt "danke" *', "Update\nNeustart", "", "Serverraum 👍",
)  # fmt: skip
_TYPED = (
    "",
    "server",
    "SERVER neu",
    "treiber",
    "mueller",
    "einstellung",
    "dr",
    "192.168",
    "*",
    '"',
    "👍",
    "NEAR",
    "zzz",
)


def _found(typed: str, said: str) -> bool:
    """Say the same as the index in other words: whole words as they are spelled here, parts as they stand."""
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    plain = said.lower().translate(table)
    words = plain.replace('"', " ").replace("·", " ").split()
    return all(
        any(one.startswith(word) for one in words) if len(word) == 2 else word in plain
        for word in typed.lower().translate(table).split()
    )


@pytest.fixture(scope="module")
def crowds(tmp_path_factory):
    made = OnEachEngine(lambda: _crowd(tmp_path_factory.mktemp("crowd")), lambda one: one[0].close())
    yield made
    made.remove()


@pytest.fixture
def crowd(crowds, engine):
    """A desk with many sessions of all sorts, and what is known of each, kept in plain Python."""
    return crowds.of(engine)


def _crowd(folder):
    desk = make_desk(folder / "desk")
    dice = random.Random(31)
    practices = [
        add_customer(desk, str(one), f"Praxis {one}", "PC", has_agreement=one != 3) for one in range(5)
    ]
    places = [place_of(desk, one) for one in practices]
    with desk.database.write() as connection:
        second = house.put_supporter(connection, "Jana Petersen", "")
        merging.merge_into(connection, practices[4], practices[0])
    facts = []
    for number in range(160):
        place, begin = dice.choice(places), BEGIN - timedelta(minutes=dice.randrange(60 * 24 * 30))
        said, spent, billable = (
            dice.choice(_SAID),
            dice.choice((0, 1, 59, 60, 61, 742, 5000)),
            dice.random() < 0.8,
        )
        who = dice.choice((1, second))
        with desk.database.write() as connection:
            row = past_session(
                connection, place, begin, spent, number=f"N{number}N", notes=said, supporter_id=who,
                customer_name="Q", workstation_name="Q", billable=billable,
            )  # fmt: skip
        state = dice.choice((None, None, "waiting", "handed_over", "failed", "unclear", "discarded"))
        if state:
            mail(desk, row, MessageState(state))
        invoiced = billable and dice.random() < 0.3
        if invoiced:
            with desk.database.write() as connection:
                billing.bill(connection, [row], "RE-1")
        facts.append(
            SimpleNamespace(
                id=row,
                begin=begin,
                day=local_day(begin),
                customer=place.customer_id,
                who=who,
                said=said,
                seconds=spent,
                billable=billable,
                invoiced=invoiced,
                report=state if state != "discarded" else None,
            )
        )
    return desk, practices, facts


def _passes(one, wanted: HistoryFilter, practices) -> bool:
    family = {practices[0], practices[4]}
    return (
        (wanted.first is None or one.day >= wanted.first)
        and (wanted.last is None or one.day <= wanted.last)
        and (wanted.supporter_id is None or one.who == wanted.supporter_id)
        and (
            wanted.customer_id is None
            or one.customer == wanted.customer_id
            or {one.customer, wanted.customer_id} <= family
        )
        and {
            HistoryStatus.ALL: True,
            HistoryStatus.OPEN: one.billable and not one.invoiced,
            HistoryStatus.INVOICED: one.invoiced,
            HistoryStatus.FREE: not one.billable,
            HistoryStatus.NOT_POSSIBLE: False,
            HistoryStatus.REPORT_WAITING: one.report == "waiting",
            HistoryStatus.REPORT_FAILED: one.report in ("failed", "unclear"),
            HistoryStatus.REPORT_NOT_SENT: one.report is None,
            HistoryStatus.WITHOUT_AGREEMENT: one.customer == practices[3],
        }[wanted.status]
        and _found(wanted.text, one.said)
    )


_DAYS = st.none() | st.dates(date(2022, 1, 28), date(2022, 3, 3))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=_DAYS, last=_DAYS, customer=st.none() | st.integers(0, 4), supporter=st.none() | st.integers(1, 2),
    status=st.sampled_from(HistoryStatus), typed=st.sampled_from(_TYPED),
)  # fmt: skip
def test_sums_and_rows_are_those_of_exactly_what_the_filter_shows(
    crowd, first, last, customer, supporter, status, typed
):
    desk, practices, facts = crowd
    customer_id = None if customer is None else practices[customer]
    wanted = HistoryFilter(first, last, customer_id, supporter, status, typed)
    passing = sorted(
        (one for one in facts if _passes(one, wanted, practices)),
        key=lambda one: (one.begin, one.id),
        reverse=True,
    )
    assert shown(desk, wanted) == [one.id for one in passing]
    found = history.overview(desk, wanted)
    assert found.total == Sums(
        len(passing),
        sum(one.seconds for one in passing),
        sum(-(-one.seconds // 60) for one in passing if one.billable),
        sum(-(-one.seconds // 60) * 225 for one in passing if one.billable),
    )
    assert [one.day for one in found.days] == sorted({one.day for one in passing}, reverse=True)


def test_supporters_are_those_who_have_sessions(crowd):
    desk, _practices, _facts = crowd
    with desk.database.write() as connection:
        house.put_supporter(connection, "Neu Dabei", "")
        assert sessions.count(connection) == 160
    assert [name for _id, name in history.supporters_seen(desk)] == ["Jana Petersen", "Klaus Klassen"]

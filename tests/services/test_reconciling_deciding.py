"""What somebody makes of a connection: each decision is kept, and each can be taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from laverma_desk.domain.company import RemoteSettings
from laverma_desk.domain.errors import Rule
from laverma_desk.domain.support_session import Origin, SessionState
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.corrections.late_reason import is_reason_owed
from laverma_desk.services.reconciling.deciding import (
    confirm,
    ignore,
    join_again,
    join_session,
    make_session,
    separate,
    take_back,
    unconfirm,
)
from laverma_desk.services.reconciling.matching import match_again
from laverma_desk.services.reconciling.overview import matched_rows, open_count, overview
from laverma_desk.services.reconciling.records import Days
from laverma_desk.services.setup.house_remote import save_remote_settings
from laverma_desk.storage import sessions
from tests.support.connection_logs import MINUTE, RECEPTION, STRANGE, at, line, only, read, session_at
from tests.support.desks import add_customer
from tests.support.session_steps import broken, machine_of


def test_a_session_is_made_of_it_with_its_time_and_price(desk, bohrer):
    read(desk, line(at("16:48"), timedelta(minutes=13, seconds=44)))
    one = only(desk)
    assert (one.seconds, one.proposal.minutes, one.proposal.net_cents) == (824, 14, 3150)
    result = make_session(desk, one.ids, notes="Drucker neu verbunden")
    found = result.value
    assert result.changed == {Topic.CONNECTIONS, Topic.SESSIONS}
    assert (found.state, found.origin, found.begin, found.end) == (
        SessionState.ENDED,
        Origin.LOG,
        one.begin,
        one.end,
    )
    assert (found.charge.net_cents, found.partner_id, found.supporter_name) == (
        3150,
        RECEPTION,
        "Klaus Klassen",
    )
    assert (found.partner, found.notes) == ("ZAP Dr. Bohrer – PC Rezeption", "Drucker neu verbunden")
    assert not found.report_open
    (logged,) = timekeeping.session_history(desk, found.id)
    assert (logged.field, logged.new, logged.who) == ("recorded", "log", "Klaus Klassen")
    (group,) = matched_rows(desk)
    assert (group.session.session_id, group.by_hand) == (found.id, True)
    broken(Rule.CONNECTION_DECIDED, make_session, desk, one.ids)
    broken(Rule.SESSION_RECORDED, timekeeping.reopen_session, desk, found.id)


def test_without_an_agreement_the_session_waits_for_a_reason(desk, bohrer):
    elsewhere = add_customer(desk, "10021", "Praxis Dr. Weiß", "Server", has_agreement=False)
    read(desk, line(at("16:48"), 9 * MINUTE, STRANGE))
    one = only(desk)
    broken(Rule.CONNECTION_WITHOUT_MACHINE, make_session, desk, one.ids)
    found = make_session(desk, one.ids, workstation_id=machine_of(desk, elsewhere)).value
    assert is_reason_owed(desk, found.id)


def test_taking_it_back_leaves_the_session_and_the_program_does_not_meddle(desk, bohrer):
    read(desk, line(at("16:48"), 9 * MINUTE))
    one = only(desk)
    made = make_session(desk, one.ids).value
    assert take_back(desk, one.ids).value == made
    assert open_count(desk) == 1
    assert match_again(desk).value == 0
    assert read(desk, line(at("16:48"), 9 * MINUTE)).matched == 0
    assert only(desk).near.session_id == made.id
    join_session(desk, one.ids, made.id)
    assert open_count(desk) == 0


def test_it_is_joined_to_a_session_which_stays_as_it_is(desk, bohrer):
    number = session_at(desk, bohrer.reception, "16:18", 14)
    read(desk, line(at("16:36"), timedelta(minutes=3, seconds=12)))
    one = only(desk)
    assert one.near.session_id == number
    before = timekeeping.read_session(desk, number)
    assert join_session(desk, one.ids, number).changed == {Topic.CONNECTIONS}
    assert timekeeping.read_session(desk, number) == before
    assert overview(desk).without_connection == ()
    assert take_back(desk, one.ids).value.id == number
    broken(Rule.SESSION_UNKNOWN, join_session, desk, one.ids, 4711)
    broken(Rule.CONNECTION_UNKNOWN, join_session, desk, (4711,), number)
    broken(Rule.CONNECTION_UNKNOWN, join_session, desk, (), number)


def test_it_is_passed_over_for_a_reason_and_comes_back(desk, bohrer):
    read(desk, line(at("16:36"), MINUTE), line(at("18:36"), MINUTE))
    later, earlier = overview(desk).open
    broken(Rule.REASON_MISSING, ignore, desk, earlier.ids, "  ")
    ignore(desk, earlier.ids, " Test  nur ")
    (passed,) = overview(desk).ignored
    assert (passed.ids, passed.reason, passed.decided_by) == (earlier.ids, "Test nur", "Klaus Klassen")
    assert passed.decided_at == desk.clock.now()
    assert read(desk, line(at("16:36"), MINUTE), line(at("18:36"), MINUTE)).open == 1
    assert take_back(desk, earlier.ids).value is None
    assert [one.ids for one in overview(desk).open] == [later.ids, earlier.ids]


def test_a_connection_without_an_end_or_length_makes_no_session(desk, bohrer):
    read(desk, line(at("16:36"), timedelta()))
    one = only(desk)
    assert (one.reason_not.value, one.proposal) == ("no_time", None)
    broken(Rule.CONNECTION_WITHOUT_TIME, make_session, desk, one.ids)


def test_a_file_transfer_is_shown_and_not_proposed(desk, bohrer):
    read(desk, line(at("16:36"), MINUTE, purpose="FileTransfer"))
    assert (only(desk).reason_not.value, only(desk).proposal) == ("other_purpose", None)
    read(desk, line(at("16:36:30"), MINUTE))
    assert (only(desk).joined, only(desk).reason_not) == (2, None)


@pytest.fixture
def restarted(desk, bohrer):
    """A session whose machine restarted from 10:19 to 10:22 UTC."""
    number = session_at(desk, bohrer.reception, "10:05", 33)
    lines = (line(at("10:06"), 13 * MINUTE), line(at("10:22"), 15 * MINUTE))
    read(desk, *lines)
    return number, lines


def test_joined_ones_stay_in_sight_until_they_are_confirmed(desk, restarted):
    shown = overview(desk).matched
    (group,) = shown.joined
    assert (shown.sessions, shown.connections) == (1, 2)
    assert (group.joined, group.restart, group.seconds) == (2, (at("10:19"), at("10:22")), 31 * 60)
    assert confirm(desk, group.ids).value == 2
    assert overview(desk).matched.joined == ()
    assert (overview(desk).matched.sessions, overview(desk).matched.connections) == (1, 2)
    unconfirm(desk, group.ids)
    assert overview(desk).matched.joined == (group,)


def test_parted_ones_are_open_stay_so_and_come_together_again(desk, restarted):
    number, lines = restarted
    (group,) = overview(desk).matched.joined
    assert separate(desk, group.ids).value == 1
    assert overview(desk).matched.joined == ()
    assert (only(desk).begin, only(desk).near.session_id) == (at("10:22"), number)
    assert read(desk, *lines).matched == 0
    assert match_again(desk).value == 0
    assert join_again(desk, group.ids).value == 1
    assert overview(desk).matched.joined == (group,)


def test_parted_ones_that_were_joined_by_hand_come_back_to_their_session(desk, bohrer):
    number = session_at(desk, bohrer.server, "20:00", 5)
    read(desk, line(at("10:06"), 13 * MINUTE), line(at("10:22"), 15 * MINUTE))
    ids = only(desk).ids
    join_session(desk, ids, number)
    separate(desk, ids)
    assert only(desk).ids == ids[1:]
    assert join_again(desk, ids).value == 1
    (group,) = matched_rows(desk)
    assert (group.ids, group.session.session_id, group.by_hand) == (ids, number, True)
    separate(desk, ids)
    ignore(desk, ids[1:], "Doppelt")
    assert join_again(desk, ids).value == 0
    assert overview(desk, Days()).ignored[0].reason == "Doppelt"


def test_open_ones_are_parted_too_and_may_still_find_a_session(desk, bohrer):
    read(desk, line(at("10:06"), 13 * MINUTE), line(at("10:22"), 15 * MINUTE))
    assert (only(desk).joined, only(desk).restart) == (2, (at("10:19"), at("10:22")))
    group = only(desk)
    separate(desk, group.ids)
    assert [one.joined for one in overview(desk).open] == [1, 1]
    session_at(desk, bohrer.reception, "10:05", 33)
    assert match_again(desk).value == 2
    assert [one.joined for one in matched_rows(desk)] == [1, 1]


def test_the_pause_of_the_house_decides_what_is_one(desk, bohrer):
    read(desk, line(at("10:06"), 13 * MINUTE), line(at("10:22"), 15 * MINUTE))
    assert open_count(desk) == 1
    save_remote_settings(desk, RemoteSettings(reconnect_minutes=3))
    assert open_count(desk) == 2
    assert len(overview(desk).open) == 2


def test_days_show_what_began_on_them(desk, bohrer):
    read(desk, line(at("10:00", 26), MINUTE), line(at("23:30", 27), MINUTE), line(at("10:00", 28), MINUTE))
    the_28th = overview(desk, Days(date(2022, 2, 28), date(2022, 2, 28)))
    assert [one.begin for one in the_28th.open] == [at("10:00", 28), at("23:30", 27)]
    assert len(overview(desk, Days(last=date(2022, 2, 27))).open) == 1
    assert len(overview(desk, Days(first=date(2022, 2, 27))).open) == 2
    assert len(overview(desk).open) == 3


def test_nothing_read_shows_nothing(desk, bohrer):
    session_at(desk, bohrer.reception, "10:00", 20)
    shown = overview(desk)
    assert (shown.reading, shown.open, shown.without_connection, shown.matched.sessions) == (None, (), (), 0)
    assert (open_count(desk), matched_rows(desk)) == (0, ())
    with desk.database.read() as connection:
        assert sessions.count(connection) == 1

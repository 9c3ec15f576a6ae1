"""A session changes hands: its time goes on, the log says so, and no idle desk's heart makes a gap of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.support_session import GapKind, SessionState, seconds
from laverma_desk.services import news, presence
from laverma_desk.services.calls import call_sheet, handing_over, timekeeping, vigilance
from laverma_desk.services.setup import house
from tests.support import logins as people
from tests.support.desks import archive_supporter
from tests.support.engines import FILE

logins, klaus, anna = people.logins, people.klaus, people.anna


def begin(desk, place):
    return timekeeping.start_session(desk, place).value


def strip(desk):
    return [one.id for one in timekeeping.strip_sessions(desk)]


def others(desk):
    return [(one.supporter_name, one.customer_name) for one in presence.others_on_the_phone(desk)]


def lines(desk, session_id):
    return [(one.who, one.field, one.old, one.new) for one in timekeeping.session_history(desk, session_id)]


def test_each_sees_the_others_on_the_phone_and_not_themselves(klaus, anna, bohrer, clock):
    session = begin(klaus, bohrer.reception)
    assert (strip(klaus), others(klaus)) == ([session.id], [])
    assert (strip(anna), others(anna)) == ([], [("Klaus Klassen", "ZAP Dr. Bohrer")])
    timekeeping.pause_session(klaus, session.id)
    assert len(others(anna)) == 1
    timekeeping.end_session(klaus, session.id)
    assert others(anna) == []


def test_who_looks_after_the_server_belongs_to_nobody_and_has_no_others(desk, klaus, bohrer):
    session = begin(klaus, bohrer.reception)
    assert others(desk) == []
    assert not presence.can_take_over(desk)
    with pytest.raises(RuleBroken) as found:
        handing_over.take_over(desk, session.id)
    assert found.value.code is Rule.SUPPORTER_UNKNOWN


def test_a_practice_is_known_to_be_on_the_phone_with_somebody(klaus, anna, bohrer):
    assert presence.who_talks_with(anna, bohrer.customer_id) == []
    session = begin(klaus, bohrer.reception)
    assert [one.id for one in presence.who_talks_with(anna, bohrer.customer_id)] == [session.id]
    assert presence.who_talks_with(klaus, bohrer.customer_id) == []
    assert begin(anna, bohrer.reception).state is SessionState.RUNNING  # two may help one practice


def test_a_running_session_is_handed_over_with_its_time_and_notes(klaus, anna, bohrer, logins, clock):
    session = begin(klaus, bohrer.reception)
    call_sheet.save_notes(klaus, session.id, "Synadoc aktualisiert", "")
    clock.advance(minutes=1)
    handing_over.hand_over(klaus, session.id, logins.number("anna"))
    assert (strip(klaus), strip(anna)) == ([], [session.id])
    assert others(klaus) == [("Anna Adler", "ZAP Dr. Bohrer")]
    clock.advance(minutes=1)
    found = timekeeping.read_session(anna, session.id)
    assert (found.state, found.notes) == (SessionState.RUNNING, "Synadoc aktualisiert")
    assert seconds(found, clock.now()) == 120
    assert lines(anna, session.id) == [("Klaus Klassen", "supporter", "Klaus Klassen", "Anna Adler")]
    assert handing_over.giver_of(anna, session.id) == "Klaus Klassen"
    ended = timekeeping.end_session(anna, session.id).value
    assert ended.supporter_name == "Anna Adler"


def test_the_rest_of_an_idle_desk_is_no_gap_of_what_it_is_given(klaus, anna, bohrer, logins, clock):
    mine = begin(anna, bohrer.server)
    vigilance.beat(anna, vigilance.read_clocks(anna))
    timekeeping.end_session(anna, mine.id)
    session = begin(klaus, bohrer.reception)
    last = vigilance.read_clocks(klaus)
    for _ in range(20):  # For an hour time runs at one desk, and none at the other.
        clock.advance(minutes=3)
        last = vigilance.beat(klaus, last).value
    before = len(timekeeping.read_session(klaus, session.id).gaps)
    handing_over.hand_over(klaus, session.id, logins.number("anna"))
    clock.advance(seconds=5)
    found = timekeeping.pause_session(anna, session.id).value
    assert len(found.gaps) == before


def test_who_comes_later_to_a_session_given_meanwhile_is_asked_about_the_time_since(
    klaus, bohrer, logins, clock
):
    session = begin(klaus, bohrer.reception)
    clock.advance(minutes=1)
    handing_over.hand_over(klaus, session.id, logins.number("ben"))
    given = clock.now()
    clock.advance(minutes=30)
    ben = logins.open("ben")
    vigilance.recover(ben)
    (gap,) = timekeeping.read_session(ben, session.id).gaps
    assert (gap.kind, gap.begin, gap.end) == (GapKind.NOT_RUNNING, given, clock.now())


def test_a_heart_that_beats_goes_on(klaus, anna, bohrer, logins, clock):
    own = begin(anna, bohrer.server)
    last = vigilance.beat(anna, vigilance.read_clocks(anna)).value
    session = begin(klaus, bohrer.reception)
    clock.advance(seconds=30)
    handing_over.hand_over(klaus, session.id, logins.number("anna"))
    clock.advance(minutes=10)  # Anna's machine sleeps: both of her sessions have the gap.
    vigilance.beat(anna, last)
    for number in (own.id, session.id):
        assert len(timekeeping.read_session(anna, number).gaps) == 1


def test_an_open_report_is_handed_over_with_the_name(klaus, anna, bohrer, logins):
    session = begin(klaus, bohrer.reception)
    timekeeping.end_session(klaus, session.id)
    given = handing_over.hand_over(klaus, session.id, logins.number("anna")).value
    assert (given.supporter_name, given.report_open) == ("Anna Adler", True)
    assert (strip(klaus), strip(anna)) == ([], [session.id])
    timekeeping.close_report(anna, session.id)
    with pytest.raises(RuleBroken) as found:
        handing_over.hand_over(anna, session.id, logins.number("klaus"))
    assert found.value.code is Rule.SESSION_ENDED


def test_nobody_gives_away_what_is_somebody_elses(klaus, anna, bohrer, logins):
    session = begin(klaus, bohrer.reception)
    handing_over.hand_over(klaus, session.id, logins.number("anna"))
    with pytest.raises(RuleBroken) as found:
        handing_over.hand_over(klaus, session.id, logins.number("ben"))
    assert found.value.code is Rule.SESSION_OF_ANOTHER
    assert found.value.parameters["name"] == "Anna Adler"
    assert strip(anna) == [session.id]


def test_whoever_is_archived_or_has_no_login_is_given_nothing(desk, klaus, bohrer, logins):
    session = begin(klaus, bohrer.reception)
    stranger = house.save_supporter(desk, "Cora Conrad", "").value
    archive_supporter(desk, logins.number("ben"))
    assert [one.name for one in handing_over.receivers(klaus)] == ["Anna Adler"]
    for number in (stranger, 999):
        with pytest.raises(RuleBroken) as found:
            handing_over.hand_over(klaus, session.id, number)
        assert found.value.code is Rule.SUPPORTER_UNKNOWN
    assert strip(klaus) == [session.id]


def test_who_has_handed_over_writes_over_no_notes(klaus, anna, bohrer, logins):
    session = begin(klaus, bohrer.reception)
    handing_over.hand_over(klaus, session.id, logins.number("anna"))
    call_sheet.save_notes(anna, session.id, "zwei", "")
    with pytest.raises(RuleBroken) as found:
        call_sheet.save_notes(klaus, session.id, "eins", "")
    assert found.value.code is Rule.SESSION_OF_ANOTHER
    assert timekeeping.read_session(anna, session.id).notes == "zwei"


def test_to_give_a_session_to_oneself_changes_nothing(klaus, bohrer, logins):
    session = begin(klaus, bohrer.reception)
    handing_over.hand_over(klaus, session.id, logins.number("klaus"))
    assert lines(klaus, session.id) == []


def test_whose_desk_is_open_is_known_and_offered_first(klaus, anna, logins, qtbot):
    listening = news.listen(logins.open("ben"), print, print)
    try:
        qtbot.waitUntil(lambda: handing_over.receivers(klaus)[0].present)
        assert [(one.name, one.present) for one in handing_over.receivers(klaus)] == [
            ("Ben Brandt", True), ("Anna Adler", False),
        ]  # fmt: skip
    finally:
        listening.close()
    qtbot.waitUntil(lambda: not any(one.present for one in handing_over.receivers(klaus)))


def test_a_session_whose_supporter_is_gone_is_taken_over_and_the_absence_asked_about(
    klaus, anna, bohrer, clock
):
    session = begin(klaus, bohrer.reception)
    vigilance.beat(klaus, vigilance.read_clocks(klaus))
    last = clock.now()
    clock.advance(minutes=10)
    seen = presence.look_at(anna, session.id)
    assert (seen.session.id, seen.present, seen.last_beat) == (session.id, False, last)
    taken = handing_over.take_over(anna, session.id).value
    (gap,) = taken.gaps
    assert (gap.kind, gap.begin, gap.end) == (GapKind.NOT_RUNNING, last, clock.now())
    assert (strip(klaus), strip(anna)) == ([], [session.id])
    assert lines(anna, session.id) == [("Anna Adler", "supporter", "Klaus Klassen", "Anna Adler")]
    assert presence.look_at(anna, session.id) is None
    clock.advance(seconds=90)
    assert seconds(timekeeping.read_session(anna, session.id), clock.now()) == 690


def test_a_session_whose_desk_is_open_has_no_gap_when_it_is_taken_over(klaus, anna, bohrer, clock, qtbot):
    session = begin(klaus, bohrer.reception)
    listening = news.listen(klaus, print, print)
    try:
        qtbot.waitUntil(lambda: presence.look_at(anna, session.id).present)
        clock.advance(minutes=10)
        assert handing_over.take_over(anna, session.id).value.gaps == ()
    finally:
        listening.close()


def test_what_was_still_being_typed_comes_below_the_notes_once(klaus, anna, bohrer, logins):
    session = begin(klaus, bohrer.reception)
    call_sheet.save_notes(klaus, session.id, "eins", "")
    handing_over.take_over(anna, session.id)
    call_sheet.save_notes(anna, session.id, "eins\nzwei", "")
    for _ in range(2):
        handing_over.add_notes(klaus, session.id, "eins\ndrei", "intern")
    found = timekeeping.read_session(anna, session.id)
    assert found.notes == "eins\nzwei\n\nVon Klaus Klassen:\ndrei"
    assert found.internal_note == "Von Klaus Klassen:\nintern"


@pytest.mark.parametrize("engine", [FILE], indirect=True)
def test_on_a_file_the_people_of_the_house_can_have_a_session_too(desk, bohrer, clock):
    anna = house.save_supporter(desk, "Anna Adler", "").value
    session = begin(desk, bohrer.reception)
    clock.advance(minutes=1)
    handing_over.hand_over(desk, session.id, anna)
    clock.advance(seconds=1)
    found = timekeeping.read_session(desk, session.id)
    assert (found.supporter_name, seconds(found, clock.now())) == ("Anna Adler", 61)
    assert found.begin + timedelta(seconds=61) == clock.now()
    assert presence.others_on_the_phone(desk) == []

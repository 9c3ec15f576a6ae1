"""Joining and matching of connections, whatever a log holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.customer import Tool
from laverma_desk.domain.reconciling import (
    TOLERANCE,
    KnownConnection,
    SessionSpan,
    end_of,
    fit,
    is_met,
    join,
    longest_pause,
    nearest,
)

DAY = datetime(2024, 3, 31, tzinfo=UTC)
IDS = ["", "1234567890", "1556208431", "987654321"]
TOOLS = [Tool.TEAMVIEWER, Tool.ANYDESK]


@st.composite
def connections(draw, most=12):
    found = []
    for number in range(draw(st.integers(0, most))):
        begin = DAY + timedelta(seconds=draw(st.integers(0, 20_000)))
        lasts = draw(st.none() | st.integers(0, 6_000))
        end = None if lasts is None else begin + timedelta(seconds=lasts)
        tool, partner = draw(st.sampled_from(TOOLS)), draw(st.sampled_from(IDS))
        found.append(KnownConnection(number, tool, partner, begin, end, draw(st.booleans())))
    return draw(st.permutations(found))


@st.composite
def sessions(draw):
    found = []
    for number in range(draw(st.integers(0, 6))):
        begin = DAY + timedelta(seconds=draw(st.integers(0, 20_000)))
        reached = draw(st.frozensets(st.tuples(st.sampled_from(TOOLS), st.sampled_from(IDS)), max_size=3))
        found.append(
            SessionSpan(number, begin, begin + timedelta(seconds=draw(st.integers(0, 6_000))), reached)
        )
    return found


pauses = st.integers(0, 3600).map(lambda seconds: timedelta(seconds=seconds))


@given(connections(), pauses)
def test_joining_loses_none_and_keeps_ids_apart(several, pause):
    groups = join(several, pause)
    assert sorted(one.id for group in groups for one in group) == sorted(one.id for one in several)
    for group in groups:
        assert len({(one.tool, one.partner_id) for one in group}) == 1
        assert len(group) == 1 or group[0].partner_id
        assert [one.begin for one in group] == sorted(one.begin for one in group)
    assert [group[0].begin for group in groups] == sorted(group[0].begin for group in groups)


@given(connections(), pauses)
def test_joining_asks_nothing_of_the_order_of_the_file(several, pause):
    assert join(several, pause) == join(sorted(several, key=lambda one: one.id), pause)


@given(connections(), pauses)
def test_within_a_group_no_pause_is_as_long_as_the_limit(several, pause):
    for group in join(several, pause):
        assert not any(one.apart for one in group[1:])
        found = longest_pause(group)
        assert found is None or timedelta() < found[1] - found[0] < pause
        reaches = group[0].last
        for _before, one in pairwise(group):
            assert one.begin < reaches + pause or one.begin <= reaches
            reaches = max(reaches, one.last)
        assert end_of(group) in {None, *(one.end for one in group)}


@given(connections(), pauses, pauses)
def test_a_longer_limit_never_gives_more_groups(several, one, other):
    short, long = sorted((one, other))
    assert len(join(several, long)) <= len(join(several, short))


@given(connections(most=3), sessions())
def test_a_session_fits_only_by_id_and_time(several, known):
    for one in several:
        found = fit(one, known)
        for number in found.session_ids:
            session = known[number]
            assert (one.tool, one.partner_id) in session.reached
            assert one.partner_id
            assert one.begin <= session.end + TOLERANCE
            assert one.last >= session.begin - TOLERANCE
        assert found.ambiguous == (len(found.session_ids) > 1)
        assert (found.certain is not None) == (len(found.session_ids) == 1)


@given(connections(most=3), sessions())
def test_what_lies_within_a_session_of_its_machine_always_fits(several, known):
    for one in several:
        for session in known:
            if session.is_reached_by(one) and session.begin <= one.begin and one.last <= session.end:
                assert session.session_id in fit(one, known).session_ids
                assert is_met(session, [one])


@given(connections(most=4), sessions())
def test_the_nearest_session_is_of_the_same_machine_and_near(several, known):
    for group in join(several, timedelta(minutes=5)):
        near = nearest(group, known)
        if near is not None:
            assert near.is_reached_by(group[0])

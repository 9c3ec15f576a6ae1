"""Files read in pieces, again and again, while a person decides: nothing is lost, doubled or forgotten."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.services.reconciling import deciding, tying
from laverma_desk.services.reconciling.choosing import candidates, connections_near
from laverma_desk.services.reconciling.matching import match_again
from laverma_desk.services.reconciling.overview import matched_rows, open_count, overview
from laverma_desk.services.reconciling.reading import read_log_bytes
from laverma_desk.services.reconciling.records import Days
from laverma_desk.storage import connection_rows, customer_records, customers, sessions
from tests.support.connection_logs import RECEPTION, at, line, log
from tests.support.past_sessions import past_session

STRANGE = "1388420617"
SECOND = timedelta(seconds=1)


@pytest.fixture
def known(desk, bohrer):
    """Sessions of a morning at two machines, some of which overlap."""
    found = []
    with desk.database.write() as connection:
        for place, clock, seconds in (
            (bohrer.reception, "08:00", 1200),
            (bohrer.reception, "09:00", 600),
            (bohrer.server, "09:05", 1800),
            (bohrer.reception, "11:00", 60),
        ):
            machine = customers.find_workstation(connection, place)
            found.append(past_session(connection, machine, at(clock), seconds, number=f"ALT-{clock}-{place}"))
    return found


def random_log(chance, server):
    lines = []
    for number in range(30):
        begin = at("07:30") + chance.randrange(15_000) * SECOND
        partner = chance.choice([RECEPTION, server, STRANGE])
        lines.append(line(begin, chance.randrange(1800) * SECOND, partner, guid=f"{number:04x}"))
    return lines


def everything(desk):
    """Return each connection's row with all that is known of it."""
    shown = overview(desk, Days())
    rows = {}
    with desk.database.read() as connection:
        for name, groups in (
            ("open", shown.open),
            ("matched", matched_rows(desk, Days())),
            ("ignored", shown.ignored),
        ):
            for group in groups:
                for one in connection_rows.several(connection, group.ids):
                    assert one.id not in rows
                    assert one.state == name
                    rows[one.id] = one
    assert len(shown.open) == open_count(desk)
    assert shown.matched.connections == sum(one.state == "matched" for one in rows.values())
    return rows


def tie_and_untie(desk, ids, machine):
    tied = tying.tie_workstation(desk, ids, machine, keep_current=True).value
    everything(desk)
    tying.untie_workstation(desk, tied)


def decide(desk, chance, machines, known):
    """Do one thing that a person can do; a rule that is broken changes nothing."""
    shown = overview(desk, Days())
    groups = [*shown.open, *matched_rows(desk, Days()), *shown.ignored]
    if not groups:
        return 0
    ids = chance.choice(groups).ids
    if chance.random() < 0.3:
        ids = ids[: chance.randint(1, len(ids))]
    before = everything(desk)
    steps = [
        lambda: deciding.ignore(desk, ids, "Test"),
        lambda: deciding.join_session(desk, ids, chance.choice(known)),
        lambda: deciding.take_back(desk, ids),
        lambda: deciding.separate(desk, ids),
        lambda: deciding.join_again(desk, ids),
        lambda: deciding.confirm(desk, ids),
        lambda: tie_and_untie(desk, ids, chance.choice(machines)),
        lambda: candidates(desk, ids) and connections_near(desk, chance.choice(known)),
        lambda: deciding.make_session(desk, ids),
    ]
    step = chance.choice(steps)
    try:
        step()
        return int(step is steps[-1])
    except RuleBroken:
        assert everything(desk) == before
    return 0


@pytest.mark.parametrize("seed", range(2))
def test_nothing_is_lost_doubled_or_forgotten(desk, bohrer, known, seed):
    chance = random.Random(seed)
    with desk.database.write() as connection:
        server = customers.find_workstation(connection, bohrer.server)
        moved = replace(server, tool=Tool.TEAMVIEWER, partner_id="1556208431")
        customer_records.update_workstation(connection, moved, desk.clock.now())
    lines = random_log(chance, "1556208431")
    read, made = 0, len(known)
    for _step in range(30):
        if chance.random() < 0.4:
            count = chance.randint(1, len(lines))
            before = everything(desk)
            result = read_log_bytes(desk, "Connections.txt", log(*lines[:count])).value
            after = everything(desk)
            read = max(read, count)
            assert (result.connections, result.new) == (count, len(after) - len(before))
            # What was decided, and what had a session, is as it was.
            for row, one in before.items():
                assert after[row] == one or (one.state == "open" and not one.decided_by)
            # Once more, and nothing at all changes.
            again = read_log_bytes(desk, "Connections.txt", log(*lines[:count])).value
            assert (again.new, again.updated, again.matched) == (0, 0, 0)
            assert everything(desk) == after
        else:
            made += decide(desk, chance, [bohrer.reception, bohrer.server], known)
        rows = everything(desk)
        assert len(rows) == read
        match_again(desk)
        assert match_again(desk).value == 0
        with desk.database.read() as connection:
            assert sessions.count(connection) == made

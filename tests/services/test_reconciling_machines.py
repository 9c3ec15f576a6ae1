"""Connections beside sessions and machines: what belongs where, and what a person chooses from."""

from __future__ import annotations

from datetime import date

from sqlalchemy import event, update

from laverma_desk.domain.customer import FormerPartnerId, Tool
from laverma_desk.domain.errors import Rule
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.reconciling.choosing import candidates, connections_near
from laverma_desk.services.reconciling.deciding import (
    ignore,
    join_session,
    make_session,
    not_telephone_only,
    take_back,
    telephone_only,
)
from laverma_desk.services.reconciling.matching import match_again
from laverma_desk.services.reconciling.overview import matched_rows, open_count, overview
from laverma_desk.services.reconciling.records import Days
from laverma_desk.services.reconciling.tying import tie_workstation, untie_workstation
from laverma_desk.storage import connection_rows, customer_records, customers, former_ids
from laverma_desk.storage import house as stored_house
from laverma_desk.storage.tables import customer
from tests.support.connection_logs import MINUTE, RECEPTION, STRANGE, at, line, only, read, session_at
from tests.support.desks import add_customer
from tests.support.past_sessions import past_session
from tests.support.session_steps import broken, machine_of


def test_a_session_of_which_nothing_stands_in_the_file_is_shown_until_it_is_a_telephone_call(desk, bohrer):
    other = session_at(desk, bohrer.server, "15:12", 15)
    session_at(desk, bohrer.server, "20:00", 15)
    read(desk, line(at("10:00"), MINUTE), line(at("18:00"), MINUTE))
    (loose,) = overview(desk).without_connection
    assert (loose.session_id, loose.minutes, loose.net_cents) == (other, 15, 3375)
    assert telephone_only(desk, other).changed == {Topic.CONNECTIONS}
    assert overview(desk).without_connection == ()
    telephone_only(desk, other)
    not_telephone_only(desk, other)
    assert overview(desk).without_connection == (loose,)
    (near, far) = connections_near(desk, other)
    assert (near.begin, far.begin) == (at("18:00"), at("10:00"))
    join_session(desk, near.ids, other)
    assert overview(desk).without_connection == ()
    broken(Rule.SESSION_UNKNOWN, telephone_only, desk, 4711)


def test_of_another_tool_nothing_can_stand_in_the_file(desk, bohrer):
    with desk.database.write() as connection:
        place = customers.find_workstation(connection, bohrer.server)
        past_session(connection, place, at("15:12"), 900, tool="anydesk")
        past_session(connection, place, at("15:12"), 900, not_possible="no_internet")
    read(desk, line(at("10:00"), MINUTE), line(at("18:00"), MINUTE))
    assert overview(desk).without_connection == ()


def test_an_unclear_one_is_open_and_neither_of_its_sessions_is_without_connection(desk, bohrer):
    session_at(desk, bohrer.reception, "15:00", 20)
    session_at(desk, bohrer.reception, "15:01", 20)
    read(desk, line(at("10:00"), MINUTE), line(at("15:05"), 5 * MINUTE), line(at("18:00"), MINUTE))
    unclear = overview(desk).open[1]
    assert unclear.ambiguous
    assert overview(desk).without_connection == ()
    assert [one.begin for one in candidates(desk, unclear.ids)] == [at("15:01"), at("15:00")]


def test_what_it_can_be_joined_to_begins_with_the_same_customer(desk, bohrer, clock):
    away = add_customer(desk, "10021", "Praxis Dr. Weiß", "Server")
    stranger = session_at(desk, machine_of(desk, away), "09:00", 5)
    far = session_at(desk, bohrer.server, "06:00", 5)
    near = session_at(desk, bohrer.reception, "08:00", 30)
    running = timekeeping.start_session(desk, bohrer.reception).value.id
    read(desk, line(at("09:01"), MINUTE))
    found = candidates(desk, only(desk).ids)
    assert [one.session_id for one in found] == [near, far, running, stranger]
    assert found[2].end is None
    broken(Rule.CONNECTION_UNKNOWN, candidates, desk, (4711,))


def test_a_new_id_is_tied_to_a_machine_and_the_old_one_stays_known(desk, bohrer):
    number = session_at(desk, bohrer.reception, "10:00", 20)
    read(desk, line(at("10:01"), 9 * MINUTE, STRANGE), line(at("12:01"), 9 * MINUTE, STRANGE))
    first = overview(desk).open[1]
    assert (first.place, first.proposal) == (None, None)
    result = tie_workstation(desk, first.ids, bohrer.reception)
    tied = result.value
    assert (tied.matched, tied.current, tied.partner_id_before) == (1, True, RECEPTION)
    assert result.changed == {Topic.CONNECTIONS, Topic.CUSTOMERS, Topic.SESSIONS}
    assert matched_rows(desk)[0].session.session_id == number
    assert only(desk).place.workstation_name == "PC Rezeption"
    with desk.database.read() as connection:
        assert customers.find_workstation(connection, bohrer.reception).partner_id == STRANGE
        (old,) = former_ids.former_ids_of(connection, [bohrer.reception])
    assert old.partner_id == RECEPTION
    assert untie_workstation(desk, tied).value == 1
    assert len(overview(desk).open) == 2
    with desk.database.read() as connection:
        assert customers.find_workstation(connection, bohrer.reception).partner_id == RECEPTION
        assert former_ids.former_ids_of(connection, [bohrer.reception]) == []


def test_a_machine_keeps_its_id_where_the_new_one_is_of_before(desk, bohrer):
    number = session_at(desk, bohrer.reception, "10:00", 20)
    read(desk, line(at("10:01"), 9 * MINUTE, STRANGE))
    tied = tie_workstation(desk, only(desk).ids, bohrer.reception, keep_current=True).value
    assert (tied.matched, tied.current) == (1, False)
    assert (
        tie_workstation(desk, matched_rows(desk)[0].ids, bohrer.reception, keep_current=True).value.matched
        == 0
    )
    with desk.database.read() as connection:
        assert customers.find_workstation(connection, bohrer.reception).partner_id == RECEPTION
        (once,) = former_ids.former_ids_of(connection, [bohrer.reception])
        assert customer_records.owners_of_partner_id(connection, STRANGE, 0)[0].former
    assert once.partner_id == STRANGE
    assert matched_rows(desk)[0].session.session_id == number
    assert untie_workstation(desk, tied).value == 1
    with desk.database.read() as connection:
        assert former_ids.former_ids_of(connection, [bohrer.reception]) == []


def test_an_id_of_two_machines_names_neither(desk, bohrer):
    with desk.database.write() as connection:
        server = customers.find_workstation(connection, bohrer.server)
        customer_records.update_workstation(
            connection,
            type(server)(server.id, server.customer_id, server.name, server.tool, RECEPTION),
            at("08:00"),
        )
    read(desk, line(at("10:01"), 9 * MINUTE))
    assert (only(desk).place, only(desk).several_places) == (None, True)


def test_a_colleague_at_another_machine_stands_in_another_file(desk, bohrer):
    with desk.database.write() as connection:
        place = customers.find_workstation(connection, bohrer.server)
        colleague = stored_house.put_supporter(connection, "Jana Petersen", "")
        past_session(connection, place, at("12:00"), 600, number="S-2022-8001", supporter_id=colleague)
        own = past_session(connection, place, at("13:00"), 600, number="S-2022-8002")
    read(desk, line(at("10:00"), MINUTE), line(at("18:00"), MINUTE))
    assert len(overview(desk).without_connection) == 2, "of nobody anything stands in it: all are shown"
    session_at(desk, bohrer.reception, "10:00", 5)
    assert match_again(desk).value == 1
    assert [one.session_id for one in overview(desk).without_connection] == [own]


def test_what_is_no_id_is_tied_to_nothing(desk, bohrer):
    read(desk, line(at("10:00"), 5 * MINUTE, "12345"))
    one = only(desk)
    broken(Rule.PARTNER_ID_INVALID, tie_workstation, desk, one.ids, bohrer.reception)
    broken(Rule.CONNECTION_UNKNOWN, tie_workstation, desk, (), bohrer.reception)
    assert make_session(desk, one.ids, workstation_id=bohrer.reception).value.partner_id == ""


def test_records_that_became_one_keep_their_connections(desk, bohrer):
    other = add_customer(desk, "10099", "Praxis Bohrer", "PC Rezeption")
    number = session_at(desk, machine_of(desk, other), "10:00", 20)
    merge(desk, bohrer.customer_id, other, {}, "dieselbe Praxis")
    assert read(desk, line(at("10:05"), 5 * MINUTE)).matched == 1
    assert matched_rows(desk)[0].session.session_id == number


def test_taking_an_id_back_leaves_what_was_decided_by_hand(desk, bohrer):
    by_hand = session_at(desk, bohrer.server, "12:00", 20)
    session_at(desk, bohrer.reception, "10:00", 20)
    read(desk, line(at("10:01"), 9 * MINUTE, STRANGE), line(at("12:01"), 9 * MINUTE, STRANGE))
    later, earlier = overview(desk).open
    join_session(desk, later.ids, by_hand)
    tied = tie_workstation(desk, earlier.ids, bohrer.reception).value
    assert untie_workstation(desk, tied).value == 1
    assert [one.session.session_id for one in matched_rows(desk)] == [by_hand]


def test_a_former_id_of_a_locked_record_leads_nowhere(desk, bohrer, clock):
    with desk.database.write() as connection:
        once = FormerPartnerId(bohrer.reception, Tool.TEAMVIEWER, STRANGE, clock.now())
        former_ids.add_former_id(connection, once)
    read(desk, line(at("10:01"), 9 * MINUTE, STRANGE))
    assert only(desk).place.workstation_name == "PC Rezeption"
    with desk.database.write() as connection:
        row = customer.c.id == bohrer.customer_id
        connection.execute(update(customer).where(row).values(restricted_at=clock.now()))
    assert only(desk).place is None


def test_what_is_given_to_a_session_was_decided_by_nobody_meanwhile(desk, bohrer):
    number = session_at(desk, bohrer.reception, "09:00", 20)
    read(desk, line(at("14:00"), MINUTE), line(at("15:00"), MINUTE))
    later, earlier = (one.ids[0] for one in overview(desk).open)
    with desk.database.write() as connection:
        connection_rows.write(connection, [earlier], decided_by="Klaus")
        pairs = [(earlier, number), (later, number)]
        assert connection_rows.match(connection, pairs) == 1
        assert connection_rows.match(connection, pairs) == 0
        assert connection_rows.match(connection, []) == 0
    assert only(desk).ids == (earlier,)


def test_the_questions_do_not_grow_with_the_sessions(desk, bohrer):
    asked = []
    session_at(desk, bohrer.reception, "06:00", 20)
    lines = [line(at("06:01"), 9 * MINUTE)]
    read(desk, *lines)
    event.listen(desk.database.engine, "before_cursor_execute", lambda *values: asked.append(values[2]))
    assert len(matched_rows(desk)) == 1
    few = len(asked)
    for hour in range(7, 17):
        session_at(desk, bohrer.reception, f"{hour:02}:00", 20)
        lines.append(line(at(f"{hour:02}:01"), 9 * MINUTE))
    read(desk, *lines)
    asked.clear()
    assert len(matched_rows(desk)) == 11
    assert len(asked) == few


def test_an_id_that_changed_its_machine_is_only_clear_since_then(desk, bohrer):
    with desk.database.write() as connection:
        once = FormerPartnerId(bohrer.server, Tool.TEAMVIEWER, RECEPTION, at("12:00"))
        former_ids.add_former_id(connection, once)
    read(desk, line(at("11:00"), MINUTE), line(at("13:00"), MINUTE))
    since, before = overview(desk).open
    assert (since.place.workstation_id, since.several_places) == (bohrer.reception, False)
    assert (before.place, before.several_places) == (None, True)


def test_an_id_that_nobody_has_any_more_is_that_of_the_last_who_had_it(desk, bohrer):
    with desk.database.write() as connection:
        once = FormerPartnerId(bohrer.server, Tool.TEAMVIEWER, STRANGE, at("12:00"))
        former_ids.add_former_id(connection, once)
    read(desk, line(at("13:00"), MINUTE, STRANGE))
    assert only(desk).place.workstation_id == bohrer.server


def test_a_session_that_goes_on_for_days_has_its_connections_to_the_last(desk, bohrer, clock):
    number = session_at(desk, bohrer.reception, "09:00", 60)
    clock.advance(days=4)
    read(desk, line(at("08:00", day=4, month=3), 20 * MINUTE))
    assert open_count(desk) == 1
    timekeeping.reopen_session(desk, number)
    assert match_again(desk).value == 1, "what goes on is looked at however long ago it began"


def test_nothing_is_decided_about_one_that_is_decided_already(desk, bohrer):
    read(desk, line(at("11:00"), MINUTE), line(at("13:00"), MINUTE))
    later, earlier = overview(desk).open
    ignore(desk, later.ids, "Test")
    broken(Rule.CONNECTION_DECIDED, ignore, desk, (*earlier.ids, *later.ids), "Doppelt")
    assert only(desk).ids == earlier.ids


def test_what_gets_a_connection_was_not_held_on_the_telephone_alone(desk, bohrer):
    number = session_at(desk, bohrer.server, "15:00", 15)
    read(desk, line(at("10:00"), MINUTE), line(at("15:01"), MINUTE, STRANGE), line(at("18:00"), MINUTE))
    telephone_only(desk, number)
    stranger = overview(desk).open[1]
    join_session(desk, stranger.ids, number)
    take_back(desk, stranger.ids)
    assert [one.session_id for one in overview(desk).without_connection] == [number]


def test_a_day_ends_before_the_midnight_of_the_house(desk, bohrer):
    read(desk, line(at("22:59:59"), MINUTE), line(at("23:00"), MINUTE, STRANGE))
    the_28th = Days(date(2022, 2, 28), date(2022, 2, 28))
    assert [one.begin for one in overview(desk, the_28th).open] == [at("22:59:59")]

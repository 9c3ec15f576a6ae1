"""A connection is started with what the session has, and noted on it once it lives."""

from __future__ import annotations

import os
import threading
from dataclasses import replace

import pytest

from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.history import HistoryFilter
from laverma_desk.services import history, remote_tools
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.storage import customer_records, customers
from tests.support.desks import add_customer, bohrer, clock, desk  # noqa: F401 (fixtures)
from tests.support.programs import arguments_of, bare_machine, was_started, write_program  # noqa: F401

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs are scripts")


@pytest.fixture
def teamviewer(bare_machine):  # noqa: F811
    return write_program(bare_machine, "teamviewer")


def running(desk, place):  # noqa: F811
    return timekeeping.start_session(desk, place).value.id


def rested():
    for thread in threading.enumerate():
        if thread.name == "remote-tool":
            thread.join(30)


def broken(code, function, *arguments):
    with pytest.raises(RuleBroken) as refused:
        function(*arguments)
    assert refused.value.code is code
    return refused.value


def test_a_connection_is_noted_with_its_moment(desk, bohrer, clock, teamviewer):  # noqa: F811
    number = running(desk, bohrer.reception)
    at = clock.advance(minutes=2) or clock.now()
    started = remote_tools.start(desk, number, {}, {})
    assert arguments_of(teamviewer) == ["-i", "1234567890"]
    clock.advance(seconds=1)
    rested()
    assert remote_tools.confirm(desk, started).changed == {Topic.SESSIONS}
    (line,) = timekeeping.session_history(desk, number)
    assert (line.at, line.who, line.field) == (at, "Klaus Klassen", "connected")
    assert (line.old, line.new, line.reason) == ("", "teamviewer:1234567890", "")


def test_a_locked_practice_is_not_reached_but_one_with_an_agreement_is(desk, bohrer, teamviewer):  # noqa: F811
    for number, name, agreed, partner_id in (
        ("10044", "Praxis Dr. Hartmann", False, "444555666"),
        ("10018", "Praxis Dr. Weiß", True, "987654321"),
    ):
        other = add_customer(desk, number, name, "Rezeption", has_agreement=agreed)
        with desk.database.write() as connection:
            (place,) = customers.workstations_of(connection, other)
            has = replace(place, partner_id=partner_id)
            customer_records.update_workstation(connection, has, desk.clock.now())
    number = running(desk, bohrer.reception)
    call_sheet.save_connection(desk, number, Tool.TEAMVIEWER, "444555666")
    broken(Rule.AGREEMENT_MISSING, remote_tools.start, desk, number, {}, {})
    assert not was_started(teamviewer)
    call_sheet.save_connection(desk, number, Tool.TEAMVIEWER, "987654321")
    remote_tools.start(desk, number, {}, {})
    assert arguments_of(teamviewer) == ["-i", "987654321"]
    rested()


def test_what_died_at_once_is_not_noted(desk, bohrer, tmp_path, teamviewer):  # noqa: F811
    number = running(desk, bohrer.reception)
    dies = write_program(tmp_path / "eigene", "tv", code=2)
    started = remote_tools.start(desk, number, {"teamviewer": str(dies)}, {})
    rested()
    with pytest.raises(OutsideTrouble) as said:
        remote_tools.confirm(desk, started)
    assert said.value.code is Trouble.TOOL_DID_NOT_START
    assert timekeeping.session_history(desk, number) == []
    assert not was_started(teamviewer)


def test_a_started_connection_is_no_correction(desk, bohrer, teamviewer):  # noqa: F811
    number = running(desk, bohrer.reception)
    remote_tools.confirm(desk, remote_tools.start(desk, number, {}, {}))
    timekeeping.end_session(desk, number)
    rested()
    today = desk.clock.now().date()
    (row,) = history.rows(desk, HistoryFilter(None, None), today, 0, 9)
    assert not row.corrected


def test_nothing_starts_without_an_id_or_a_running_session(desk, bohrer, teamviewer):  # noqa: F811
    number = running(desk, bohrer.server)
    broken(Rule.PARTNER_ID_INVALID, remote_tools.start, desk, number, {}, {})
    call_sheet.save_connection(desk, number, Tool.ANYDESK, "praxis@ad")
    error = broken(Rule.TOOL_NOT_FOUND, remote_tools.start, desk, number, {}, {})
    assert error.parameters["tool"] is Tool.ANYDESK
    timekeeping.end_session(desk, number)
    broken(Rule.SESSION_ENDED, remote_tools.start, desk, number, {}, {})
    assert not was_started(teamviewer)


def test_sample_data_reach_nobody(desk, bohrer, teamviewer):  # noqa: F811
    number = running(desk, bohrer.reception)
    broken(Rule.TOOL_REACHES_NOBODY, remote_tools.start, replace(desk, demo=True), number, {}, {})
    assert not was_started(teamviewer)


def test_what_is_set_for_a_tool_is_checked(teamviewer):
    assert remote_tools.check_place(f" {teamviewer} ", "teamviewer") == str(teamviewer)
    assert remote_tools.check_place("", "teamviewer") == ""
    command = f"{teamviewer} --id {{id}}"
    assert remote_tools.check_place(command, "other") == command
    assert broken(Rule.TOOL_PATH_WRONG, remote_tools.check_place, "/nowhere", "anydesk").field == "anydesk"
    assert broken(Rule.TOOL_COMMAND_FOREIGN, remote_tools.check_place, "sh {id}", "other").field == "other"


@pytest.fixture
def weiss(desk):  # noqa: F811
    """Another practice: its machine has one ID, and had another one before."""
    customer = add_customer(desk, "10018", "Praxis Dr. Weiß", "Rezeption 1")
    with desk.database.write() as connection:
        (place,) = customers.workstations_of(connection, customer)
        for one in ("111222333", "987654321"):
            customer_records.update_workstation(connection, replace(place, partner_id=one), desk.clock.now())
            (place,) = customers.workstations_of(connection, customer)
    return place


def test_whose_id_it_is(desk, bohrer, weiss):  # noqa: F811
    session = timekeeping.start_session(desk, bohrer.reception).value
    now = remote_tools.owner_elsewhere(desk, session, Tool.TEAMVIEWER, "987654321")
    assert (now.workstation_id, now.customer_name, now.former) == (weiss.id, "Praxis Dr. Weiß", False)
    once = remote_tools.owner_elsewhere(desk, session, Tool.TEAMVIEWER, "111222333")
    assert (once.workstation_id, once.former) == (weiss.id, True)
    for own in ("1234567890", "98765432", "555666777"):
        assert remote_tools.owner_elsewhere(desk, session, Tool.TEAMVIEWER, own) is None


@pytest.mark.parametrize("heard", ["987654321", "111222333"])
def test_a_session_goes_to_the_machine_whose_id_was_read_out(desk, bohrer, weiss, heard):  # noqa: F811
    number = running(desk, bohrer.reception)
    moved = remote_tools.move_to_owner(desk, number, weiss.id, Tool.TEAMVIEWER, heard).value
    assert (moved.workstation_id, moved.partner_id) == (weiss.id, heard)
    assert [line.field for line in timekeeping.session_history(desk, number)] == ["partner"]

"""A call that has just become this desk's goes on at once, whenever the server goes."""

from __future__ import annotations

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services import alone
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.setup import house
from laverma_desk.storage import sessions
from laverma_desk.storage.tables import supporter
from tests.support.wired_desks import wired_desk

pytestmark = pytest.mark.files("it is about a server alone")

COMMIT = "COMMIT\0"


@pytest.fixture
def wired(tmp_path, clock):
    with wired_desk(tmp_path, clock) as wired:
        yield wired


def go_on(wired, number):
    """Work on a call while the server is away, and look whether it is carried over."""
    assert timekeeping.pause_session(wired.here, number).value.state is SessionState.PAUSED
    call_sheet.save_notes(wired.here, number, "ohne Server", "")
    assert alone.waiting_here(wired.here) == (number,)
    wired.mend()
    found = timekeeping.read_session(wired.there, number)
    assert (found.state, found.notes) == (SessionState.PAUSED, "ohne Server")


def test_a_start_after_which_nothing_is_answered(wired):
    """Once it is committed the server is not needed any more: the next question would come too late."""
    wired.wire.cut_after(COMMIT)
    started = timekeeping.start_session(wired.here, wired.bohrer.reception).value
    go_on(wired, started.id)


def test_an_end_taken_back_is_kept_again(wired):
    number = timekeeping.start_session(wired.here, wired.bohrer.reception).value.id
    timekeeping.end_session(wired.here, number)
    assert not wired.here.aside.keeps(number)
    timekeeping.reopen_session(wired.here, number)
    wired.cut()
    go_on(wired, number)


def test_who_sits_here_is_known_from_the_start(wired):
    """Not the first of the house's people: what is kept aside knows whose login it is."""
    second = house.save_supporter(wired.there, "Maria Maier", "maria@laverma.example").value
    with wired.there.database.write() as connection:
        login = wired.wire.address.user
        connection.execute(supporter.update().where(supporter.c.id == second).values(role=login))
    assert house.read_house(wired.here).supporters[0].name != "Maria Maier"
    timekeeping.start_session(wired.here, wired.bohrer.reception)
    wired.cut()
    wired.open_again()
    assert alone.is_alone(wired.here)
    assert house.read_house(wired.here).supporter_name == "Maria Maier"


def test_what_was_not_begun_is_not_kept(wired):
    wired.wire.lose(COMMIT)
    with pytest.raises(OutsideTrouble) as caught:
        timekeeping.start_session(wired.here, wired.bohrer.reception)
    assert caught.value.code is Trouble.SERVER_AWAY
    assert wired.here.aside.every() == ()


def test_what_has_to_wait_at_a_server_that_is_there_is_not_called_away(wired):
    number = timekeeping.start_session(wired.here, wired.bohrer.reception).value.id
    aside = wired.here.aside
    with aside.store.write() as connection:
        sessions.update_session(connection, number, notes="noch nicht drüben")
    aside.note(wired.here.clock.now())
    with pytest.raises(OutsideTrouble) as caught:
        alone.all_there(wired.here, number)
    assert caught.value.code is Trouble.SERVER_BUSY
    wired.here.database.watchman.look_again()
    wired.mend()
    alone.all_there(wired.here, number)
    assert timekeeping.read_session(wired.there, number).notes == "noch nicht drüben"

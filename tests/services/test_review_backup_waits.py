"""The copy of the day waits for a call to end, but not for ever."""

from __future__ import annotations

import pytest

from laverma_desk.services.backups.taking import backup_is_wanted, take_copy
from laverma_desk.services.calls import timekeeping

pytestmark = pytest.mark.files("copies of the file")


def test_nobody_is_disturbed_on_the_phone_unless_a_whole_day_was_left_out(desk, bohrer, clock):
    take_copy(desk)
    clock.advance(days=1)
    assert backup_is_wanted(desk)
    session = timekeeping.start_session(desk, bohrer.reception).value
    assert not backup_is_wanted(desk), "somebody is on the phone"
    clock.advance(days=1)
    assert backup_is_wanted(desk), "a day has no copy"
    take_copy(desk)
    timekeeping.end_session(desk, session.id)
    assert not backup_is_wanted(desk)
    clock.advance(days=1)
    assert backup_is_wanted(desk)


def test_a_desk_without_any_copy_does_not_wait(desk, bohrer):
    timekeeping.start_session(desk, bohrer.reception)
    assert backup_is_wanted(desk)

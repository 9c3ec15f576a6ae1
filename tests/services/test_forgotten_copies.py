"""Drafts and copies for other programs do not outlive their use."""

from __future__ import annotations

import os

from laverma_desk.services import files
from tests.support.desks import clock, desk  # noqa: F401 (fixtures)


def test_what_was_made_for_other_programs_goes_after_a_week(desk, clock):  # noqa: F811
    old = files.copy_to_look_at(desk, "alt.pdf", b"%PDF alt")
    new = files.copy_to_look_at(desk, "neu.pdf", b"%PDF neu")
    now = clock.now().timestamp()
    os.utime(old, (now, now - files.COPIES_KEPT.total_seconds() - 60))
    os.utime(new, (now, now - files.COPIES_KEPT.total_seconds() + 60))
    assert files.forget_copies(desk) == 1
    assert [one.name for one in desk.data.drafts.iterdir()] == ["neu.pdf"]


def test_a_desk_that_gave_out_nothing_has_nothing_to_forget(desk):  # noqa: F811
    assert files.forget_copies(desk) == 0

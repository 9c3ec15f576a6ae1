"""The mail server dies in each phase: `python -m tests.nothing_lost dying_server` does it in every way."""

from __future__ import annotations

from collections import Counter

import pytest

from laverma_desk.domain.mail_account import Security
from tests.nothing_lost.dying_server import Post, fates, suffer
from tests.nothing_lost.mortal_server import Death, Moment

# What keeps silent costs a timeout each: all of those are for the command.
QUICK = [one for one in Death if one not in (Death.HANGS, Death.HALF_LINE_HANGS)]
LATE = (Moment.TEXT, Moment.DOT)
EARLY = (Death.CLOSES, Death.REFUSES, Death.SAYS_TWICE)


@pytest.mark.parametrize("security", list(Security))
def test_no_mail_is_lost_or_doubled_whatever_the_server_does(tmp_path, security):
    seen: Counter[str] = Counter()
    every = [one for one in fates(security, QUICK) if one.moment in LATE or one.death in EARLY]
    with Post(tmp_path / "desk", security) as post:
        found = [one for fate in every for one in suffer(post, [fate], seen)]
        found += suffer(post, every[::17], seen)
    assert found == []
    assert seen[f"{security}, of the unclear ones the server has"] >= 7
    assert {f"{security}, {state}" for state in ("waiting", "failed", "unclear", "handed_over")} <= set(seen)

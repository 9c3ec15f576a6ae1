"""Who saves over a version that is newer than the one shown is stopped before anything is written."""

from __future__ import annotations

from laverma_desk.domain.errors import Rule, RuleBroken


def check_version(seen: int | None, now: int) -> None:
    """Compare the version that an editor showed with today's; None is a command, which shows none.

    Raises RuleBroken RECORD_CHANGED with the `version` of today.
    """
    if seen is not None and seen != now:
        raise RuleBroken(Rule.RECORD_CHANGED, version=now)

"""Which fields two versions fill otherwise, and what is offered for each."""

from __future__ import annotations

from laverma_desk.domain.edition import Clash, Side, clashes, settled

SEEN = {"a": 1, "b": 2, "c": 3, "d": 4}


def test_only_fields_that_differ_are_asked_about():
    own = {"a": 10, "b": 2, "c": 30, "d": 4}
    theirs = {"a": 11, "b": 22, "c": 30, "d": 4}
    assert clashes(SEEN, own, theirs) == (
        Clash("a", 10, 11, Side.OWN, both=True),
        Clash("b", 2, 22, Side.THEIRS, both=False),
    )


def test_what_only_one_typed_is_offered_as_typed():
    assert clashes(SEEN, {"a": 10}, {"a": 1}) == (Clash("a", 10, 1, Side.OWN, both=False),)


def test_what_the_other_version_does_not_have_stays_as_typed():
    own = {"a": 10, "new": "typed"}
    found = clashes(SEEN, own, {"a": 11})
    assert settled(own, found, {"a": Side.THEIRS}) == {"a": 11, "new": "typed"}
    assert settled(own, found, {}) == own

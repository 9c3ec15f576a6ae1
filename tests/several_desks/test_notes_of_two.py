"""Two technicians write on one session, one after the other: no line of either is ever written over."""

from __future__ import annotations

import pytest

from laverma_desk.services.calls import call_sheet, handing_over, timekeeping
from tests.support import logins as people

logins, klaus, anna = people.logins, people.klaus, people.anna


@pytest.fixture
def number(klaus, anna, bohrer):
    """A session that Anna has taken over from Klaus, who was still typing."""
    found = timekeeping.start_session(klaus, bohrer.reception).value
    handing_over.take_over(anna, found.id)
    return found.id


def both(desk, number):
    found = timekeeping.read_session(desk, number)
    return found.notes, found.internal_note


def test_what_was_put_below_the_notes_meanwhile_stays_below_what_is_typed(klaus, anna, number):
    call_sheet.save_notes(anna, number, "eins", "intern")
    handing_over.add_notes(klaus, number, "noch getippt", "auch intern")
    base = ("eins", "intern")
    for typed in ("eins\nzwei", "eins\ndrei"):  # Her window has not read it yet.
        saved = call_sheet.save_notes(anna, number, typed, "intern 2", base=base)
        assert both(anna, number) == (
            f"{typed}\n\nVon Klaus Klassen:\nnoch getippt",
            "intern 2\n\nVon Klaus Klassen:\nauch intern",
        )
        assert saved.changed
        base = (typed, "intern 2")


@pytest.mark.parametrize("known", ["", "Drucker ", "- ", "Drucker\n\n\n\n", " "])
def test_blanks_at_the_end_of_what_was_known_hide_no_line(klaus, anna, number, known):
    call_sheet.save_notes(anna, number, known, known)
    handing_over.add_notes(klaus, number, "noch getippt", "noch getippt")
    call_sheet.save_notes(anna, number, f"{known}neu", "", base=(known, known))
    notes, internal_note = both(anna, number)
    assert notes == f"{known}neu\n\nVon Klaus Klassen:\nnoch getippt"
    assert internal_note == "Von Klaus Klassen:\nnoch getippt"


def test_what_is_typed_goes_before_what_nobody_has_added_to(anna, number):
    call_sheet.save_notes(anna, number, "eins\nzwei", "")
    for base in (("eins\nzwei", ""), ("ein", ""), ("anders", ""), None):
        saved = call_sheet.save_notes(anna, number, "drei", "", base=base)
        assert (both(anna, number), saved.changed) == (("drei", ""), frozenset())
        call_sheet.save_notes(anna, number, "eins\nzwei", "")


def test_what_the_window_shows_already_is_not_added_twice(klaus, anna, number):
    handing_over.add_notes(klaus, number, "noch getippt", "")
    shown = "eins\nVon Klaus Klassen:\nnoch getippt"
    call_sheet.save_notes(anna, number, shown, "", base=("", ""))
    assert both(anna, number) == (shown, "")

"""Spellings that a technician types for the same name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.folding import digits_of, fold, fold_with_positions

EVERYTHING = st.text(st.characters(codec="utf-8"), max_size=40)
GERMAN = st.text("aäAÄoöOÖuüUÜeEßẞsSéèłœæøxX -1", max_size=20)


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [
        (("Müller", "Mueller", "MUELLER", "Muller", "MÜLLER", "Mu\u0308ller"), "muller"),
        (("Weiß", "WEISS", "Weiss", "weiss", "WEIẞ"), "weiss"),
        (("Möller", "Moeller", "Moller"), "moller"),
        (("Jäger", "Jaeger", "Jager"), "jager"),
        (("André", "Andre", "ANDRÉ"), "andre"),
        (("Bauer", "baür", "Bäuer"), "baur"),
        (("Ærø", "aero"), "aro"),
        (("ﬁrma", "Firma"), "firma"),
        (("№ 5", "no 5"), "no 5"),
        (("ΟΔΟΣ", "οδος"), "οδοσ"),
    ],
)
def test_spellings_of_one_name_are_equal(spellings, folded):
    assert {fold(one) for one in spellings} == {folded}


def test_different_names_stay_different():
    assert len({fold(one) for one in ("Maier", "Meier", "Mayer", "Meyer")}) == 4


def test_places_lead_back_to_the_letters():
    folded, places = fold_with_positions("Zahnärzte Weiß & Mueller")
    at = folded.index("weiss")
    assert "Zahnärzte Weiß & Mueller"[places[at] : places[at + 4] + 1] == "Weiß"
    at = folded.index("muller")
    assert "Zahnärzte Weiß & Mueller"[places[at] : places[at + 5] + 1] == "Mueller"


@given(EVERYTHING | GERMAN)
def test_both_ways_of_folding_agree_and_places_stay_inside_the_text(text):
    folded, places = fold_with_positions(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert list(places) == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@given(EVERYTHING | GERMAN)
def test_each_folded_letter_comes_from_the_letter_at_its_place(text):
    folded, places = fold_with_positions(text)
    for letter, place in zip(folded, places, strict=True):
        assert letter in fold(text[place])


@given(EVERYTHING | GERMAN)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(EVERYTHING | GERMAN)
def test_writing_the_accents_apart_changes_nothing(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(GERMAN)
def test_umlauts_in_letters_change_nothing(text):
    spelt = text
    for umlaut, pair in (
        ("ä", "ae"),
        ("ö", "oe"),
        ("ü", "ue"),
        ("Ä", "Ae"),
        ("Ö", "OE"),
        ("Ü", "Ue"),
        ("ß", "ss"),
    ):
        spelt = spelt.replace(umlaut, pair)
    assert fold(spelt) == fold(text)


def test_digits_alone():
    assert digits_of("+49 (30) 231-250 14 ²٣") == "493023125014"

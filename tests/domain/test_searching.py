"""Words are found in any spelling, from two letters on, and inside of compounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.searching import line_of, words_of


def finds(typed: str, *texts: str) -> bool:
    line = line_of(texts)
    return all(any(part in line for part in parts) for parts in words_of(typed))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("server", "Terminalserver neu gestartet"),
        ("TREIBER", "Druckertreiber"),
        ("dru", "Drucker"),
        ("dr", "Drucker"),
        ("dr", "Netz (Drucker)"),
        ("01", "PC-0117"),
        ("PC-0117", "An PC-0117 geprüft"),
        ("192.168", "Gateway 192.168.4.77"),
        ("Müller", "Frau Mueller"),
        ("Mueller", "Frau Müller"),
        ("Muller", "Frau Müller"),
        ("Weiss", "Praxis Dr. Weiß"),
        ("Weiß", "Praxis Dr. WEISS"),
        ("Mu\u0308ller", "Frau Müller"),
        ("einstellung", "Videoeinstellung geändert"),
        ("eintrag", "Menüeintrag fehlt"),
        ("ue", "Übung"),
        ("👍", "alles gut 👍"),
        ('"', 'das "Programm"'),
        ("*", "5 * 3"),
        ("c:", "Laufwerk C: voll"),
        ("(dr.", "Frau (Dr. Marten)"),
        ("neu server", "Server neu gestartet"),
    ],
)
def test_what_is_found(typed, said):
    assert finds(typed, said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ru", "Drucker"),
        ("router", "Terminalserver"),
        ("neu router", "Server neu gestartet"),
        ("*", "Drucker"),
        ("NEAR", "Drucker"),
        ("pc-0117", "PC 0117"),
        ("drucker-server", "Drucker und Server"),
    ],
)
def test_what_is_not_found(typed, said):
    assert not finds(typed, said)


@pytest.mark.parametrize("typed", ["", "  ", "d", "ü", "ß", "\u0308", "\0"])
def test_what_is_no_word_yet_narrows_nothing(typed):
    assert words_of(typed) == ()


def test_a_word_does_not_reach_from_one_text_into_the_next():
    assert not finds("druckerserver", "Drucker", "Server")


_TEXT = st.text(st.sampled_from("aäeiouüößtrsnAÜE 01.-–\"*'(:"), max_size=40)


@given(_TEXT, st.integers(0, 39), st.integers(3, 12))
def test_each_part_of_a_plain_text_is_found(said, at, length):
    # Without e: behind a vowel it may be half of an umlaut, as the next test tells.
    said = said.replace("e", "n").replace("E", "N")
    part = said[at : at + length].strip()
    if len(part) >= 3 and " " not in part:
        assert finds(part, said)


@given(_TEXT)
def test_each_whole_word_of_a_text_is_found(said):
    for word in said.split():
        assert finds(word, said)


@given(st.text(max_size=60), st.text(max_size=20))
def test_nothing_that_can_be_typed_raises(said, typed):
    finds(typed, said)

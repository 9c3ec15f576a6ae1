"""Breaking lines, standing in for missing glyphs, and writing from right to left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.documents.fonts import Face, advances
from laverma_desk.documents.glyphs import clean, printable
from laverma_desk.documents.right_to_left import join, visual
from laverma_desk.documents.typesetting import BODY, prepared, shortened, width, wrap


def test_plex_faces_draw_the_same_characters():
    assert set(advances(Face.REGULAR)) == set(advances(Face.SEMI_BOLD))


@pytest.mark.parametrize(
    ("given_", "drawn"),
    [
        ("u\u0308ber", "über"),
        ("a\tb", "a    b"),
        ("a\x00\x07\x1bb", "ab"),
        ("a\r\nb\u2028c\x0bd", "a\nb\nc\nd"),
        ("weich\u00adtrennen\ufeff", "weichtrennen"),
        ("\ud800", "\ufffd"),
        ("👍🏽", "[thumbs up sign]"),
        ("✔", "✔"),
        ("🇦🇹", "AT"),
        ("漢字", "▯▯"),
        ("Ａｱ", "A▯"),
        ("\u3000x\u2003y", " x\u2003y"),
        ("13\u00a0€", "13\u00a0€"),
        ("\U0010ffff\ue0ff", "▯▯"),
    ],
)
def test_stand_ins(given_, drawn):
    assert printable(given_) == drawn


@given(st.text(st.characters()))
def test_prepared_text_has_a_glyph_for_every_character(text):
    fonts = set(advances(Face.REGULAR)) | set(advances(Face.FALLBACK)) | {"\n"}
    assert set(prepared(text)) <= fonts
    assert printable(printable(text)) == printable(text)
    clean(text).encode()


@given(st.text(st.characters(codec="utf-8"), max_size=400), st.integers(60, 600))
def test_lines_fit_and_lose_nothing_but_blanks(text, room):
    paragraph = prepared(text.replace("\n", " ")).replace("\n", " ")
    lines = wrap(paragraph, BODY, room)
    assert all(width(line, BODY) <= room + 0.001 for line in lines)
    assert "".join(lines).replace(" ", "") == paragraph.replace(" ", "")


def test_lines_end_at_blanks_and_behind_hyphens():
    assert wrap("Partner-ID des Rechners", BODY, 80) == ["Partner-ID", "des", "Rechners"]
    assert wrap("Partner-Identifikation", BODY, 120) == ["Partner-", "Identifikation"]
    assert wrap("13\u00a0€ und", BODY, 40) == ["13\u00a0€", "und"]


def test_cut_lines_end_in_an_ellipsis():
    assert wrap("eins zwei drei vier", BODY, 40, at_most=2) == ["eins", "zwei…"]
    assert shortened("Laverma", BODY, 500) == "Laverma"
    short = shortened("Laverma Desk", BODY, 60)
    assert short.endswith("…")
    assert width(short, BODY) <= 60


@pytest.mark.parametrize(
    ("letters", "shapes"),
    [
        ("سلام", "\ufeb3\ufefc\ufee1"),
        ("مرحبا", "\ufee3\ufeae\ufea3\ufe92\ufe8e"),
        ("دار", "\ufea9\ufe8d\ufead"),
        ("بَب", "\ufe91\u064e\ufe90"),
        ("Text", "Text"),
    ],
)
def test_arabic_letters_are_joined(letters, shapes):
    assert join(letters) == shapes


def test_lines_are_ordered_as_they_are_read():
    assert visual("abc אבג def", "abc") == "abc גבא def"
    assert visual("אבג (12) def", "אבג") == "def (12) גבא"
    assert visual("plain", "אבג") == "plain"

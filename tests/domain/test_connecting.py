"""What is an ID of which tool, and what would be an option in disguise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.connecting import LONGEST_ID, is_id, plain_id
from laverma_desk.domain.customer import Tool

_NO_IDS = [
    "", "-", "--play", "-1234567890", "--connect 123456789", "123456789\n", "123456789;ls", "$(id)12345678",
    "praxis pc", "praxis/pc", "praxis\\pc", "praxis&calc", 'a"b', "a'b", "a%20b", "1234567890?key=x",
    "ä" * 9, "٣" * 9, "x" * (LONGEST_ID + 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tool", "plain"),
    [
        (Tool.TEAMVIEWER, "123456789"),
        (Tool.TEAMVIEWER, "1234567890"),
        (Tool.ANYDESK, "12345678"),
        (Tool.ANYDESK, "1234567890"),
        (Tool.ANYDESK, "praxis.pc-1_a@ad"),
        (Tool.RUSTDESK, "123456"),
        (Tool.RUSTDESK, "1234567890123456"),
        (Tool.RUSTDESK, "praxis_pc-1"),
        (Tool.OTHER, "7"),
        (Tool.OTHER, "pc.praxis.example:5900"),
    ],
)
def test_an_id_of_a_tool(tool, plain):
    assert is_id(tool, plain)


@pytest.mark.parametrize(
    ("tool", "plain"),
    [
        (Tool.TEAMVIEWER, "12345678"),
        (Tool.TEAMVIEWER, "12345678901"),
        (Tool.TEAMVIEWER, "praxis@ad"),
        (Tool.ANYDESK, "1234567"),
        (Tool.ANYDESK, "12345678901"),
        (Tool.ANYDESK, "praxis"),
        (Tool.ANYDESK, "-praxis@ad"),
        (Tool.ANYDESK, "praxis@-ad"),
        (Tool.RUSTDESK, "12345"),
        (Tool.RUSTDESK, "pc123"),
        (Tool.RUSTDESK, "_praxis"),
        (Tool.RUSTDESK, "praxis@ad"),
        *((tool, plain) for tool in Tool for plain in _NO_IDS),
    ],
)
def test_no_id_of_a_tool(tool, plain):
    assert not is_id(tool, plain)


@pytest.mark.parametrize(
    ("tool", "typed", "plain"),
    [
        (Tool.TEAMVIEWER, " 123 456 789 ", "123456789"),
        (Tool.TEAMVIEWER, "1\u00a0234-567.890", "1234567890"),
        (Tool.TEAMVIEWER, "12345678901", "1234567890"),
        (Tool.ANYDESK, "123 456 789", "123456789"),
        (Tool.ANYDESK, " praxis@ad ", "praxis@ad"),
        (Tool.RUSTDESK, "praxis-pc 1", "praxis-pc1"),
        (Tool.RUSTDESK, "-123456", "-123456"),
    ],
)
def test_what_is_typed_becomes_the_id(tool, typed, plain):
    assert plain_id(tool, typed) == plain


@given(st.sampled_from(Tool), st.text(max_size=90))
def test_whatever_passes_is_one_word_and_never_an_option(tool, typed):
    plain = plain_id(tool, typed)
    assert plain_id(tool, plain) == plain
    if is_id(tool, plain):
        assert plain.isascii()
        assert plain[0].isalnum()
        assert not set(plain) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@:")

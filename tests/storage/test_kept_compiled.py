"""What engines spell differently is compiled once, like all else: a word without a key would be each time."""

from __future__ import annotations

import pytest
from sqlalchemy import ColumnElement, literal, select

from laverma_desk.storage import mine, spelling
from laverma_desk.storage.tables import session

WORDS = sorted(
    {
        one
        for room in (mine, spelling)
        for one in vars(room).values()
        if isinstance(one, type) and issubclass(one, ColumnElement) and one.__module__ == room.__name__
    },
    key=lambda one: one.__name__,
)


@pytest.mark.parametrize("word", WORDS)
def test_a_statement_with_it_is_kept(word):
    try:
        element = word(session.c.notes, literal("x"))
    except TypeError:
        element = word()
    assert select(element)._generate_cache_key() is not None


def test_each_word_of_the_rooms_was_looked_at():
    assert {"Yes", "Holds", "Matching", "Role", "Heart", "_Mine"} <= {one.__name__ for one in WORDS}

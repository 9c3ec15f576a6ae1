"""Fingerprints of rows: what repeats is found in any order of keys, and memory does not grow with them."""

from __future__ import annotations

import random
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.storage.fingerprints import Fingerprints


@given(st.lists(st.binary(min_size=1, max_size=2), max_size=60))
def test_doubles_and_firsts_are_those_of_a_dictionary(keys):
    first: dict[bytes, int] = {}
    doubles = []
    with Fingerprints() as fingerprints:
        for place, key in enumerate(keys):
            if key in first:
                doubles.append((first[key], place))
            first.setdefault(key, place)
            fingerprints.add(key, place)
        assert list(fingerprints.doubles()) == doubles
        assert list(fingerprints.firsts()) == [(place, key) for key, place in first.items()]


def test_many_keys_take_no_memory_of_python():
    chance = random.Random(1)
    with Fingerprints() as fingerprints:
        for place in range(5_000):
            fingerprints.add(chance.randbytes(32), place)
        tracemalloc.start()
        try:
            for place in range(5_000, 60_000):
                fingerprints.add(chance.randbytes(32), place)
            grown, _peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert grown < 500_000, "a dictionary of 55,000 keys takes some 10 MB"

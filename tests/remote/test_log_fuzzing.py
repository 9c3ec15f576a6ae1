"""Ten thousand spoiled lines of every kind: nothing but a rule is ever raised."""

from __future__ import annotations

import pytest

from tests.remote.fuzzing import run


@pytest.mark.parametrize("seed", range(4))
def test_spoiled_lines_are_said_and_never_fatal(seed):
    read, unreadable = run(2500, seed)
    # It reads what is whole and says what is not.
    assert read > 50
    assert unreadable > 200

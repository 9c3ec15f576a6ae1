"""A disk that is full or faulty at any step: some steps of some scenes; all of them are in `nothing_lost`."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.nothing_lost.disk_full import can_mount, read, small, watched
from tests.nothing_lost.disk_watch import can_watch, compiled, watched_environment
from tests.nothing_lost.full_disk_player import WEATHERS

STRIDES = {"call": 67, "choices": 9, "papers": 37, "copies": 97, "older_desk": 71}
FULL, FAULT = 2, 3

pytestmark = pytest.mark.skipif(not can_watch(), reason="it takes Linux and a C compiler")


@pytest.mark.parametrize(
    ("scene", "manner"),
    [("call", manner) for manner in range(len(WEATHERS))]
    + [(scene, manner) for scene in STRIDES if scene != "call" for manner in (FULL, FAULT)],
)
def test_it_is_said_and_goes_on(scene, manner, tmp_path):
    environment = watched_environment(compiled(tmp_path))
    name, said = watched(scene, manner, tmp_path, environment, STRIDES[scene])
    counts = Counter()
    assert read(name, said, counts) == []
    assert counts["plays"] > 2
    assert counts["acts refused, and done when there was room again"] > 0


def test_on_a_small_disk_it_is_called_full(tmp_path):
    if not can_mount(tmp_path):
        pytest.skip("no file system may be mounted here")
    counts = Counter()
    assert read(*small("choices", tmp_path, {}), counts) == []
    assert counts["said: disk_full"] == counts["acts refused, and done when there was room again"] > 0

"""Every figure of a varied house, held against its rows; `python -m tests.figures` does it with a million."""

from __future__ import annotations

from tests.figures.proof import prove
from tests.figures.varied_desk import Sized


def test_every_figure_is_what_the_rows_say(tmp_path):
    outcome = prove(Sized(tmp_path / "kept", 4_000), 8, 60, tmp_path, lambda _words: None, steps=20)
    assert outcome.wrong == []
    assert outcome.counts["filters"] == 60
    assert outcome.counts["filters with sessions"] > 40
    assert outcome.counts["values compared"] > 50_000
    for kind in ("open", "not_possible", "locked"):
        assert outcome.counts[f"rows: {kind}"] > 0, kind
    assert outcome.counts["rows: counted"] > 3_000
    least = {"prices": 7, "months": 118, "customers": 30, "reasons": 6, "hours": 100, "workstations": 60,
             "supporters": 4, "on_site": 10}  # fmt: skip
    assert {
        name: count for name, count in least.items() if outcome.counts[f"{name} of them all"] < count
    } == {}

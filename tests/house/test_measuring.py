"""The measurements measure: turns are taken, ratios are of one round, and a goal that is missed is said."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench import cases
from tests.bench.measuring import alone, paired, row
from tests.bench.table import as_markdown, as_text
from tests.nothing_lost.trial import TRIALS

ROOT = Path(__file__).parents[2]


def test_both_sides_take_turns_at_going_first_and_warm_rounds_do_not_count():
    heard = []

    def step(name, cost):
        def done():
            heard.append(name)
            return cost

        return done

    pair = paired(step("ours", 3.0), step("limit", 2.0), rounds=3, warm=1)
    assert "".join(name[0] for name in heard) == "ollooll" + "o"
    assert pair.ours == (3.0,) * 3
    assert pair.limit == (2.0,) * 3


def test_a_ratio_is_of_one_round_so_that_a_machine_that_slows_down_does_not_matter():
    ours, limit = iter([10.0, 20.0, 400.0]), iter([10.0, 10.0, 200.0])
    found = row("it", "that", paired(lambda: next(ours), lambda: next(limit), rounds=3, warm=0), 1.9)
    assert (found.ours, found.limit, found.ratio) == (20.0, 10.0, 2.0)
    assert not found.met


def test_a_figure_that_stands_alone_is_held_against_its_goal_itself():
    assert alone("wake-ups", 0, 0, unit="1/s").met
    assert not alone("wake-ups", 0.5, 0, unit="1/s").met


def test_the_tables_say_what_was_reached_and_what_was_not():
    rows = [
        replace(one, case=one.what, engine="sqlite")
        for one in (
            alone("modules", 2, 0, unit="modules", note="lxml, fpdf"),
            alone("memory", 10, 15, unit="MB"),
        )
    ]
    rows.append(replace(rows[1], ours=20.0, engine="postgresql"))
    assert as_markdown(rows, lambda case: f"no {case} there").splitlines()[2:] == [
        "| modules | – | 2.00 modules | ≤ 0 modules | no: lxml, fpdf | – | no modules there |",
        "| memory | – | 10.0 MB | ≤ 15 MB | yes | 20.0 MB | no |",
    ]
    assert "no: lxml, fpdf" in as_text(rows)


@pytest.mark.parametrize("name", cases.NAMES)
def test_every_case_of_the_table_has_its_module(name):
    # Read, not loaded: what some stand beside is installed for measuring alone.
    parts = ast.parse((ROOT / "tests" / "bench" / f"{name}.py").read_text("utf-8")).body
    assert "measure" in {part.name for part in parts if isinstance(part, ast.FunctionDef)}


@pytest.mark.parametrize("name", TRIALS)
def test_every_trial_has_its_module(name):
    assert (ROOT / "tests" / "nothing_lost" / f"{name}.py").is_file()


def test_a_case_that_nobody_wrote_is_refused_with_those_there_are():
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "telepathy"], cwd=ROOT, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "full_text" in done.stderr

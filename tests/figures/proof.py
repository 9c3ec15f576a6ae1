"""One proof: vary a desk, let the house work on it, and compare every figure of many filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from random import Random

from laverma_desk.domain.company import FiguresSettings
from laverma_desk.services.setup.house_figures import save_figures_settings
from tests.bench.large_desk import opened
from tests.figures.comparing import differences, values
from tests.figures.filters import some_filters
from tests.figures.plain_world import World
from tests.figures.real_steps import take_steps
from tests.figures.recomputing import recompute
from tests.figures.varied_desk import Sized, varied_desk

_ONE = ("total", "derived")


@dataclass
class Outcome:
    """What was compared, and what did not agree, a sentence each."""

    counts: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def prove(
    size: Sized, seed: int, filters: int, folder: Path, say: Callable[[str], None], steps: int = 40
) -> Outcome:
    """Do it in a folder that is there for this alone."""
    dice = Random(seed)
    say(f"a desk of {size.sessions:,} sessions, varied")
    data = varied_desk(size, folder / "desk", seed)
    outcome = Outcome()
    desk = opened(data)
    try:
        outcome.counts |= take_steps(desk, folder, dice, steps)
        world = World(data.database)
        asked = some_filters(world, dice, filters)
        say(f"{len(asked)} filters over every row")
        expected = recompute(world, sorted(asked, key=lambda one: one.per_supporter))
        world.close()
        say("what the program says of each")
        for per_supporter, some in groupby(expected, key=lambda one: one.asked.per_supporter):
            save_figures_settings(desk, FiguresSettings(per_supporter=per_supporter))
            for one in some:
                outcome.wrong += differences(desk, one)
    finally:
        desk.close()
    outcome.counts |= {f"rows: {name}": count for name, count in asdict(world.rows).items()}
    outcome.counts |= {
        "filters": len(expected),
        "filters with sessions": sum(1 for one in expected if one.figures()["total"][0]),
        "values compared": sum(values(one) for one in expected),
    }
    widest = max((one.figures() for one in expected), key=lambda found: (found["total"], found["supporters"]))
    outcome.counts |= {f"{name} of them all": len(rows) for name, rows in widest.items() if name not in _ONE}
    if world.rows.wrong:
        outcome.wrong.append(f"{world.rows.wrong} rows do not hold what follows from their own seconds")
    return outcome

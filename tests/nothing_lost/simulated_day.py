"""Twenty-four simulated hours, many times over, against a small model of seconds, minutes and cents."""

from __future__ import annotations

import traceback

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.nothing_lost.day_machine import DayMachine
from tests.nothing_lost.trial import Outcome, Trial

DAYS = 120
"""How many days are played each time."""

STEPS = 100
LONGEST_STORY = 4000


def run(trial: Trial) -> Outcome:
    """Play days; the first that does not come out is made as short as it can be, and told."""
    DayMachine.tally.clear()
    lost = []
    for again in range(trial.times):
        machine = seed(trial.seed + again)(type("DayMachine", (DayMachine,), {}))
        wanted = settings(
            max_examples=DAYS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            print_blob=False,
            verbosity=Verbosity.quiet,
            suppress_health_check=list(HealthCheck),
        )
        try:
            run_state_machine_as_test(machine, settings=wanted)
        except Exception as error:  # noqa: BLE001 (whatever comes is what is looked for)
            story = "".join(traceback.format_exception(error)[-3:]) + "\n".join(
                getattr(error, "__notes__", [])
            )
            lost.append(f"seed {trial.seed + again}: {story}")
        trial.say(f"{DayMachine.tally['simulated seconds'] // 86_400} days")
    counts = {name: count for name, count in sorted(DayMachine.tally.items()) if name != "simulated seconds"}
    return Outcome({"simulated hours": DayMachine.tally["simulated seconds"] // 3600} | counts, tuple(lost))

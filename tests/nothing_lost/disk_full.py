"""The disk is full, or faulty: it is said plainly, what was there stays whole, and with room it goes on.

Each scene is played again and again in a watched process: each time the next of its steps on the disk
fails, until it ends before that step comes. Four manners: no room once; a write by half and then no room;
full from there on until somebody makes room; a fault (EIO) once. An act that is refused must say so as an
`OutsideTrouble` that has a sentence, leave the desk whole, and succeed when it is asked for again, with
what was typed; in the end all of it is there once, also for the next start. As root it is done on a small
file system, too, that is really full: there the word must be DISK_FULL.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.nothing_lost.disk_watch import can_watch, compiled, watched_environment
from tests.nothing_lost.full_disk_player import WEATHERS
from tests.nothing_lost.full_disk_scenes import SCENES
from tests.nothing_lost.trial import Outcome, Trial

ROOT = Path(__file__).parents[2]
SMALL_SCENES = ("call", "choices")
_SMALL = "8m"


def run(trial: Trial) -> Outcome:
    """Let every step of every scene fail, on all processors; `--times 10` every tenth alone."""
    if not can_watch():
        return Outcome({"no Linux with a C compiler here: plays": 0})
    environment = watched_environment(compiled(trial.work))
    jobs = [
        partial(watched, name, place, stride=trial.times) for name in SCENES for place in range(len(WEATHERS))
    ]
    if can_mount(trial.work):
        jobs += [partial(small, name) for name in SMALL_SCENES]
    counts: Counter[str] = Counter()
    lost: list[str] = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, out in pool.map(lambda job: job(trial.work, environment), jobs):
            lost += read(name, out, counts)
            trial.say(f"{name}: {counts['plays']} plays, {len(lost)} lost so far")
    return Outcome(counts, tuple(lost))


def watched(
    name: str, manner: int, work: Path, environment: dict[str, str], stride: int = 1
) -> tuple[str, str]:
    """Play a scene in a manner and return its name and what was said; a `stride` leaves steps out."""
    folder = work / f"{name} {manner}"
    folder.mkdir()
    out = _output([sys.executable, *player(name, str(manner), folder), str(stride)], environment)
    shutil.rmtree(folder)
    return name, out


def small(name: str, work: Path, _environment: dict[str, str]) -> tuple[str, str]:
    """Play a scene on a small disk and return its name and what was said."""
    folder = work / f"{name} small"
    folder.mkdir()
    start = f'mount -t tmpfs -o size={_SMALL} none "$0" && exec "$@"'
    command = ["unshare", "--mount", "sh", "-c", start, str(folder)]
    return name, _output([*command, sys.executable, *player(name, "small", folder)], dict(os.environ))


def player(name: str, manner: str, folder: Path) -> list[str]:
    """Return the command of a player after the name of Python."""
    return ["-m", "tests.nothing_lost.full_disk_player", name, manner, str(folder)]


def can_mount(work: Path) -> bool:
    """Tell whether a small file system may be mounted here."""
    if shutil.which("unshare") is None:
        return False
    mount = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", str(work)]
    return subprocess.run(mount, check=False, capture_output=True).returncode == 0


def _output(command: Sequence[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, cwd=ROOT, check=False, capture_output=True, text=True)
    words = done.stderr.strip()
    failure = json.dumps({"lost": f"the player ended with {done.returncode}: {words[-500:]}"})
    return done.stdout + (failure if done.returncode or words else "")


def read(name: str, out: str, counts: Counter[str]) -> list[str]:
    """Count what a player said and return what was lost."""
    lost = []
    weather = ""
    for line in map(json.loads, out.splitlines()):
        if "weather" in line:
            weather = f"{line['weather']}, step {line['nth']}"
            counts["plays"] += 1
            counts[f"… of {name}"] += 1
            counts[f"… {line['weather']}"] += 1
        elif "lost" in line:
            lost.append(f"{name}, {weather}: {line['lost']:.600}")
        elif line["failed"] and not line["said"]:
            counts["plays whose failure nobody had to hear of (a log folded later, and the like)"] += 1
        for said in line.get("said", ()):
            counts[f"said: {said.partition(': ')[2]}"] += 1
            counts["acts refused, and done when there was room again"] += 1
    return lost

"""Where a player is killed: at a random moment from outside, or by itself at a certain call on a file."""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import subprocess
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")
WHEN = ("before", "within", "after")
"""In the order of the C side; "listen" is the fourth there."""

_DECIDES = ("sync ", "rename to ", "link ", "remove ")


@dataclass(frozen=True)
class Strike:
    """Kill at the `nth` time that a player does `call`: `sync desk.sqlite3-wal`, with a # for many digits."""

    call: str
    nth: int
    when: str
    nanoseconds: int = 0

    def arm(self, folder: str) -> None:
        """Let this process be killed so; calls on files below the folder count from now on."""
        place = (*WHEN, "listen").index(self.when)
        ctypes.CDLL(None).kill_at(
            folder.encode(), self.call.encode(), ctypes.c_long(self.nth), place, self.nanoseconds
        )


LISTEN = Strike("", 0, "listen")
"""Kills nobody and names each call: what can be struck at all."""


@dataclass(frozen=True)
class Moment:
    """When a player dies: at a strike, and at the latest `seconds` after so many steps that are done.

    `after`: the step from which on the seconds count, so that a busy machine gets as far as another one.
    """

    seconds: float
    after: str | None = None
    steps: int = 0
    strike: Strike | None = None


@dataclass
class Calls:
    """The calls that a kind of players does, as they were heard; chooses at which of them to strike."""

    heard: Counter[str] = field(default_factory=Counter)
    chosen: Counter[str] = field(default_factory=Counter)

    def choose(self, chance: random.Random, most: int = 40) -> Strike:
        """Return a strike: in turn at each kind of call alike, at each that decides what holds alike, at any.

        Not beyond the `most`th time that a player does it.
        """
        turn = self.chosen.total() % 3
        kinds = [one for one in self.heard if turn == 0 or _decides(one)] or [*self.heard]
        least = min(self.chosen[one] for one in kinds)
        call = chance.choice(sorted(one for one in kinds if self.chosen[one] == least))
        if turn == 2:
            call = chance.choice(sorted(self.heard.elements()))
        self.chosen[call] += 1
        nth = chance.randint(1, min(most, self.heard[call]))
        return Strike(call, nth, chance.choice(WHEN), chance.randrange(300_000))


def _decides(call: str) -> bool:
    """Tell whether a call decides what holds afterwards, and under which name; hidden files are half ones."""
    name = call.rpartition(" ")[2].rpartition("/")[2]
    return call.startswith(_DECIDES) and (name == "." or not name.startswith("."))


def built(folder: Path) -> Path | None:
    """Return the library that players load for strikes, made in a folder; None without a C compiler.

    One that lacks its headers is none.
    """
    compiler = shutil.which("cc")
    if compiler is None or os.uname().sysname != "Linux":
        return None
    made = folder / "kill_at.so"
    flags = ("-O1", "-Wall", "-Wextra", "-shared", "-fPIC")
    command = [compiler, *flags, "-o", made, SOURCE, "-ldl", "-lpthread"]
    return made if subprocess.run(command, check=False).returncode == 0 else None


def as_words(strike: Strike | None) -> str:
    """Return a strike as a player reads it."""
    return "" if strike is None else json.dumps(asdict(strike))


def from_words(words: str) -> Strike | None:
    """Return what `as_words` wrote."""
    return Strike(**json.loads(words)) if words else None

"""Hold what is installed against known security advisories: `python .build/audit_packages.py`.

pip-audit asks an advisory service. Of one that knows no advisories it says "no known vulnerabilities" too, so
the service is first asked for some that every such service knows. A run in which nothing was audited says so
and fails nothing: what fails is an advisory that is not accepted.
"""

# ruff: noqa: T201 (it is there to print)

from __future__ import annotations

import argparse
import json
import subprocess  # nosec B404 # (a list of arguments, never a shell)
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OUR_OWN = "laverma-desk"
_SECONDS = 300
_LINE = "!" * 78


class NoAnswerError(Exception):
    """The service said nothing that could be read."""


@dataclass(frozen=True)
class Accepted:
    """An advisory that we live with until a day."""

    id: str
    reason: str
    until: date


@dataclass(frozen=True)
class Advisory:
    """What is known of a version: `names` are all its numbers, `mended` the versions without it."""

    package: str
    names: tuple[str, ...]
    mended: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """What the service said: how many packages it knows, those it does not know, and advisories."""

    known: int
    unknown: tuple[str, ...]
    advisories: tuple[Advisory, ...]


def main(arguments: Sequence[str]) -> int:
    """Audit this environment and return 1 for an advisory that is not accepted (any more)."""
    parser = argparse.ArgumentParser(prog="audit_packages.py", description=__doc__)
    parser.add_argument("--settings", type=Path, default=ROOT / "pyproject.toml")
    parser.add_argument("--osv-url", help="ask a service that speaks OSV's language at this address")
    options = parser.parse_args(arguments)
    settings = tomllib.loads(options.settings.read_text("utf-8"))["tool"]["laverma-desk"]["audit"]
    service = ["--vulnerability-service", "osv", "--osv-url", options.osv_url] if options.osv_url else []
    try:
        if not _knows_advisories(settings["known_to_every_service"], service):
            return _nothing(
                f"The advisory service does not know those of {settings['known_to_every_service']}."
            )
        audit = _asked(["--local", "--skip-editable", *service])
    except NoAnswerError as error:
        return _nothing(f"The advisory service did not answer. {error}")
    return _judge(audit, [Accepted(**one) for one in settings["accepted"]])


def _knows_advisories(pinned: str, service: Sequence[str]) -> bool:
    """Return whether the service knows the advisories of an old version that no service can have missed."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text(pinned + "\n", "utf-8")
        return bool(_asked(["--requirement", str(listed), "--no-deps", "--disable-pip", *service]).advisories)


def _asked(what: Sequence[str]) -> Audit:
    """Let pip-audit ask. Raises NoAnswerError where it came back without figures."""
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", *what]
    try:
        done = subprocess.run(  # nosec B603 # noqa: S603 (a list of arguments, all of them ours)
            command, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise NoAnswerError(f"{_SECONDS} seconds were not enough.") from error
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)  # pip-audit is not there, or does not know what it is asked
    try:
        found: list[Mapping[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError as error:
        said = done.stderr.strip().splitlines() or [""]
        raise NoAnswerError(said[-1]) from error
    asked = [one for one in found if one["name"] != OUR_OWN]
    return Audit(
        sum("vulns" in one for one in asked),
        tuple(one["name"] for one in asked if "vulns" not in one),
        tuple(
            Advisory(
                f"{one['name']} {one['version']}", (hole["id"], *hole["aliases"]), tuple(hole["fix_versions"])
            )
            for one in asked
            for hole in one.get("vulns", [])
        ),
    )


def _judge(audit: Audit, accepted: Sequence[Accepted]) -> int:
    if not audit.known:
        return _nothing("The advisory service knows none of the packages.")
    today = date.today()  # noqa: DTZ011 (a day of the calendar on the wall)
    open_ones = 0
    for advisory in audit.advisories:
        for_it = [one for one in accepted if one.id in advisory.names]
        valid = [one for one in for_it if one.until >= today]
        mended = ", ".join(advisory.mended) or "no version yet"
        print(f"{advisory.package}: {' = '.join(advisory.names)}, mended in {mended}")
        for one in for_it:
            print(f"    accepted until {one.until}{'' if one in valid else ', which is over'}: {one.reason}")
        open_ones += not valid
    named = {name for advisory in audit.advisories for name in advisory.names}
    for one in accepted:
        if one.id not in named:
            print(f"{one.id} is accepted and found no more: take it out of the list")
    if audit.unknown:
        print(f"{_LINE}\nNOT AUDITED, unknown to the service: {', '.join(audit.unknown)}\n{_LINE}")
    print(f"pip-audit: {audit.known} packages audited, {len(audit.advisories)} advisories, {open_ones} open")
    return 1 if open_ones else 0


def _nothing(why: str) -> int:
    """Say that nothing was audited, so that nobody takes it for a clean result."""
    print(_LINE)
    print("NOT AUDITED: no package was held against known security advisories.")
    print(why)
    print("This is no clean result: repeat it where an advisory service can be reached.")
    print(_LINE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

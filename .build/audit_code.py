"""Let bandit read the program for dangerous ways: `python .build/audit_code.py`; 1 where it finds one.

What is accepted says so where it stands, `# nosec B603 # (why)`. One that names no finding, gives no reason,
or accepts what is no longer there, counts as a finding.
"""

# ruff: noqa: T201 (it is there to print)

from __future__ import annotations

import io
import json
import re
import subprocess  # nosec B404 # (a list of arguments, never a shell)
import sys
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("laverma_desk", ".build")
_ACCEPTED = re.compile(r"#\s*nosec\b:?\s*(?P<tests>[^#]*)(?P<rest>.*)$")
_REASON = re.compile(r"\(\w.+\)$")
_NUMBER = re.compile(r"B\d{3}")


@dataclass(frozen=True)
class Finding:
    """What bandit says about a line; `until` is the last line of its statement."""

    file: Path
    line: int
    until: int
    test: str
    words: str


@dataclass(frozen=True)
class Accepted:
    """A comment that accepts findings, on its line."""

    file: Path
    line: int
    tests: tuple[str, ...]
    explained: bool


def main(places: Sequence[Path]) -> int:
    """Read every file below the places, print what is not accepted, and return 1 where there is any."""
    found = findings(places)
    accepted = [one for place in places for file in _python_files(place) for one in comments(file)]
    complaints = [*_open(found, accepted), *_of_comments(found, accepted)]
    for complaint in complaints:
        print(complaint)
    verdict = f"{len(complaints)} to be mended" if complaints else "nothing open"
    print(f"bandit: {verdict}, {len(accepted)} findings accepted, each with its reason beside it")
    return 1 if complaints else 0


def findings(places: Sequence[Path]) -> list[Finding]:
    """Return what bandit finds, accepted or not. Raises RuntimeError where it did not read all of it."""
    command = [sys.executable, "-m", "bandit", "--quiet", "--ignore-nosec", "--format", "json", "--recursive"]
    done = subprocess.run(  # nosec B603 # noqa: S603 (a list of arguments, all of them ours)
        [*command, *map(str, places)], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(done.stderr)
    said = json.loads(done.stdout)
    if said["errors"] or not said["metrics"]["_totals"]["loc"]:
        raise RuntimeError(f"bandit could not read everything: {said['errors']}")
    return [
        Finding(
            Path(one["filename"]),
            one["line_number"],
            max(one["line_number"], *one["line_range"]),
            one["test_id"],
            one["issue_text"],
        )
        for one in said["results"]
    ]


def comments(file: Path) -> Iterator[Accepted]:
    """Yield the comments of a file that accept findings."""
    text = file.read_text("utf-8")
    if "nosec" not in text:
        return
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        found = _ACCEPTED.search(token.string) if token.type == tokenize.COMMENT else None
        if found is not None:
            tests = tuple(_NUMBER.findall(found["tests"]))
            yield Accepted(file, token.start[0], tests, bool(_REASON.search(found["rest"])))


def _python_files(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _open(found: Sequence[Finding], accepted: Sequence[Accepted]) -> Iterator[str]:
    for one in found:
        if not any(_meets(comment, one) for comment in accepted):
            yield f"{one.file}:{one.line}: {one.test} {one.words}"


def _of_comments(found: Sequence[Finding], accepted: Sequence[Accepted]) -> Iterator[str]:
    for comment in accepted:
        place = f"{comment.file}:{comment.line}"
        if not comment.tests:
            yield f"{place}: names no finding: # nosec B603 # (why)"
        if not comment.explained:
            yield f"{place}: gives no reason: # nosec B603 # (why)"
        for test in comment.tests:
            if not any(one.test == test and _meets(comment, one) for one in found):
                yield f"{place}: accepts {test}, which is not found there"


def _meets(comment: Accepted, finding: Finding) -> bool:
    on_it = comment.file == finding.file and finding.line <= comment.line <= finding.until
    return on_it and finding.test in comment.tests


if __name__ == "__main__":
    sys.exit(main([Path(one).resolve() for one in sys.argv[1:]] or [ROOT / place for place in PLACES]))

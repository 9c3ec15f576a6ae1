"""The walls of the house, checked like everything else: imports, languages, sizes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "laverma_desk"
LONGEST_FILE = 300
_KEYWORDS = {"_": None, "ngettext": (1, 2), "gettext_in": (2,), "ngettext_in": (2, 3)}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def test_imports_only_go_down():
    """Run import-linter, since its contracts are the architecture."""
    # A process of its own: import-linter sets up logging and caches as it likes.
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def _extracted():
    found = {}
    for file, line, message, _comments, _context in extract_from_dir(PACKAGE, keywords=_KEYWORDS):
        found[message] = f"{file}:{line}"
    assert len(found) > 200
    return found


@pytest.fixture(scope="module")
def catalogue():
    source = ROOT / "translations" / "de" / "LC_MESSAGES" / "laverma_desk.po"
    with source.open("rb") as reader:
        return read_po(reader, locale="de")


def test_every_sentence_speaks_german(catalogue):
    missing = []
    for message, place in _extracted().items():
        entry = catalogue.get(message if isinstance(message, str) else message[0])
        strings = [] if entry is None else [entry.string] if isinstance(entry.string, str) else entry.string
        if entry is None or entry.fuzzy or not strings or not all(strings):
            missing.append(f"{place} {message!r}")
    assert missing == []


def test_every_translation_keeps_its_placeholders(catalogue):
    wrong = []
    for entry in catalogue:
        if not entry.id:
            continue
        plural = isinstance(entry.id, tuple)
        allowed = set(_PLACEHOLDER.findall(entry.id[-1] if plural else entry.id))
        for string in entry.string if plural else [entry.string]:
            found = set(_PLACEHOLDER.findall(string))
            # A singular may say "one" instead of the number.
            if found != allowed and not (plural and found <= allowed):
                wrong.append((entry.id, string))
    assert wrong == []


def test_the_catalogue_holds_no_sentence_that_nobody_says(catalogue):
    used = {message if isinstance(message, str) else message[0] for message in _extracted()}
    known = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue if entry.id}
    # Babel reads no words inside of f-strings before Python 3.12.
    written = "\n".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    stale = {one for one in known - used if f"'{one}'" not in written and f'"{one}"' not in written}
    assert stale == set()


def test_no_file_is_too_long_to_know():
    sizes = {
        str(file.relative_to(ROOT)): file.read_text("utf-8").count("\n")
        for file in [*PACKAGE.rglob("*.py")]
        if "migrations/versions" not in file.as_posix()
    }
    assert {name: lines for name, lines in sizes.items() if lines > LONGEST_FILE} == {}


def test_no_room_is_called_after_nothing():
    names = {"utils", "util", "helpers", "helper", "manager", "common", "base", "misc"}
    found = [file for file in PACKAGE.rglob("*") if file.stem in names and "__pycache__" not in file.parts]
    assert found == []

"""The README names every package that an installation brings, however deep it hangs."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def _brought_by(lines, known):
    """Add what these requirements bring here, and what that brings, to what is known."""
    for one in map(Requirement, lines):
        name = canonicalize_name(one.name)
        if name not in known and (one.marker is None or one.marker.evaluate({"extra": ""})):
            known.add(name)
            _brought_by(requires(name) or (), known)


def test_every_installed_package_stands_in_the_section_of_licences():
    installed = set()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    _brought_by(project["dependencies"], installed)
    readme = (ROOT / "README.md").read_text("utf-8")
    section = readme.split("## Dependencies and licences")[1].split("Shipped:")[0]
    named = {canonicalize_name(word) for word in re.findall(r"[A-Za-z0-9][\w.-]*\w", section)}
    assert len(installed) > 30
    assert sorted(installed - named) == []

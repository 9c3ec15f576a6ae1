"""The list of which program opens what (mimeapps.list), changed in our own lines alone."""

from __future__ import annotations

from collections.abc import Collection

_SECTION = "[Default Applications]"


def is_default(content: str, link: str, entry: str) -> bool:
    """Return whether an entry is the first one for a kind of link."""
    for section, key, values in _parsed(content):
        if section == _SECTION and key == link and values:
            return values[0] == entry
    return False


def with_default(content: str, link: str, entry: str) -> str:
    """Return the list with an entry in front for a kind of link; who was there before stands behind it."""
    lines, place, section = content.splitlines(), None, ""
    for number, line in enumerate(lines):
        if line.strip().startswith("["):
            section = line.strip()
            place = number if section == _SECTION else place
        elif section == _SECTION and line.partition("=")[0].strip() == link:
            values = [one for one in _values(line) if one != entry]
            lines[number] = f"{link}={';'.join((entry, *values))};"
            return _joined(lines)
    if place is None:
        lines += ["", _SECTION] if lines else [_SECTION]
        place = len(lines) - 1
    lines.insert(place + 1, f"{link}={entry};")
    return _joined(lines)


def without(content: str, links: Collection[str], entry: str) -> str:
    """Return the list without an entry for some kinds of links; a line that names nobody else goes."""
    lines = []
    for line in content.splitlines():
        key = line.partition("=")[0].strip()
        if key in links and entry in _values(line):
            values = [one for one in _values(line) if one != entry]
            if not values:
                continue
            lines.append(f"{key}={';'.join(values)};")
        else:
            lines.append(line)
    return _joined(lines)


def _parsed(content: str) -> list[tuple[str, str, list[str]]]:
    found, section = [], ""
    for line in content.splitlines():
        if line.strip().startswith("["):
            section = line.strip()
        elif "=" in line:
            found.append((section, line.partition("=")[0].strip(), _values(line)))
    return found


def _values(line: str) -> list[str]:
    return [one.strip() for one in line.partition("=")[2].split(";") if one.strip()]


def _joined(lines: list[str]) -> str:
    return "\n".join((*lines, "")) if lines else ""

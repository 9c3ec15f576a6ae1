"""Logs that a crash, an editor or another version has spoiled; `python -m tests.remote.fuzzing 1000000`."""

from __future__ import annotations

import random
import sys
from datetime import UTC

from laverma_desk.domain.connection import LogKind
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.remote.logs import read_log, table_preview
from laverma_desk.remote.logs.decoding import LONGEST_LINE, text_of
from tests.remote.log_samples import SAMPLES

_NASTY = (
    *"\x00\x01\x1b\x7f\x85\xa0\u2028\ufeff\U0001f600ß{}[]\"',;|\t\r -:/.+\\9",
    "\u0661",
    "99999999999999999999",
    "00-00-0000",
    "NaN",
    "-1",
    "null",
    "\\ud800",
    "1e999",
    '"' * 3,
    " " * 300,
    "[" * 300,
    "x" * 5000,
)
_ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


def mutated(line: str, chance: random.Random) -> str:
    """Return a line with one to four accidents."""
    for _again in range(chance.randint(1, 4)):
        place = chance.randint(0, len(line))
        behind = min(len(line), place + chance.randint(1, 12))
        match chance.randrange(6):
            case 0:
                line = line[:place]
            case 1:
                line = line[:place] + line[behind:]
            case 2:
                line = line[:place] + chance.choice(_NASTY) + line[place:]
            case 3:
                line = line[:place] + chance.choice(_NASTY) + line[behind:]
            case 4:
                line = line[:place] + line[place:behind] * chance.randint(2, 5) + line[behind:]
            case _:
                line = "".join(str(chance.randrange(10)) if one.isdigit() else one for one in line)
    return line


def spoiled(kind: LogKind, lines: int, chance: random.Random) -> bytes:
    """Return a file of that many lines, most of them spoiled."""
    source = SAMPLES[kind].splitlines(keepends=True)
    if source[0].startswith("{"):
        # Records stand in an order; one in six lines is enough to spoil half of them.
        body = (source * (lines // len(source) + 1))[: max(lines, len(source))]
        body = [mutated(one, chance) if chance.random() < 0.15 else one for one in body]
    else:
        body = [chance.choice(source) for _line in range(lines)]
        body = [mutated(one, chance) if chance.random() < 0.8 else one for one in body]
        body = source[:3] + body if chance.random() < 0.8 else body
    content = "".join(body).encode(chance.choice(_ENCODINGS), "replace")
    return content[: chance.randint(0, len(content))] if chance.random() < 0.3 else content


def hold_against(content: bytes, kind: LogKind | None) -> tuple[int, int]:
    """Read a file and return how many connections and unreadable lines it has; all of it must hold."""
    try:
        read = read_log(content, kind)
    except RuleBroken:
        return 0, 0
    lines = text_of(content).split("\n")
    for line in read.unreadable:
        assert 1 <= line.line_number <= len(lines)
        shown = line.raw.split("\n")[0].strip()
        assert shown[: LONGEST_LINE - 300] in lines[line.line_number - 1] or line.raw.endswith(" …"), line
    for found in read.connections:
        assert found.begin.tzinfo is UTC
        assert found.end is None or found.end >= found.begin
        assert found.partner_id.strip()
        assert found.key.strip()
        assert 1 <= found.line_number <= len(lines)
        for written in (found.key, found.partner_id, found.partner_name, found.local_user, found.note):
            assert written.isprintable(), (found, written)
            written.encode()
        found.raw.encode()
    assert len({one.key for one in read.connections}) == len(read.connections)
    assert len(read.connections) + len(read.unreadable) <= read.lines
    return len(read.connections), len(read.unreadable)


def run(count: int, seed: int, lines: int = 25) -> tuple[int, int]:
    """Read at least `count` spoiled lines; return how many were read and how many were unreadable."""
    chance = random.Random(seed)
    read = unreadable = done = 0
    kinds = list(SAMPLES)
    while done < count:
        kind = kinds[(done // lines) % len(kinds)]
        content = spoiled(kind, lines, chance)
        some, others = hold_against(content, chance.choice((None, kind, kind, chance.choice(list(LogKind)))))
        read, unreadable, done = read + some, unreadable + others, done + lines
        if chance.random() < 0.1:
            try:
                preview = table_preview(content)
            except RuleBroken:
                continue
            assert all(len(row) == len(preview.headings) for row in preview.rows)
    return read, unreadable


if __name__ == "__main__":
    print(run(int(sys.argv[1]), seed=6, lines=int(sys.argv[2]) if len(sys.argv) > 2 else 25))  # noqa: T201

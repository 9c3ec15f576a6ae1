"""Say of a refused file what is wrong in it, place by place, in the order of its lines."""

from __future__ import annotations

from pathlib import Path

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.problems import FileRefused, Problem


def tell_problems(file: Path, refused: FileRefused) -> None:
    """Print each problem that is named, then how many more there are, then what became of the file."""
    for problem in refused.problems:
        terminal.tell(f"{_place(file, problem)}: {explain(problem.error)}")
    more = int(refused.parameters["count"]) - len(refused.problems)
    if more > 0:
        terminal.tell(
            ngettext("… and %(n)s more error.", "… and %(n)s more errors.", more) % {"n": text.number(more)}
        )
    terminal.tell(explain(refused))


def _place(file: Path, problem: Problem) -> str:
    if problem.line is None:
        return f"{file.name}, {problem.place}"
    if not problem.place:
        return _("%(file)s, line %(line)d") % {"file": file.name, "line": problem.line}
    return _("%(file)s, line %(line)d, column “%(column)s”") % {
        "file": file.name,
        "line": problem.line,
        "column": problem.place,
    }

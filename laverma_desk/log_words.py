"""Words about the logs of remote tools, as `text` gives them on."""

from __future__ import annotations

from laverma_desk import i18n
from laverma_desk.domain.connection import LineProblem
from laverma_desk.i18n import gettext_in


def line_problem(problem: LineProblem, language: str | None = None) -> str:
    """Return why a line of a log could not be read, to be set behind its number."""
    tongue = language or i18n.current()
    return {
        LineProblem.NOT_A_CONNECTION: gettext_in(tongue, "is no connection"),
        LineProblem.INCOMPLETE: gettext_in(tongue, "is not written to its end yet"),
        LineProblem.TIME_INVALID: gettext_in(tongue, "holds no valid time"),
        LineProblem.END_BEFORE_BEGIN: gettext_in(tongue, "ends before it begins"),
        LineProblem.ID_MISSING: gettext_in(tongue, "names no partner ID"),
    }[problem]

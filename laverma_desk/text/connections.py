"""What remote tools wrote down, and what a session's log says of a connection that was started."""

from __future__ import annotations

from laverma_desk.domain.connection import LineProblem
from laverma_desk.domain.customer import Tool
from laverma_desk.i18n import gettext_in
from laverma_desk.text.names import partner_id, tool
from laverma_desk.text.tongue import spoken


def logged_connection(logged: str, language: str | None = None) -> str:
    """Return TeamViewer, 1 234 567 890 for what was logged. Raises ValueError for an unknown tool."""
    program, _colon, reached = logged.partition(":")
    return f"{tool(Tool(program), language)}, {partner_id(reached)}"


def line_problem(problem: LineProblem, language: str | None = None) -> str:
    """Return why a line of a log could not be read, to be set behind its number."""
    tongue = spoken(language)
    return {
        LineProblem.NOT_A_CONNECTION: gettext_in(tongue, "is no connection"),
        LineProblem.INCOMPLETE: gettext_in(tongue, "is not written to its end yet"),
        LineProblem.TIME_INVALID: gettext_in(tongue, "holds no valid time"),
        LineProblem.END_BEFORE_BEGIN: gettext_in(tongue, "ends before it begins"),
        LineProblem.ID_MISSING: gettext_in(tongue, "names no partner ID"),
    }[problem]

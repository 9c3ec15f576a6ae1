"""What a session's log says of a connection that was started: with which tool, to which ID."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.customer import Tool


def logged_connection(logged: str, tongue: str | None = None) -> str:
    """Return TeamViewer, 1 234 567 890 for what was logged. Raises ValueError for an unknown tool."""
    tool, _colon, partner_id = logged.partition(":")
    return f"{text.tool(Tool(tool), tongue)}, {text.partner_id(partner_id)}"

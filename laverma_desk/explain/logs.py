"""The sentences about the logs that remote tools write."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from laverma_desk.domain.errors import Rule, Trouble
from laverma_desk.explain.parameters import Parameters
from laverma_desk.i18n import _


def sentences() -> dict[Rule | Trouble, str]:
    """Return a sentence for each code, with places for the values that the error carries."""
    return {
        Rule.LOG_COLUMN_OPEN: _("No column is known to be %(missing)s. The file has: %(found)s"),
        Rule.LOG_EMPTY: _("Nothing is written in this file yet."),
        Rule.LOG_UNKNOWN: _(
            "This is no connection log that is known here. Take Connections.txt of TeamViewer, or an export "
            "of its console."
        ),
    }


def _carries_nothing(parameters: Parameters) -> str:
    return {
        "teamviewer-log": _(
            "This is TeamViewer's program log: it keeps no record of connections. Take Connections.txt from "
            "%%APPDATA%%\\TeamViewer."
        )
        % {},
        "anydesk-log": _(
            "This program log of AnyDesk names no outgoing connection. Take the sessions from my.anydesk."
        ),
        "rustdesk-log": _(
            "This is RustDesk's program log: it keeps no record of connections. Take the audit of the server."
        ),
    }.get(str(parameters["reason"]), _("This log keeps no record of connections."))


CASES: Mapping[Rule | Trouble, Callable[[Parameters], str]] = {Rule.LOG_CARRIES_NOTHING: _carries_nothing}
"""Those whose sentence depends on what the error carries."""

"""What remote tools wrote down about somebody's machines, as a table in words."""

from __future__ import annotations

from collections.abc import Iterable

from laverma_desk import text
from laverma_desk.i18n import gettext_in
from laverma_desk.services.privacy.tables import Table
from laverma_desk.storage.disclosed_connections import DisclosedConnection


def connection_table(found: Iterable[DisclosedConnection], tongue: str) -> Table:
    """Return logged connections, a line each, in one language."""
    columns = (
        gettext_in(tongue, "Begin"),
        gettext_in(tongue, "End"),
        gettext_in(tongue, "Program"),
        gettext_in(tongue, "Partner ID"),
        gettext_in(tongue, "Name"),
        gettext_in(tongue, "User"),
        gettext_in(tongue, "Kind"),
        gettext_in(tongue, "Note"),
        gettext_in(tongue, "Session"),
        gettext_in(tongue, "State"),
        gettext_in(tongue, "Reason"),
        gettext_in(tongue, "File"),
        gettext_in(tongue, "Line"),
    )
    states = {
        "open": gettext_in(tongue, "without session"),
        "matched": gettext_in(tongue, "belongs to the session"),
        "ignored": gettext_in(tongue, "passed over"),
    }
    rows = tuple(
        (
            text.exact_time(one.begin, tongue),
            text.exact_time(one.end, tongue) if one.end else "",
            text.tool(one.tool, tongue),
            text.partner_id(one.partner_id),
            one.partner_name,
            one.local_user,
            one.purpose,
            one.note,
            one.session,
            states.get(one.state, one.state),
            one.reason,
            one.file_name,
            one.raw,
        )
        for one in found
    )
    return Table("verbindungen", gettext_in(tongue, "Logged connections"), columns, rows)

"""A line of a session's log in the words of the list."""

from __future__ import annotations

from datetime import UTC, datetime

from laverma_desk.storage.session_history import Change
from laverma_desk.text.session_log import change_words

AT = datetime(2022, 3, 1, 9, 24, tzinfo=UTC)


def test_a_started_connection_is_said_with_tool_and_id():
    line = Change(AT, "Klaus Klassen", "connected", "", "teamviewer:1234567890")
    assert change_words(line) == (
        "01.03.2022 10:24 Uhr, Klaus Klassen", "Gestartet", "TeamViewer, 1 234 567 890", "",
    )  # fmt: skip
    assert change_words(Change(AT, "", "connected", "", "anydesk:praxis@ad"))[2] == "AnyDesk, praxis@ad"


def test_a_tool_of_a_newer_program_is_shown_as_it_was_logged():
    assert change_words(Change(AT, "", "connected", "", "future:1"))[2] == "future:1"


def test_a_corrected_id_tells_both():
    line = Change(AT, "", "partner_id", "1234567890", "praxis@ad", "verwechselt")
    assert change_words(line)[2:] == ("1 234 567 890 → praxis@ad", "verwechselt")

"""The bar below the list says what Enter and Escape do, for a new call and for one that moves."""

from __future__ import annotations

from laverma_desk.services.calls import timekeeping
from laverma_desk.ui.search.legend import Legend


def words(page):
    legend = next(one for one in page.panel.list_bar.findChildren(Legend) if one.isVisible())
    return [label.text() for label in legend._words]


def test_escape_leads_back_where_a_running_session_changes_hands(page, desk, bohrer):
    assert words(page) == ["auswählen", "starten", "leeren"]
    session = timekeeping.start_session(desk, bohrer.reception).value
    page.controller.begin_move(session.id)
    assert words(page) == ["auswählen", "zuordnen", "zurück zur Sitzung"]
    page.controller.begin_new()
    assert words(page) == ["auswählen", "starten", "leeren"]

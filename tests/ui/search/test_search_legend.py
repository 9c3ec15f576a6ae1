"""The bar below the list says what Enter and Escape do, for a new call and for one that moves."""

from __future__ import annotations

from PySide6.QtCore import Qt

from laverma_desk.services.calls import timekeeping
from laverma_desk.storage import agreements
from laverma_desk.ui.announcing import voice
from laverma_desk.ui.search.legend import Legend
from tests.support.desks import add_customer


def words(page):
    legend = next(one for one in page.panel.list_bar.findChildren(Legend) if one.isVisible())
    return [label.text() for label in legend._words if not label.isHidden()]


def test_escape_leads_back_where_a_running_session_changes_hands(page, desk, bohrer):
    assert words(page) == ["auswählen", "starten", "starten und verbinden", "leeren"]
    session = timekeeping.start_session(desk, bohrer.reception).value
    page.controller.begin_move(session.id)
    assert words(page) == ["auswählen", "zuordnen", "zurück zur Sitzung"]
    page.controller.begin_new()
    assert words(page) == ["auswählen", "starten", "starten und verbinden", "leeren"]


def test_enter_says_what_it_does_with_the_current_caller(page, desk, clock):
    page.type("hartmann rez")
    assert words(page) == ["auswählen", "Ausnahme mit Grund", "leeren"]
    page.press(Qt.Key.Key_Escape)
    assert words(page) == ["auswählen", "starten", "starten und verbinden", "leeren"]
    ended = add_customer(desk, "10050", "Praxis Dr. Ende", "PC")
    with desk.database.write() as connection:
        (agreement,) = agreements.agreements_of(connection, ended)
        agreements.end_agreement(connection, agreement.id, clock.now().date())
    page.reload()
    page.type("ende")
    assert words(page) == ["auswählen", "leeren"]


def test_a_connection_is_named_where_there_is_an_id_for_it(page):
    page.type("bohrer rez")
    assert words(page) == ["auswählen", "starten", "starten und verbinden", "leeren"]
    page.press(Qt.Key.Key_Escape)
    page.type("bohrer server")
    assert words(page) == ["auswählen", "starten", "leeren"]


def test_enter_without_anything_to_start_is_answered_aloud(page):
    with page.qtbot.waitSignal(voice.spoke) as said:
        page.ctrl(Qt.Key.Key_Return)
    assert said.args == ["Erst eintippen, wer anruft."]
    page.type("qqqq")
    with page.qtbot.waitSignal(voice.spoke) as said:
        page.ctrl(Qt.Key.Key_Return)
    assert said.args == ["Kein Treffer für ‚qqqq‘."]

"""What is said aloud of its own accord: each step of a call once, and nothing that only counts on."""

from __future__ import annotations

from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import event

from laverma_desk.ui.invoices.toolbar import Action
from laverma_desk.ui.widgets.timer_digits import TimerDigits
from tests.support.blind_reader import said

KEY = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def seconds_pass(person, count: int) -> None:
    for _ in range(count):
        person.desk.clock.advance(seconds=1)
        person.running._pulse.ticked.emit()
        person.stage.sending._on_timer_timeout()
    person.settle()


def test_a_call_is_heard_from_its_start_to_its_mail_and_no_second_of_it(listener):
    person = listener
    person.stage.show_new()
    person.type("zap")
    person.heard.clear()
    person.press(KEY.Key_Down)
    assert len(person.heard) == 1, "the machine that the arrow came to"
    person.heard.clear()
    person.press(KEY.Key_Return)
    assert person.heard == ["Sitzung läuft"]
    seconds_pass(person, 3)
    person.press(KEY.Key_F8)
    person.press(KEY.Key_F8)
    assert person.heard == ["Sitzung läuft", "Pausiert", "Sitzung läuft"]
    person.heard.clear()
    person.press(KEY.Key_Return, CTRL)
    assert person.heard == ["Noch keine Notiz. Der Bericht braucht mindestens eine Zeile."]
    person.type("Neustart")
    person.heard.clear()
    person.press(KEY.Key_Return, CTRL)
    assert person.heard == ["Sitzung beendet", "Beispieldaten: Es wird nichts gesendet. Zurückholen (F8)"]
    seconds_pass(person, 4)
    person.press(KEY.Key_F8)
    assert person.heard[2:] == ["Zurückgeholt, es wurde nichts gesendet."], "no second of the countdown"


@contextmanager
def focus_heard():
    """Collect the names of what gets the focus, however shortly."""
    names: list[str] = []

    def note(_old, new):
        if new is not None:
            names.append(said(new))

    QApplication.instance().focusChanged.connect(note)
    yield names
    QApplication.instance().focusChanged.disconnect(note)


def test_what_enter_would_take_is_heard_once_typing_rests(listener, qtbot):
    listener.stage.show_new()
    listener.heard.clear()
    listener.type("zap")
    assert listener.heard == []
    qtbot.waitUntil(lambda: len(listener.heard) == 1)
    assert listener.heard[0].startswith("ZAP Dr. Bohrer – ")
    first = listener.heard[0]
    listener.press(KEY.Key_Down)
    assert listener.heard[1] != first
    listener.type("zap")
    listener.heard.clear()
    listener.press(KEY.Key_Return)
    qtbot.wait(700)
    assert listener.heard == ["Sitzung läuft"], "it runs: what Enter would take is no question any more"


def test_on_the_way_from_page_to_page_only_the_end_is_heard(listener):
    with focus_heard() as heard:
        listener.stage.show_new()
        assert set(heard) == {"Wer ruft an?"}
        listener.type("zap")
        heard.clear()
        listener.press(KEY.Key_Return)
        assert set(heard) == {"Notizen"}
        heard.clear()
        listener.press(KEY.Key_E, CTRL)
        assert set(heard) == {"Was wurde gemacht? Eine Zeile je Arbeit."}
        heard.clear()
        listener.press(KEY.Key_F8)
        assert set(heard) == {"Notizen"}


def test_a_change_of_the_billing_is_heard_and_leads_back_to_the_notes(listener):
    listener.heard.clear()
    with focus_heard() as heard:
        listener.press(KEY.Key_B, CTRL)
        assert listener.heard == ["Kostenlos"]
        listener.press(KEY.Key_B, CTRL)
    assert listener.heard == ["Kostenlos", "Abrechnen"]
    assert list(dict.fromkeys(heard)) == ["Grund", "Notizen"]


def test_a_phrase_by_its_key_is_heard_and_so_is_a_key_without_one(listener):
    listener.heard.clear()
    listener.press(KEY.Key_2, CTRL)
    listener.press(KEY.Key_9, CTRL)
    assert listener.heard == ["Neustart des PC", "Auf dieser Taste liegt kein Baustein."]


def test_the_time_is_there_for_whoever_asks(listener):
    digits = next(one for one in listener.shell.findChildren(TimerDigits) if one.isVisible())
    before = said(digits)
    assert before == f"Zeit: {digits.text()}"
    listener.heard.clear()
    seconds_pass(listener, 2)
    assert said(digits) != before
    listener.press(KEY.Key_F6)
    while "ZAP Dr. Bohrer, Sitzung läuft" not in said(QApplication.focusWidget()):
        listener.press(KEY.Key_F6)
    assert said(QApplication.focusWidget()).endswith(digits.text())
    assert listener.heard == []


def test_a_note_that_is_not_saved_is_heard_once(listener):
    database = listener.desk.database
    database.close()
    event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA query_only = 1"))
    listener.type("wichtig")
    listener.heard.clear()
    for _ in range(3):
        listener.press(KEY.Key_S, CTRL)
    assert [one.split(".")[0] for one in listener.heard] == ["Konnte nicht speichern"]
    database.close()
    event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA query_only = 0"))


def test_a_blocked_button_says_why_it_does_nothing(listener):
    listener.stage.open_settings("company")
    listener.button("Speichern").setFocus()
    listener.heard.clear()
    listener.press(KEY.Key_Space)
    listener.press(KEY.Key_Return)
    assert listener.heard == ["Nichts geändert.", "Nichts geändert."]


def test_a_wrong_field_is_heard_when_it_is_left(listener):
    listener.stage.open_page("customers")
    listener.settle()
    listener.use("Neuer Ansprechpartner")
    listener.heard.clear()
    listener.press(KEY.Key_Tab)
    assert listener.heard == []
    listener.press(KEY.Key_Return, CTRL)
    assert len(listener.heard) == 1
    assert QApplication.focusWidget().accessibleDescription() == listener.heard[0]


def test_saving_by_the_key_is_heard_and_saving_by_itself_is_not(listener):
    listener.type("Neustart")
    listener.heard.clear()
    listener.stage.call.notes.save_soon()
    listener.settle()
    assert listener.heard == []
    listener.press(KEY.Key_S, CTRL)
    assert len(listener.heard) == 1
    assert listener.heard[0].startswith("gespeichert ")


def test_nothing_found_is_heard(listener):
    listener.stage.show_new()
    listener.type("xyzq")
    listener.type("w")
    assert [one.split(" für")[0] for one in listener.heard if one.startswith("Kein")] == ["Kein Treffer"]


def test_a_list_that_comes_by_its_key_is_heard(listener):
    listener.stage.open_page("invoices")
    listener.settle()
    listener.heard.clear()
    listener.press(KEY.Key_PageDown, CTRL)
    listener.press(KEY.Key_PageDown, CTRL)
    assert [one.split()[0] for one in listener.heard] == ["Entwürfe", "Gestellt"]


def test_settings_say_that_they_are_saved(listener):
    listener.stage.open_settings("company")
    listener.type("X")
    listener.heard.clear()
    listener.press(KEY.Key_S, CTRL)
    assert len(listener.heard) == 1
    assert listener.heard[0].startswith("Gespeichert um")


def test_a_key_that_can_do_nothing_now_says_why(listener):
    listener.stage.open_settings("company")
    listener.heard.clear()
    listener.press(KEY.Key_S, CTRL)
    assert listener.heard == ["Nichts geändert."]
    listener.stage.open_page("invoices")
    listener.settle()
    listener.stage.memory.invoices.decisions.do(Action.CANCEL)
    assert listener.heard[1:] == ["Senden, exportieren und stornieren geht erst nach dem Stellen."]

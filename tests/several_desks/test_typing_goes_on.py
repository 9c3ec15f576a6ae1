"""While others write, a window shows it soon, and what is being typed stays: text, caret and focus."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from laverma_desk.domain.customer import Channel
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.services.calls import call_sheet, handing_over, timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers.filled_forms import master_draft
from laverma_desk.services.setup import house
from laverma_desk.settings import MachineSettings
from laverma_desk.storage.presence import LISTENS
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.widgets.choice_popup import ChoicePopup
from tests.support import logins as people
from tests.support.raw_words import say

logins, klaus, anna = people.logins, people.klaus, people.anna


class Window:
    """Klaus's window, with all that a started program has in it."""

    def __init__(self, desk, qtbot):
        self.desk, self.qtbot = desk, qtbot
        self.shell = Shell()
        self.shell.begin_search()
        self.running = RunningDesk(desk, self.shell, MachineSettings())
        with qtbot.waitActive(self.shell):
            self.shell.show()
            self.shell.activateWindow()
        self.running.begin()

    @property
    def stage(self):
        return self.running.stage

    @property
    def others(self):
        return self.shell.strip.others

    def listens(self):
        with self.desk.database.read() as connection:
            asked = (
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE application_name = ? AND usename = ? AND datname = ?"
            )
            name = self.desk.database.address.database
            return say(connection, asked, (LISTENS, "klaus", name)).scalar_one() == 1

    def until(self, happened):
        self.qtbot.waitUntil(happened)

    def type(self, words):
        QTest.keyClicks(QApplication.focusWidget(), words)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.shell, key, modifier)

    def settle(self):
        self.until(lambda: not self.running.surroundings.background.busy)


@pytest.fixture
def window(klaus, bohrer, dressed, qtbot):
    quits = dressed.quitOnLastWindowClosed()
    dressed.setQuitOnLastWindowClosed(False)
    made = Window(klaus, qtbot)
    made.until(made.listens)
    yield made
    made.settle()
    made.running.close()
    made.shell.hide()
    made.shell.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    dressed.setQuitOnLastWindowClosed(quits)


@pytest.fixture
def call(window, klaus, bohrer):
    """A session that Klaus runs, on the page in front."""
    session = timekeeping.start_session(klaus, bohrer.reception).value
    window.stage.strip.reload()
    window.stage.show_session(session.id)
    return session


def change_phone(desk, customer_id, phone):
    record = records.read_record(desk, customer_id)
    draft = records.MasterDraft(**(vars(master_draft(record.customer)) | {"phone": phone}))
    records.save_master(desk, customer_id, draft)


def phone_shown(window):
    return window.stage.call.panel.customer._phone.label.text()


def test_notes_stay_while_others_change_what_stands_around_them(window, call, anna, bohrer):
    editor = window.stage.call.panel.column.notes.editor()
    assert QApplication.focusWidget() is editor
    window.type("Neustart")
    editor.set_caret(3)
    change_phone(anna, bohrer.customer_id, "030 23125 015")
    call_sheet.save_order(anna, call.id, "Herr Wolf", Channel.EMAIL)
    window.until(lambda: phone_shown(window) == "030 23125 015")
    window.until(
        lambda: window.stage.call.panel.column.head.requested_by.current().requested_by == "Herr Wolf"
    )
    assert (editor.text(), editor.textCursor().position()) == ("Neustart", 3)
    assert QApplication.focusWidget() is editor
    window.type("X")
    assert editor.text() == "NeuXstart"


def test_a_name_half_typed_stays(window, call, anna):
    box = window.stage.call.panel.column.head.requested_by
    box.focus_name()
    field = QApplication.focusWidget()
    field.lineEdit().selectAll() if hasattr(field, "lineEdit") else field.selectAll()
    window.type("Frau Neu")
    call_sheet.save_order(anna, call.id, "Herr Wolf", Channel.EMAIL)
    timekeeping.pause_session(anna, call.id)
    window.until(lambda: window.stage.call._call.shown.session.requested_by == "Herr Wolf")
    assert box.current().requested_by == "Frau Neu"
    assert QApplication.focusWidget() is field


def test_a_record_that_is_being_edited_stays(window, anna, bohrer, klaus):
    window.stage.memory.customers.show_customer(bohrer.customer_id)
    window.stage.open_page("customers")
    window.settle()
    record = window.stage.memory.customers.record
    record.edit()
    form = record.panel.master.form
    field = form.field("software")
    field.setFocus()
    window.type("Synadoc")
    field.setCursorPosition(2)
    change_phone(anna, bohrer.customer_id, "030 23125 015")
    window.until(lambda: record.record.customer.phone == "+493023125015")
    assert (form.text("software"), field.cursorPosition()) == ("Synadoc", 2)
    assert QApplication.focusWidget() is field or field.isAncestorOf(QApplication.focusWidget())


def test_settings_that_are_being_edited_stay(window, anna):
    window.stage.open_settings("company")
    window.settle()
    settings = window.stage.later.settings
    field = settings.section("company").form.field("slogan")
    field.setFocus()
    line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
    line.selectAll()
    window.type("Hilfe")
    line.setCursorPosition(1)
    company = house.read_house(anna).company
    heard = []
    window.running.surroundings.bus.changed.connect(heard.append)
    house.save_company(anna, replace(company, city="Neustadt"))
    window.until(lambda: any(Topic.HOUSE in topics for topics in heard))
    assert (line.text(), line.cursorPosition()) == ("Hilfe", 1)
    assert line.hasFocus()


def test_a_search_stays_on_its_hit_and_says_who_is_on_the_phone_with_it(window, anna, bohrer):
    window.stage.show_new()
    window.until(lambda: window.stage.search._finding.fresh)
    window.type("bohrer")
    panel = window.stage.search.panel
    window.press(Qt.Key.Key_Down)
    chosen = panel.results.current()
    assert panel.hit.talking.text() == ""
    timekeeping.start_session(anna, bohrer.reception)
    window.until(lambda: panel.hit.talking.text() != "")
    assert panel.hit.talking.text().startswith("Anna Adler spricht gerade mit dieser Praxis, seit ")
    assert (panel.field.text(), panel.results.current()) == ("bohrer", chosen)
    assert panel.field.hasFocus()


def test_the_strip_shows_who_is_on_the_phone_and_the_card_what_was_noted(window, anna, bohrer, qtbot):
    session = timekeeping.start_session(anna, bohrer.reception).value
    window.until(lambda: len(window.others.chips()) == 1)
    (chip,) = window.others.chips()
    assert chip.other.title == "Anna · ZAP Dr. Bohrer"
    assert "Anna Adler spricht mit ZAP Dr. Bohrer" in chip.accessibleName()
    call_sheet.save_notes(anna, session.id, "Synadoc aktualisiert", "")
    chip.click()
    card = window.running.together.card
    assert card.notes.text() == "Synadoc aktualisiert"
    card.close()
    timekeeping.end_session(anna, session.id)
    window.until(window.others.isHidden)


def test_in_little_room_the_others_are_folded_into_a_list(window, anna, logins, bohrer, qtbot):
    ben = logins.open("ben")
    for desk, place in ((anna, bohrer.reception), (ben, bohrer.server)):
        timekeeping.start_session(desk, place)
    window.until(lambda: len(window.others.chips()) == 2)
    window.shell.strip.resize(1104, 48)
    assert not window.others.is_folded()
    window.shell.strip.resize(560, 48)
    assert window.others.is_folded()
    assert window.others.folded_button().accessibleName() == "2 im Gespräch"
    window.others.folded_button().click()
    (popup,) = window.others.findChildren(ChoicePopup)
    assert [one.name for one in popup._model.shown] == [
        "Anna Adler · ZAP Dr. Bohrer", "Ben Brandt · ZAP Dr. Bohrer",
    ]  # fmt: skip
    popup._take(popup._model.index(1))
    together, notice = window.running.together, window.shell.notice
    window.until(lambda: together.card is not None or notice.isVisible())
    assert together.card is not None, notice.sentence()
    assert "Ben Brandt" in together.card.accessibleName()
    QApplication.processEvents()
    assert together.card is not None, "the card went with the list"
    assert together.card.isVisible()
    together.card.close()


def test_a_session_that_is_handed_over_comes_with_a_notice_and_a_way(window, anna, bohrer, logins):
    session = timekeeping.start_session(anna, bohrer.reception).value
    handing_over.hand_over(anna, session.id, logins.number("klaus"))
    notice = window.shell.notice
    window.until(notice.isVisible)
    assert notice.sentence() == "Anna Adler hat die Sitzung mit ZAP Dr. Bohrer übergeben."
    assert [one.id for one in window.stage.strip.sessions] == [session.id]
    notice.link_activated.emit()
    assert window.stage.front is window.stage.call
    assert window.stage.call.session_id == session.id
    assert notice.isHidden()


def test_a_session_is_handed_over_from_its_page_with_what_was_typed(window, call, anna, logins):
    window.type("Synadoc")
    window.press(Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    popup = window.stage.call.context.hand_over.popup
    rows = {one.name: row for row, one in enumerate(popup._model.shown)}
    assert set(rows) == {"Anna Adler", "Ben Brandt"}
    popup._take(popup._model.index(rows["Anna Adler"]))
    assert window.stage.front is window.stage.search
    assert window.stage.strip.sessions == []
    assert window.shell.notice.sentence() == "Anna Adler hat jetzt die Sitzung mit ZAP Dr. Bohrer."
    found = timekeeping.read_session(anna, call.id)
    assert (found.supporter_name, found.notes) == ("Anna Adler", "Synadoc")


def test_whose_session_is_taken_over_loses_the_page_but_no_word(window, call, anna):
    window.type("eins")
    handing_over.take_over(anna, call.id)
    call_sheet.save_notes(anna, call.id, "zwei", "")
    window.until(lambda: window.stage.front is window.stage.search)
    assert "zwei" in timekeeping.read_session(anna, call.id).notes
    assert "eins" in timekeeping.read_session(anna, call.id).notes


def test_what_is_typed_on_a_session_that_was_given_back_is_saved(window, call, anna, klaus, logins):
    window.type("eins")
    window.stage.call.flush()
    handing_over.hand_over(klaus, call.id, logins.number("anna"))
    window.stage.strip.reload()
    assert window.stage.front is window.stage.search
    call_sheet.save_notes(anna, call.id, "eins\nvon Anna", "")
    handing_over.hand_over(anna, call.id, logins.number("klaus"))
    window.until(lambda: [one.id for one in window.stage.strip.sessions] == [call.id])
    window.stage.show_session(call.id)
    window.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    window.type(" zwei")
    assert window.running.save() == ""
    assert timekeeping.read_session(anna, call.id).notes == "eins\nvon Anna zwei"


def refused(error):
    def refuse(*_args):
        raise error

    return refuse


BUSY = OutsideTrouble(Trouble.SERVER_BUSY, server="laverma")


def test_the_last_words_follow_when_the_server_takes_them(window, call, anna, monkeypatch):
    window.type("eins")
    with monkeypatch.context() as patched:
        patched.setattr(handing_over, "add_notes", refused(BUSY))
        handing_over.take_over(anna, call.id)
        window.until(lambda: window.stage.front is window.stage.search)
        assert "ZAP Dr. Bohrer" in window.running.save()  # Whoever closes now is told.
        window.running.together._last_words._timer.timeout.emit()
        window.settle()
        assert timekeeping.read_session(anna, call.id).notes == ""
    window.running.together._last_words._timer.timeout.emit()
    window.settle()
    assert timekeeping.read_session(anna, call.id).notes == "Von Klaus Klassen:\neins"
    assert window.running.save() == ""


def test_who_closes_gives_the_last_words_one_more_try(window, call, anna, monkeypatch):
    window.type("eins")
    with monkeypatch.context() as patched:
        patched.setattr(handing_over, "add_notes", refused(BUSY))
        handing_over.take_over(anna, call.id)
        window.until(lambda: window.stage.front is window.stage.search)
    assert window.running.save() == ""
    assert "eins" in timekeeping.read_session(anna, call.id).notes


def test_the_last_words_that_can_be_written_nowhere_are_on_the_clipboard(window, call, anna, monkeypatch):
    window.type("eins")
    billed = RuleBroken(Rule.SESSION_BILLED, number=call.number, invoice="2026-1")
    monkeypatch.setattr(handing_over, "add_notes", refused(billed))
    said = []
    monkeypatch.setattr(window.running.together.notice, "say", lambda *words: said.append(words[0]))
    handing_over.take_over(anna, call.id)
    window.until(lambda: window.stage.front is window.stage.search)
    assert QGuiApplication.clipboard().text() == "eins"
    assert said[-1].endswith("Was dort noch getippt wurde, liegt in der Zwischenablage.")
    assert window.running.save() == ""


def test_a_session_that_went_while_it_could_not_be_read_is_looked_at_again(window, call, anna, monkeypatch):
    window.type("eins")
    with monkeypatch.context() as patched:
        patched.setattr(timekeeping, "read_session", refused(BUSY))
        handing_over.take_over(anna, call.id)
        window.until(lambda: window.stage.strip.sessions == [])
    assert window.stage.call.notes.texts()[0] == "eins"
    window.running.together._again.timeout.emit()
    assert window.stage.front is window.stage.search
    assert timekeeping.read_session(anna, call.id).notes == "Von Klaus Klassen:\neins"


def test_a_session_is_taken_over_from_the_card_after_a_question(window, anna, bohrer, clock):
    session = timekeeping.start_session(anna, bohrer.reception).value
    window.until(lambda: len(window.others.chips()) == 1)
    window.running.together.look_at(session.id)
    card = window.running.together.card
    card.take.click()
    assert card.confirm.isVisible()
    assert timekeeping.read_session(anna, session.id).supporter_name == "Anna Adler"
    card.confirm.click()
    assert timekeeping.read_session(anna, session.id).supporter_name == "Klaus Klassen"
    assert window.stage.call.session_id == session.id
    assert window.stage.front is window.stage.call

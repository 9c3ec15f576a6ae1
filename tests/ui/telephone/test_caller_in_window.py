"""The phone rings: the caller's record where nobody is disturbed, else a bar and one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.customer import Contact
from laverma_desk.domain.support_session import SessionState
from laverma_desk.domain.telephone import read_caller
from laverma_desk.services.calls import timekeeping
from laverma_desk.ui.announcing import voice
from laverma_desk.ui.search.panel import Mode
from laverma_desk.ui.telephone import controller
from laverma_desk.ui.widgets.link import Link
from tests.journeys.conftest import CTRL, Technician
from tests.support.desks import add_contact, add_customer, bohrer, clock, desk  # noqa: F401 (fixtures)

Key = Qt.Key
BOHRER, WEISS = "030 23125014", "040 66969122"


class Phone:
    """Rings at a technician's window, and looks at what is seen then."""

    def __init__(self, person):
        self.person = person
        self.stage = person.stage
        self.panel = person.stage.search.panel

    def ring(self, said):
        self.person.running.ring(read_caller(said))
        self.person.settle()

    @property
    def bar(self):
        found = self.person.running.telephone.bar
        return found.sentence() if found is not None and found.isVisible() else ""

    @property
    def in_front(self):
        return self.stage.front

    @property
    def rows(self):
        results = self.panel.results
        return [results.row(place).result().name for place in range(results.count())]

    @property
    def subtitle(self):
        return self.panel.head.subtitle.text()


@pytest.fixture
def person(desk, bohrer, qtbot, dressed):  # noqa: F811
    add_customer(desk, "10018", "Praxis Dr. Weiß", "Rezeption 1", "Server", phone="+494066969122")
    made = Technician(desk, qtbot)
    made.settle()
    yield made
    made.go_home()


@pytest.fixture
def phone(person):
    return Phone(person)


@pytest.fixture
def session(person):
    """ZAP Dr. Bohrer's call, in the middle of the notes."""
    person.type("bohrer rez")
    person.press(Key.Key_Return)
    person.settle()
    person.type("Synadoc aktu")
    return person.stage.strip.sessions[-1]


# --- nobody is disturbed


def test_the_search_opens_with_the_caller_ready_to_be_started_for(phone, person, desk):  # noqa: F811
    phone.ring(BOHRER)
    assert phone.in_front is phone.stage.search
    assert phone.rows == ["ZAP Dr. Bohrer", "ZAP Dr. Bohrer"]
    assert phone.stage.search.typed == "030 23125 014"
    assert phone.subtitle == "Anruf von 030 23125 014: ZAP Dr. Bohrer"
    assert phone.bar == ""
    person.press(Key.Key_Return)
    person.settle()
    (running,) = person.stage.strip.sessions
    assert (running.customer_name, running.state) == ("ZAP Dr. Bohrer", SessionState.RUNNING)


def test_it_opens_from_any_page(phone, person):
    person.press(Key.Key_K, CTRL, Qt.KeyboardModifier.ShiftModifier)
    person.settle()
    phone.ring(WEISS)
    assert phone.in_front is phone.stage.search
    assert phone.rows == ["Praxis Dr. Weiß", "Praxis Dr. Weiß"]


def test_a_person_is_named(phone, desk, bohrer):  # noqa: F811
    add_contact(desk, bohrer.customer_id, Contact(0, "Jan Bohrer", mobile="+4917112345678"))
    phone.ring("0171 12345678")
    assert phone.subtitle == "Anruf von 0171 12345 678: Jan Bohrer, ZAP Dr. Bohrer"
    assert phone.rows == ["ZAP Dr. Bohrer", "ZAP Dr. Bohrer"]


def test_several_are_said_and_shown(phone, desk, person):  # noqa: F811
    add_customer(desk, "10019", "Labor Weiß", "PC", phone="+494066969122")
    person.stage.search._finding._keeper._stale = True
    phone.ring(WEISS)
    assert phone.subtitle == "Anruf von 040 66969 122: 2 Kunden haben diese Nummer"
    assert phone.rows == ["Labor Weiß", "Praxis Dr. Weiß", "Praxis Dr. Weiß"]


@pytest.mark.parametrize(
    "again", ["0049 30 23125014", "+49 (0)30/23125-014", "0 030 23125014", "tel:+493023125014"]
)
def test_a_line_that_is_spelt_in_two_ways_calls_once(again, phone, session):
    phone.ring(BOHRER)
    phone.ring(WEISS)
    phone.ring(again)
    assert [one.caller.shown for one in phone.person.running.telephone._ringing] == [
        "040 66969 122",
        "030 23125 014",
    ]


def test_the_record_in_the_search_is_not_announced_again_in_another_spelling(phone):
    phone.ring(BOHRER)
    phone.ring("0049 30 23125014")
    assert phone.bar == ""


def test_a_number_that_only_ends_alike_is_called_probable(phone):
    phone.ring("66969122")
    assert phone.subtitle == "Anruf von 040 66969 122, wahrscheinlich Praxis Dr. Weiß"
    assert phone.rows == ["Praxis Dr. Weiß", "Praxis Dr. Weiß"]


def test_a_stranger_goes_into_the_form_with_the_number(phone, person):
    phone.ring("0049 40 5551234")
    assert phone.subtitle == "Anruf von 040 5551 234, unbekannte Nummer"
    assert phone.rows == []
    person.press(Key.Key_U, CTRL)
    assert phone.panel.form.typed().phone == "040 5551 234"


def test_a_number_that_only_looks_like_somebodys_offers_nobody(phone, person):
    phone.ring("040 6696912")
    assert phone.subtitle.endswith("unbekannte Nummer")
    assert phone.rows == [], "Enter would start for somebody else"
    person.focus().clear()
    person.type("040 6696912")
    assert phone.rows == ["Praxis Dr. Weiß", "Praxis Dr. Weiß"], "typed by hand it is a search like any other"


def test_an_extension_is_not_looked_for_among_numbers(phone):
    phone.ring("**122")
    assert phone.subtitle == "Anruf von **122, zu kurz, um zu sagen, wessen Nummer es ist"
    assert (phone.stage.search.typed, phone.rows) == ("", [])


def test_the_name_of_a_sip_user_is_searched_for(phone):
    phone.ring("sip:dr.weiss@pbx.example")
    assert phone.subtitle == "Anruf von dr weiss"
    assert phone.rows == ["Praxis Dr. Weiß", "Praxis Dr. Weiß"]


def test_nobody_is_only_a_quiet_bar(phone, person):
    phone.ring("anonymous")
    assert phone.bar == "Anonymer Anruf"
    person.press(Key.Key_F9)
    assert (phone.bar, phone.subtitle, phone.stage.search.typed) == ("", "Anonymer Anruf", "")


def test_typing_goes_on_as_ever(phone, person):
    phone.ring(BOHRER)
    person.focus().clear()
    person.type("weiss")
    assert phone.rows == ["Praxis Dr. Weiß", "Praxis Dr. Weiß"]
    phone.stage.show_new()
    assert phone.subtitle.startswith("Name, Arbeitsplatz")


def test_a_caller_who_rings_before_the_customers_are_read_is_shown_with_them(desk, bohrer, qtbot, dressed):  # noqa: F811
    made = Technician(desk, qtbot)
    ringing = Phone(made)
    ringing.ring(BOHRER)
    made.settle()
    assert ringing.rows == ["ZAP Dr. Bohrer", "ZAP Dr. Bohrer"]
    made.go_home()


# --- somebody would be disturbed


def test_a_running_call_only_gets_a_bar(phone, person, session, desk):  # noqa: F811
    said = []
    voice.spoke.connect(said.append)
    focus = person.focus()
    phone.ring(WEISS)
    voice.spoke.disconnect(said.append)
    assert phone.bar == "Anruf: Praxis Dr. Weiß, 040 66969 122"
    assert phone.bar in said
    assert person.focus() is focus
    person.type("alisiert")
    assert focus.toPlainText() == "Synadoc aktualisiert"
    assert phone.in_front is phone.stage.call

    person.press(Key.Key_F9)
    person.settle()
    assert phone.bar == ""
    assert phone.rows == ["Praxis Dr. Weiß", "Praxis Dr. Weiß"]
    kept = timekeeping.read_session(desk, session.id)
    assert (kept.state, kept.notes) == (SessionState.RUNNING, "Synadoc aktualisiert")


def test_a_paused_call_is_left_in_front_too(phone, person, session):
    person.press(Key.Key_F8)
    phone.ring(WEISS)
    assert phone.in_front is phone.stage.call
    assert phone.bar


def test_the_newest_is_on_top_and_the_others_are_counted(phone, person, session):
    for said in (WEISS, "anonymous", "040 5551234"):
        phone.ring(said)
    bar = person.running.telephone.bar
    assert (phone.bar, bar._aside.text()) == ("Anruf: 040 5551 234, unbekannte Nummer", "2 weitere")
    bar.dismissed.emit()
    assert (phone.bar, bar._aside.text()) == ("Anonymer Anruf", "1 weiterer")
    person.press(Key.Key_F9)
    assert phone.bar == "Anruf: Praxis Dr. Weiß, 040 66969 122"
    assert bar._aside.isHidden()


def test_who_rings_twice_is_one_caller(phone, person, session):
    for said in (WEISS, "anonymous", WEISS):
        phone.ring(said)
    assert person.running.telephone.bar._aside.text() == "1 weiterer"
    assert phone.bar.startswith("Anruf: Praxis Dr. Weiß")


def test_a_flood_of_callers_is_kept_short(phone, person, session):
    for number in range(30):
        person.running.ring(read_caller(f"04055512{number:02}"))
    person.settle()
    assert person.running.telephone.bar._aside.text() == "8 weitere"


def test_nobody_rings_for_ever(phone, session, monkeypatch, qtbot):
    monkeypatch.setattr(controller, "RINGING_MS", 50)
    phone.ring(WEISS)
    qtbot.waitUntil(lambda: phone.bar == "")


def test_the_call_is_gone_when_its_session_was_started_without_the_key(phone, person, session):
    phone.ring(WEISS)
    person.press(Key.Key_N, CTRL)
    person.type("weiss rez")
    person.press(Key.Key_Return)
    person.settle()
    assert phone.bar == ""


def test_words_in_the_search_stay(phone, person):
    person.type("wei")
    phone.ring(BOHRER)
    assert phone.stage.search.typed == "wei"
    assert phone.bar == "Anruf: ZAP Dr. Bohrer, 030 23125 014"


def test_who_was_just_looked_at_is_not_exchanged_under_the_finger(phone, monkeypatch):
    phone.ring(BOHRER)
    phone.ring(WEISS)
    assert phone.rows[0] == "ZAP Dr. Bohrer"
    assert phone.bar.startswith("Anruf: Praxis Dr. Weiß")


def test_the_same_call_once_more_changes_nothing(phone):
    phone.ring(BOHRER)
    phone.ring(BOHRER)
    assert (phone.rows[0], phone.bar) == ("ZAP Dr. Bohrer", "")


def test_a_caller_who_was_never_answered_makes_room_for_the_next(phone, monkeypatch):
    monkeypatch.setattr(controller, "RINGING_MS", 0)
    phone.ring(BOHRER)
    phone.ring(WEISS)
    assert (phone.rows[0], phone.bar) == ("Praxis Dr. Weiß", "")


def test_a_half_typed_customer_is_not_lost_to_the_key(phone, person):
    person.press(Key.Key_U, CTRL)
    person.type("Praxis Neu")
    phone.ring(WEISS)
    assert phone.bar == "Anruf: Praxis Dr. Weiß, 040 66969 122"
    person.press(Key.Key_F9)
    assert phone.bar.startswith("Ein neuer Kunde ist halb ausgefüllt.")
    assert phone.panel.form.typed().name == "Praxis Neu"
    assert phone.panel.mode() is Mode.FORM
    person.press(Key.Key_Escape)
    person.press(Key.Key_F9)
    assert phone.rows == ["Praxis Dr. Weiß", "Praxis Dr. Weiß"]


def test_words_in_any_field_are_being_typed(phone, person):
    person.press(Key.Key_V, CTRL, Qt.KeyboardModifier.ShiftModifier)
    person.settle()
    person.press(Key.Key_F, CTRL)
    person.type("drucker")
    person.settle()
    phone.ring(WEISS)
    assert phone.in_front is phone.stage.memory.history
    assert phone.bar


def test_the_key_without_a_call_does_nothing(phone, person, session):
    person.press(Key.Key_F9)
    assert phone.in_front is phone.stage.call


# --- the bar itself


def test_the_bar_takes_the_place_of_the_notice_and_gives_it_back(phone, person, session):
    notice = person.shell.notice
    notice.show_notice("Kein Netz. Berichte warten im Postausgang.", link="Postausgang")
    high = person.stage.call.panel.height()
    phone.ring(WEISS)
    bar = person.running.telephone.bar
    QApplication.processEvents()
    assert person.stage.call.panel.height() == high, "the page is not pushed down twice"
    assert bar.geometry() == notice.geometry()
    assert not notice.isEnabled(), "Tab does not lead behind the bar"
    bar.dismissed.emit()
    assert notice.isEnabled()
    assert notice.isVisible()


def test_the_bar_can_be_worked_without_a_mouse(phone, person, session):
    phone.ring(WEISS)
    bar = person.running.telephone.bar
    accept = bar.findChild(Link)
    assert accept.accessibleName() == "Annehmen"
    accept.setFocus(Qt.FocusReason.TabFocusReason)
    person.press(Key.Key_Tab)
    assert person.focus().accessibleName() == "Anruf ausblenden"
    person.press(Key.Key_Return)
    assert phone.bar == ""

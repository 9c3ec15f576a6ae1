"""The first start: step by step, each can wait, and nothing that was answered is ever lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.tariff import FIRST_DAY, Rounding, Tariff
from laverma_desk.mail.secret import account_key
from laverma_desk.services.setup import house
from laverma_desk.ui.assistant.step_rail import StepRail
from laverma_desk.ui.assistant.system_user import system_user
from laverma_desk.ui.keyboard import Keyboard
from laverma_desk.ui.widgets.choice_card import ChoiceCard
from laverma_desk.ui.widgets.text_field import TextField

COMPANY, TARIFF, SUPPORTER, MAIL = range(4)
PASSWORD = "Größenwahn§4711"


def form(assistant):
    return assistant._steps[assistant.place].section.form


def type_in(assistant, **values: str) -> None:
    """Type as a person does: each field is edited, then left."""
    for name, words in values.items():
        field = form(assistant).field(name)
        field.setFocus()
        field.setText(words)
        field.textEdited.emit(words)
        field.left.emit()


def answer_company(assistant) -> None:
    type_in(assistant, name="Laverma", street="Musterstraße 1", postcode="12345", city="Musterstadt",
            email="info@laverma.example")  # fmt: skip
    assistant.go_on()


def walk_to(assistant, place: int) -> None:
    steps = [
        lambda: answer_company(assistant),
        assistant.go_on,
        lambda: (type_in(assistant, name="Klaus Klassen"), assistant.go_on()),
    ]
    for step in steps[:place]:
        step()
    assert assistant.place == place


def lines(assistant):
    """What the rail says: name, summary."""
    rail = assistant.panel.findChild(StepRail)
    return [(one.accessibleName(), one.accessibleDescription()) for one in rail._lines]


def test_the_whole_way(assistant, fresh, qtbot) -> None:
    ended = []
    assistant.finished.connect(lambda: ended.append(True))
    walk_to(assistant, MAIL)
    type_in(assistant, sender_name="Laverma", sender="bericht@laverma.example", host="smtp.laverma.example")
    type_in(assistant, user="bericht@laverma.example", password=PASSWORD)
    assert assistant.panel.bar.next.label() == "Fertig"
    with qtbot.waitSignal(assistant.finished):
        assistant.go_on()
    found = house.read_house(fresh)
    assert ended == [True]
    assert found.set_up
    assert (found.company.name, found.company.city) == ("Laverma", "Musterstadt")
    assert found.company.email == "info@laverma.example"
    assert found.tariffs == (Tariff(FIRST_DAY),)
    assert [one.name for one in found.supporters] == ["Klaus Klassen"]
    assert found.mail == MailAccount(
        host="smtp.laverma.example",
        user="bericht@laverma.example",
        sender="bericht@laverma.example",
        sender_name="Laverma",
    )
    assert fresh.secrets.read(account_key(found.mail)) == PASSWORD


def test_a_step_is_kept_before_the_next_one_comes(assistant, fresh, start) -> None:
    answer_company(assistant)
    assert assistant.place == TARIFF
    assert house.read_house(fresh).company.name == "Laverma"
    type_in(assistant, price="9,99")
    again = start()  # as after a crash
    assert again.place == COMPANY
    assert form(again).text("name") == "Laverma"
    assert lines(again)[0] == ("Firma, dieser Schritt", "Laverma, Musterstadt")
    again.go_on()
    assert form(again).text("price") == "2,25"
    assert not house.read_house(fresh).set_up


def test_what_is_wrong_keeps_the_step_and_is_said_at_the_field(assistant, fresh) -> None:
    type_in(assistant, city="Musterstadt", postcode="123")
    assert form(assistant).error("postcode") == "Eine deutsche Postleitzahl hat fünf Ziffern."
    assert form(assistant).error("name") == ""
    assistant.go_on()
    assert assistant.place == COMPANY
    assert form(assistant).error("name") != ""
    assert QApplication.focusWidget() is form(assistant).field("name")
    assert house.read_house(fresh).company.city == ""
    type_in(assistant, name="Laverma", postcode="12345")
    assistant.go_on()
    assert assistant.place == TARIFF


def test_later_keeps_what_is_right(assistant, fresh) -> None:
    type_in(assistant, name="Laverma", city="Musterstadt", postcode="123")
    assistant.leave_for_later()
    assert assistant.place == TARIFF
    company = house.read_house(fresh).company
    assert (company.name, company.city, company.postcode) == ("Laverma", "Musterstadt", "")
    assistant.go_back()
    assert form(assistant).text("postcode") == "123"


def test_every_step_can_wait(assistant, fresh, qtbot) -> None:
    for place in (COMPANY, TARIFF, SUPPORTER):
        assert assistant.place == place
        assistant.leave_for_later()
    assert all("erledigt" not in name for name, _summary in lines(assistant))
    with qtbot.waitSignal(assistant.finished):
        assistant.leave_for_later()
    found = house.read_house(fresh)
    assert found.set_up
    assert found.company.name == ""
    assert [one.name for one in found.supporters] == [system_user() or "Supporter"]
    assert found.supporter == found.supporters[0]
    assert not found.mail.complete


def test_the_name_of_the_login_is_announced(assistant) -> None:
    walk_to(assistant, SUPPORTER)
    login = system_user() or "Supporter"
    assert f"„{login}“" in form(assistant).labeled_field("name").hint()


def test_a_house_that_knows_its_people_keeps_them(assistant, fresh, qtbot) -> None:
    house.save_supporter(fresh, "Mira Vogel", "")
    for _place in (COMPANY, TARIFF):
        assistant.leave_for_later()
    assert form(assistant).text("name") == "Mira Vogel"
    assistant.leave_for_later()
    with qtbot.waitSignal(assistant.finished):
        assistant.leave_for_later()
    assert [one.name for one in house.read_house(fresh).supporters] == ["Mira Vogel"]


def test_the_cards_count_with_the_typed_price(assistant, fresh) -> None:
    walk_to(assistant, TARIFF)
    cards = form(assistant).findChildren(ChoiceCard)
    told = [one.accessibleName().replace("\xa0", " ") for one in cards]
    assert told == [
        "Jede angefangene Minute, 13 Min · 29,25 €",
        "Kaufmännisch gerundet, 12 Min · 27,00 €",
        "Nur volle Minuten, 12 Min · 27,00 €",
        "Sekundengenau, 12:22 · 27,83 €",
    ]
    gross = form(assistant).prices.gross
    assert gross.text().replace("\xa0", " ") == "2,68 € je Minute mit 19 % Umsatzsteuer"
    type_in(assistant, price="3,00")
    assert gross.text().replace("\xa0", " ") == "3,57 € je Minute mit 19 % Umsatzsteuer"
    told = [one.accessibleName().replace("\xa0", " ").partition(", ")[2] for one in cards]
    assert told == ["13 Min · 39,00 €", "12 Min · 36,00 €", "12 Min · 36,00 €", "12:22 · 37,10 €"]
    cards[3].click()
    assistant.go_on()
    assert house.read_house(fresh).tariffs == (
        replace(Tariff(FIRST_DAY), price_cents=300, rounding=Rounding.EXACT_SECOND),
    )
    assert lines(assistant)[TARIFF][1].replace("\xa0", " ") == "3,00 € je Minute"


def test_a_price_that_is_none_stops_nothing_but_going_on(assistant, fresh) -> None:
    walk_to(assistant, TARIFF)
    type_in(assistant, price="viel")
    assistant.go_on()
    assert assistant.place == TARIFF
    assert form(assistant).error("price") != ""
    assistant.leave_for_later()
    assert assistant.place == SUPPORTER
    assert house.read_house(fresh).tariffs == (Tariff(FIRST_DAY),)


def test_the_rail_says_where_one_is(assistant) -> None:
    assert lines(assistant) == [
        ("Firma, dieser Schritt", "Name und Anschrift"),
        ("Tarif", "Preis und Rundung"),
        ("Supporter", "Wer hilft am Telefon?"),
        ("E-Mail", "Konto für Berichte"),
    ]
    answer_company(assistant)
    assert lines(assistant)[:2] == [
        ("Firma, erledigt", "Laverma, Musterstadt"),
        ("Tarif, dieser Schritt", "Preis und Rundung"),
    ]


def test_there_is_no_way_back_from_the_first_step(assistant) -> None:
    assert not assistant.panel.bar.back.isVisible()
    assistant.go_back()
    assert assistant.place == COMPANY
    answer_company(assistant)
    assert assistant.panel.bar.back.isVisible()
    assert assistant.panel.bar.next.label() == "Weiter"


def test_the_mail_step_begins_with_what_is_known(assistant, fresh) -> None:
    walk_to(assistant, MAIL)
    assert form(assistant).text("sender_name") == "Laverma, Klaus Klassen"
    assert form(assistant).text("sender") == "info@laverma.example"
    assert house.read_house(fresh).mail == MailAccount()


def test_the_server_follows_from_the_address(assistant) -> None:
    walk_to(assistant, MAIL)
    type_in(assistant, sender="praxis@gmx.de")
    assert form(assistant).text("host") == "mail.gmx.net"
    assert form(assistant).value("security") == Security.TLS


def test_a_keyring_that_refuses_is_said_and_holds_nobody_up(
    assistant, fresh, keyring_in_memory, qtbot
) -> None:
    walk_to(assistant, MAIL)
    type_in(assistant, host="smtp.laverma.example", user="info@laverma.example", password=PASSWORD)
    keyring_in_memory.locked = True
    assistant.go_on()
    qtbot.waitUntil(lambda: bool(assistant.panel.bar.problem()))
    assert assistant.place == MAIL
    assert not house.read_house(fresh).set_up
    assert form(assistant).text("password") == PASSWORD
    with qtbot.waitSignal(assistant.finished):
        assistant.leave_for_later()
    assert house.read_house(fresh).set_up


def test_no_press_counts_twice_while_it_is_saved(assistant, fresh, qtbot) -> None:
    walk_to(assistant, MAIL)
    ended = []
    assistant.finished.connect(lambda: ended.append(True))
    type_in(assistant, host="smtp.laverma.example")
    assistant.go_on()
    assert assistant.panel.bar.next.label() == "Speichert …"
    assistant.go_on()
    assistant.leave_for_later()
    assistant.go_back()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [True]


def test_the_password_is_in_no_file(assistant, fresh, qtbot) -> None:
    walk_to(assistant, MAIL)
    type_in(assistant, host="smtp.laverma.example", user="info@laverma.example", password=PASSWORD)
    with qtbot.waitSignal(assistant.finished):
        assistant.go_on()
    files = [one for one in fresh.data.root.rglob("*") if one.is_file()]
    assert fresh.data.database in files
    assert not [one for one in files if b"4711" in one.read_bytes()]


def test_sample_data_are_asked_for(assistant, qtbot) -> None:
    with qtbot.waitSignal(assistant.demo_wanted):
        assistant.panel.rail.demo.click()
    assert assistant.place == COMPANY


def test_the_keys(assistant, qtbot) -> None:
    Keyboard(assistant.panel, assistant.keys())
    assert set(assistant.keys()) == {"Ctrl+Return", "F6", "Shift+F6"}
    assert QApplication.focusWidget() is form(assistant).field("name")
    qtbot.keyClicks(QApplication.focusWidget(), "Laverma")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert (assistant.place, form(assistant).text("name")) == (COMPANY, "Laverma")
    qtbot.keyClick(assistant.panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: assistant.place == TARIFF)
    assert isinstance(QApplication.focusWidget(), TextField)


@pytest.mark.parametrize("place", range(4))
def test_everything_has_a_name(assistant, place: int) -> None:
    walk_to(assistant, place)
    reachable = [
        one
        for one in assistant.panel.findChildren(object)
        if hasattr(one, "focusPolicy")
        and one.isVisibleTo(assistant.panel)
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert reachable
    assert [type(one).__name__ for one in reachable if not one.accessibleName()] == []

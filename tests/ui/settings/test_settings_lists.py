"""Lists of the settings: phrases, reasons, technicians; added, moved and taken out by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.services.calls import timekeeping
from laverma_desk.services.setup.house import read_house
from tests.support.desks import add_bohrer

ALT = Qt.KeyboardModifier.AltModifier


def labels(hand):
    return [entry.words for entry in hand.form.list.entries()]


def test_phrases_are_moved_by_keyboard(hand):
    hand.open("snippets")
    rows = hand.form.list
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down, ALT)
    QTest.keyClick(rows, Qt.Key.Key_Down, ALT)
    assert labels(hand)[:3] == ["Neustart des PC", "Kartenterminal geprüft", "Update eingespielt"]
    assert [entry.aside for entry in rows.entries()][:3] == ["Strg+1", "Strg+2", "Strg+3"]
    assert rows.currentRow() == 2
    QTest.keyClick(rows, Qt.Key.Key_Up, ALT)
    assert hand.bar.words() == "1 Änderung nicht gespeichert"
    hand.save()
    assert [one.label for one in read_house(hand.desk).snippets][:2] == [
        "Neustart des PC",
        "Update eingespielt",
    ]


def test_a_phrase_is_added_changed_and_removed(hand):
    hand.open("snippets")
    hand.click(hand.form.add)
    assert QApplication.focusWidget() is hand.form.field("label")
    assert hand.controller.changes() == 0, "a blank row counts for nothing"
    hand.type("label", "Grüße").type("text", "Zeile eins\nZeile zwei")
    assert hand.controller.changes() == 1
    hand.form.list.setFocus()
    hand.form.list.setCurrentRow(0)
    QTest.keyClick(hand.form.list, Qt.Key.Key_Delete)
    assert labels(hand)[0] == "Neustart des PC"
    hand.save()
    kept = read_house(hand.desk).snippets
    assert (kept[-1].label, kept[-1].text) == ("Grüße", "Zeile eins\nZeile zwei")
    assert kept[0].label == "Neustart des PC"
    assert hand.controller.changes() == 0


def test_only_nine_phrases_have_a_key(hand):
    hand.open("snippets")
    for number in range(3):
        hand.click(hand.form.add).type("label", f"Neu {number}")
    asides = [entry.aside for entry in hand.form.list.entries()]
    assert asides[8:] == ["Strg+9", "", ""]


def test_the_last_row_can_go_and_the_fields_are_off(hand):
    hand.open("snippets")
    while hand.form.rows():
        hand.click(hand.form.remove)
    assert not hand.form.field("label").isEnabled()
    hand.save()
    assert read_house(hand.desk).snippets == ()
    hand.click(hand.form.add)
    assert hand.form.field("label").isEnabled()


def test_a_reason_says_where_it_shows(hand):
    hand.open("reasons")
    hand.click(hand.form.add).type("name", "Übung")
    hand.form.field("shows")._parts[1].setFocus()
    QTest.keyClick(hand.form.field("shows")._parts[1], Qt.Key.Key_Space)
    assert hand.form.list.entries()[-1].aside == "bleibt intern"
    hand.save()
    last = read_house(hand.desk).free_reasons[-1]
    assert (last.name, last.on_invoice) == ("Übung", False)
    assert hand.form.rows()[-1]["number"] == last.id


def test_reasons_may_swap_names_but_not_share_one(hand):
    hand.open("reasons")
    before = read_house(hand.desk).free_reasons
    hand.type("name", before[1].name).save()
    assert hand.form.error("name") != ""
    assert read_house(hand.desk).free_reasons == before
    hand.form.list.setCurrentRow(0)
    hand.type("name", "Kulanz").form.list.setCurrentRow(1)
    hand.type("name", "Garantie").save()
    after = read_house(hand.desk).free_reasons
    assert [(one.id, one.name) for one in after[:2]] == [(before[0].id, "Kulanz"), (before[1].id, "Garantie")]


def test_a_reason_without_a_name_is_shown_where_it_is(hand):
    hand.open("reasons")
    hand.form.list.setCurrentRow(2)
    hand.type("name", "")
    hand.form.list.setCurrentRow(0)
    hand.save()
    assert hand.form.current() == 2
    assert hand.form.error("name") != ""
    assert QApplication.focusWidget() is hand.form.field("name")


def test_technicians_come_and_one_sits_here(hand):
    hand.open("supporters")
    hand.click(hand.form.add).type("name", "Jana Petersen").type("email", "jana@laverma.example").tick("here")
    assert [entry.badge for entry in hand.form.list.entries()] == ["", "sitzt hier"]
    assert hand.form.remove.is_blocked()
    hand.save()
    house = read_house(hand.desk)
    assert {one.name for one in house.supporters} == {"Klaus Klassen", "Jana Petersen"}
    assert house.supporter is not None
    assert house.supporter.name == "Jana Petersen"
    bohrer = add_bohrer(hand.desk)
    assert timekeeping.start_session(hand.desk, bohrer.server).value.supporter_name == "Jana Petersen"


def test_somebody_who_left_can_come_back_under_the_same_name(hand):
    hand.open("supporters")
    hand.click(hand.form.add).type("name", "Jana Petersen").save()
    number = next(one.id for one in read_house(hand.desk).supporters if one.name == "Jana Petersen")
    hand.form.list.setCurrentRow(next(i for i, row in enumerate(hand.form.rows()) if row["number"] == number))
    hand.click(hand.form.remove).save()
    assert [one.name for one in read_house(hand.desk).supporters] == ["Klaus Klassen"]
    hand.click(hand.form.add).type("name", "Jana Petersen").save()
    assert number in {one.id for one in read_house(hand.desk).supporters}


def test_a_wrong_address_of_a_technician_is_found_behind_another_row(hand):
    hand.open("supporters")
    hand.type("email", "klaus@laverma")
    hand.click(hand.form.add).type("name", "Jana Petersen")
    hand.save()
    assert hand.form.current() == 0
    assert "Endung" in hand.form.error("email")
    assert len(read_house(hand.desk).supporters) == 1


def test_a_name_cannot_stand_twice(hand):
    hand.open("supporters")
    hand.click(hand.form.add).type("name", "Klaus Klassen").save()
    assert hand.form.error("name") == "„Klaus Klassen“ steht zweimal da."
    assert len(read_house(hand.desk).supporters) == 1

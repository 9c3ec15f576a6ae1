"""Whether figures tell people apart: a switch of the house below the list of its supporters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.company import FiguresSettings
from laverma_desk.services.setup.house import read_house
from laverma_desk.services.setup.house_figures import save_figures_settings


def press_switch(hand):
    QTest.keyClick(hand.form.per_supporter, Qt.Key.Key_Space)


def test_it_is_on_until_the_house_says_otherwise(hand):
    hand.open("supporters")
    assert hand.form.per_supporter.isChecked()
    assert hand.form.per_supporter.accessibleName() == "Auswertung je Supporter zeigen"
    press_switch(hand)
    assert hand.unsaved_pages() == ["supporters"]
    assert read_house(hand.desk).figures == FiguresSettings(per_supporter=True)
    hand.save()
    assert read_house(hand.desk).figures == FiguresSettings(per_supporter=False)
    assert hand.unsaved_pages() == []


def test_what_is_kept_is_shown(make_hand, desk):
    save_figures_settings(desk, FiguresSettings(per_supporter=False))
    hand = make_hand(desk)
    hand.open("supporters")
    assert not hand.form.per_supporter.isChecked()
    assert hand.unsaved_pages() == []


def test_pressing_twice_changes_nothing(hand):
    hand.open("supporters")
    press_switch(hand)
    press_switch(hand)
    assert hand.unsaved_pages() == []


def test_it_is_discarded_with_the_page(hand):
    hand.open("supporters")
    press_switch(hand)
    hand.click(hand.bar.discard)
    assert hand.form.per_supporter.isChecked()
    assert hand.unsaved_pages() == []


def test_neither_people_nor_switch_are_kept_where_one_is_wrong(hand):
    hand.open("supporters")
    press_switch(hand)
    hand.click(hand.form.add).type("name", "Klaus Klassen").save()
    assert read_house(hand.desk).figures.per_supporter
    hand.type("name", "Jana Petersen").save()
    house = read_house(hand.desk)
    assert not house.figures.per_supporter
    assert len(house.supporters) == 2

"""The technicians as one list: all of it is kept or nothing, and nobody's sessions lose their name."""

from __future__ import annotations

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.setup import house
from laverma_desk.services.setup.supporters import Person, save_supporters
from laverma_desk.storage import house as stored


def _people(desk):
    return [(one.id, one.name, one.email) for one in house.read_house(desk).supporters]


def _here(desk):
    found = house.read_house(desk).supporter
    return found.name if found else None


@pytest.fixture
def klaus(desk):
    """The number of the technician whom the desk already knows."""
    return house.read_house(desk).supporters[0].id


def test_one_is_added_and_sits_here(desk, klaus) -> None:
    save_supporters(
        desk,
        [
            Person(klaus, "Klaus Klassen", "klaus@laverma.example", here=False),
            Person(None, " Mira Vogel ", "", here=True),
        ],
    )
    assert [name for _number, name, _email in _people(desk)] == ["Klaus Klassen", "Mira Vogel"]
    assert _people(desk)[0][0] == klaus
    assert _here(desk) == "Mira Vogel"


def test_two_exchange_their_names(desk, klaus) -> None:
    mira = house.save_supporter(desk, "Mira Vogel", "").value
    save_supporters(
        desk,
        [
            Person(klaus, "Mira Vogel", "", here=True),
            Person(mira, "Klaus Klassen", "", here=False),
        ],
    )
    assert sorted(_people(desk)) == sorted([(klaus, "Mira Vogel", ""), (mira, "Klaus Klassen", "")])
    assert _here(desk) == "Mira Vogel"


def test_who_is_missing_is_put_away_and_comes_back_under_the_old_number(desk, klaus) -> None:
    save_supporters(desk, [Person(None, "Mira Vogel", "", here=True)])
    assert [name for _number, name, _email in _people(desk)] == ["Mira Vogel"]
    with desk.database.read() as connection:
        everyone = {one.id: one for one in stored.supporters(connection)}
    assert everyone[klaus].archived
    assert everyone[klaus].name == "Klaus Klassen"
    mira = _people(desk)[0][0]
    save_supporters(
        desk, [Person(mira, "Mira Vogel", "", here=False), Person(None, "Klaus Klassen", "", here=True)]
    )
    assert (klaus, "Klaus Klassen", "") in _people(desk)
    assert _here(desk) == "Klaus Klassen"


def test_nobody_here_means_the_first_one(desk, klaus) -> None:
    save_supporters(
        desk, [Person(None, "Zoe", "", here=False), Person(klaus, "Klaus Klassen", "", here=False)]
    )
    assert _here(desk) == "Zoe"


@pytest.mark.parametrize(
    ("wanted", "rule", "place"),
    [
        ([], Rule.SUPPORTER_MISSING, None),
        ([Person(None, "Anna", "", here=True), Person(None, "  ", "", here=False)], Rule.TEXT_MISSING, 1),
        (
            [Person(None, "Anna", "", here=True), Person(None, " Anna", "", here=False)],
            Rule.FIELD_CONTRADICTS,
            1,
        ),
    ],
    ids=["nobody", "no name", "one name twice"],
)
def test_a_list_that_cannot_stand_changes_nothing(desk, wanted, rule, place) -> None:
    before = _people(desk)
    with pytest.raises(RuleBroken) as broken:
        save_supporters(desk, wanted)
    assert (broken.value.code, broken.value.parameters.get("place")) == (rule, place)
    assert _people(desk) == before

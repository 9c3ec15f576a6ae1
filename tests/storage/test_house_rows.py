"""What the house has written down comes back as it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from laverma_desk.domain.company import FreeReason, Snippet, Supporter
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.storage import house

WINTER = Tariff(date(2020, 7, 1), 200, Rounding.EXACT_SECOND, Decimal(19), 300, 60)
NOW = Tariff(date(2022, 1, 1), 225)


def test_a_section_is_replaced_as_a_whole(database):
    with database.write() as connection:
        assert house.read_section(connection, "company") == {}
        house.write_section(connection, "company", {"name": "Läverma „IT“", "small_business": False})
        house.write_section(connection, "desk", {"n": 1})
        house.write_section(connection, "company", {"name": "Laverma", "list": [1, "zwei", None]})
    with database.read() as connection:
        assert house.read_section(connection, "company") == {"name": "Laverma", "list": [1, "zwei", None]}
        assert house.read_section(connection, "desk") == {"n": 1}


def test_what_is_read_can_be_changed_without_writing(database):
    with database.write() as connection:
        house.write_section(connection, "desk", {"n": 1})
        house.read_section(connection, "desk")["n"] = 2
        assert house.read_section(connection, "desk") == {"n": 1}


def test_tariffs_come_oldest_first_and_replace_each_other(database):
    with database.write() as connection:
        for one in (NOW, WINTER):
            house.put_tariff(connection, one)
        assert house.tariffs(connection) == (WINTER, NOW)
        dearer = Tariff(NOW.valid_from, 250, Rounding.FULL_MINUTE, Decimal(19), 1, 2)
        house.put_tariff(connection, dearer)
        assert house.tariffs(connection) == (WINTER, dearer)
        house.remove_tariff(connection, WINTER.valid_from)
        assert house.tariffs(connection) == (dearer,)


def test_supporters_by_name_archived_ones_last(database):
    with database.write() as connection:
        zoe = house.put_supporter(connection, "Zoe", "zoe@laverma.example")
        adam = house.put_supporter(connection, "Adam", "")
        house.archive_supporter(connection, adam)
        assert house.supporters(connection) == (
            Supporter(zoe, "Zoe", "zoe@laverma.example"),
            Supporter(adam, "Adam", "", archived=True),
        )


def test_a_supporter_is_known_by_name_or_number(database):
    with database.write() as connection:
        zoe = house.put_supporter(connection, "Zoe", "old@laverma.example")
        house.archive_supporter(connection, zoe)
        assert house.put_supporter(connection, "Zoe", "new@laverma.example") == zoe
        assert house.supporters(connection) == (Supporter(zoe, "Zoe", "new@laverma.example"),)
        assert house.put_supporter(connection, "Zoë", "zoe@laverma.example", known=zoe) == zoe
        assert house.supporters(connection) == (Supporter(zoe, "Zoë", "zoe@laverma.example"),)


def test_snippets_keep_their_order_and_are_written_anew(database):
    with database.write() as connection:
        house.replace_snippets(
            connection, [("Neustart", "Neustart des PC"), ("Update", "Update installiert")]
        )
        house.replace_snippets(connection, [("Zuletzt", "z"), ("Anfang", "a")])
        first, second = house.snippets(connection)
        assert (first, second) == (Snippet(first.id, "Zuletzt", "z"), Snippet(second.id, "Anfang", "a"))
        house.replace_snippets(connection, [])
        assert house.snippets(connection) == ()


def reasons(connection) -> list[tuple[int, str, bool]]:
    return [(one.id, one.name, one.on_invoice) for one in house.free_reasons(connection) if not one.archived]


def test_a_reason_that_is_left_out_is_archived_and_comes_back(database):
    with database.write() as connection:
        house.replace_free_reasons(connection, [(None, "Kulanz", True), (None, "Eigener Fehler", False)])
        (kulanz, *_), (fehler, *_) = reasons(connection)
        house.replace_free_reasons(connection, [(fehler, "Eigener Fehler", False)])
        assert house.free_reasons(connection) == (
            FreeReason(kulanz, "Kulanz", on_invoice=True, archived=True),
            FreeReason(fehler, "Eigener Fehler", on_invoice=False),
        )
        house.replace_free_reasons(connection, [(None, "Kulanz", False), (fehler, "Fehler", True)])
        assert reasons(connection) == [(kulanz, "Kulanz", False), (fehler, "Fehler", True)]


def test_reasons_may_exchange_their_names(database):
    with database.write() as connection:
        house.replace_free_reasons(connection, [(None, "Kulanz", True), (None, "Garantie", False)])
        (one, *_), (two, *_) = reasons(connection)
        house.replace_free_reasons(connection, [(one, "Garantie", True), (two, "Kulanz", False)])
        assert reasons(connection) == [(one, "Garantie", True), (two, "Kulanz", False)]


def test_a_new_reason_may_take_the_name_that_another_gives_up(database):
    with database.write() as connection:
        house.replace_free_reasons(connection, [(None, "Kulanz", True)])
        ((one, *_),) = reasons(connection)
        house.replace_free_reasons(connection, [(None, "Kulanz", True), (one, "Garantie", True)])
        (new, *_), second = reasons(connection)
        assert new != one
        assert second == (one, "Garantie", True)


def test_a_reason_renamed_to_an_archived_one_revives_it(database):
    with database.write() as connection:
        house.replace_free_reasons(connection, [(None, "Kulanz", True), (None, "Garantie", True)])
        (old, *_), (kept, *_) = reasons(connection)
        house.replace_free_reasons(connection, [(kept, "Garantie", True)])
        house.replace_free_reasons(connection, [(kept, "Kulanz", False)])
        assert reasons(connection) == [(old, "Kulanz", False)]
        names = {one.id: one.name for one in house.free_reasons(connection)}
        assert names == {old: "Kulanz", kept: "Garantie"}, "sessions that point at it keep their word"

"""What the house sets once is kept whole, is read back as it was, and refuses what it could not use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from laverma_desk.domain.company import Company
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.tariff import FIRST_DAY, Rounding, Tariff
from laverma_desk.mail.secret import Secrets, account_key
from laverma_desk.paths import DataDir
from laverma_desk.services.changes import Topic
from laverma_desk.services.desk import open_desk
from laverma_desk.services.setup import house, house_mail
from laverma_desk.storage import house as stored
from tests.support.desks import archive_supporter, memory_secrets
from tests.support.memory_keyring import MemoryKeyring

ACCOUNT = MailAccount(
    host="smtp.laverma.example",
    port=465,
    security=Security.TLS,
    user="bericht@laverma.example",
    sender="bericht@laverma.example",
    sender_name="Laverma, Klaus Klassen",
    copy_to_self=False,
    collect_offline=False,
    always_preview=True,
)
PASSWORD = "Größenwahn§4711"


@pytest.fixture
def fresh(tmp_path, clock):
    """A desk that nobody has set up."""
    opened = open_desk(DataDir(tmp_path / "fresh"), clock, memory_secrets())
    yield opened
    opened.close()


@pytest.fixture
def ring():
    """A keyring that works."""
    return MemoryKeyring()


@pytest.fixture
def locked_up(tmp_path, clock, ring):
    """A desk whose passwords go into the keyring."""
    opened = open_desk(DataDir(tmp_path / "ring"), clock, Secrets(ring))
    yield opened
    opened.close()


def test_a_fresh_desk_has_defaults_and_is_not_set_up(fresh) -> None:
    found = house.read_house(fresh)
    assert found.company == Company()
    assert found.tariffs == (Tariff(FIRST_DAY),)
    assert found.supporters == ()
    assert found.supporter is None
    assert found.mail == MailAccount()
    assert not found.mail.complete
    assert not found.set_up


def test_phrases_and_reasons_to_begin_with_come_once(fresh) -> None:
    house.prepare_new_desk(fresh)
    first = house.read_house(fresh)
    assert len(first.snippets) == 8
    assert all(one.label == one.text != "" for one in first.snippets)
    assert len(first.free_reasons) == 5
    assert [one.name for one in first.free_reasons if not one.on_invoice] == ["Eigener Fehler"]
    house.save_snippets(fresh, [])
    house.save_free_reasons(fresh, [])
    house.prepare_new_desk(fresh)
    emptied = house.read_house(fresh)
    assert (emptied.snippets, emptied.free_reasons) == ((), ())


def test_the_company_comes_back_as_it_was_kept(fresh) -> None:
    company = Company(
        name="Läßig IT", street="Straße 1", postcode="12345", city="Köln", phone="07 00 / 52 83 76 23",
        vat_id="DE136695976", iban="DE02120300000000202051", bic="BYLADEM1001", small_business=True,
    )  # fmt: skip
    result = house.save_company(fresh, company)
    assert result.changed == {Topic.HOUSE}
    assert house.read_house(fresh).company == company


def test_a_field_of_a_newer_program_is_left_out(fresh) -> None:
    with fresh.database.write() as connection:
        stored.write_section(connection, "company", {"name": "Laverma", "motto": "later"})
    assert house.read_house(fresh).company == Company(name="Laverma")


def test_tariffs_stand_in_the_order_of_their_days(fresh) -> None:
    later = Tariff(date(2026, 1, 1), 250, Rounding.EXACT_SECOND, Decimal(19), 300, 60)
    first = Tariff(date(2025, 1, 1), 225)
    house.save_tariff(fresh, later)
    house.save_tariff(fresh, first)
    assert house.read_house(fresh).tariffs == (first, later)
    house.save_tariff(fresh, replace(first, price_cents=230))
    assert [one.price_cents for one in house.read_house(fresh).tariffs] == [230, 250]
    house.save_tariffs(fresh, [replace(first, price_cents=230)])
    assert [one.price_cents for one in house.read_house(fresh).tariffs] == [230]


def test_a_negative_price_changes_nothing(fresh) -> None:
    with pytest.raises(RuleBroken) as broken:
        house.save_tariff(fresh, Tariff(FIRST_DAY, -1))
    assert broken.value.code is Rule.AMOUNT_INVALID
    assert house.read_house(fresh).tariffs == (Tariff(FIRST_DAY),)


def test_the_first_supporter_sits_here_until_another_is_chosen(fresh) -> None:
    mira = house.save_supporter(fresh, "Mira Vogel", "").value
    klaus = house.save_supporter(fresh, "  Klaus Klassen ", "klaus@laverma.example").value
    found = house.read_house(fresh)
    assert [one.name for one in found.supporters] == ["Klaus Klassen", "Mira Vogel"]
    assert found.supporter is not None
    assert found.supporter.id == klaus
    house.choose_supporter(fresh, mira)
    chosen = house.read_house(fresh).supporter
    assert chosen is not None
    assert chosen.name == "Mira Vogel"
    archive_supporter(fresh, mira)
    left = house.read_house(fresh)
    assert [one.name for one in left.supporters] == ["Klaus Klassen"]
    assert left.supporter is not None
    assert left.supporter.id == klaus


def test_a_supporter_is_renamed_and_needs_a_name(fresh) -> None:
    number = house.save_supporter(fresh, "Klaus", "").value
    assert house.save_supporter(fresh, "Klaus Klassen", "", known=number).value == number
    assert [one.name for one in house.read_house(fresh).supporters] == ["Klaus Klassen"]
    with pytest.raises(RuleBroken) as broken:
        house.save_supporter(fresh, "  ", "")
    assert (broken.value.code, broken.value.field) == (Rule.TEXT_MISSING, "name")


def test_an_archived_supporter_comes_back_by_name(fresh) -> None:
    number = house.save_supporter(fresh, "Klaus", "").value
    archive_supporter(fresh, number)
    assert house.read_house(fresh).supporters == ()
    assert house.save_supporter(fresh, "Klaus", "").value == number
    assert len(house.read_house(fresh).supporters) == 1


def test_snippets_keep_their_order_and_lose_empty_ones(fresh) -> None:
    house.save_snippets(
        fresh, [("Neustart", "PC neu gestartet"), (" ", ""), ("", "Nur Text"), ("Nur Name", "")]
    )
    kept = [(one.label, one.text) for one in house.read_house(fresh).snippets]
    assert kept == [("Neustart", "PC neu gestartet"), ("Nur Text", "Nur Text"), ("Nur Name", "Nur Name")]


def test_reasons_exchange_their_names_and_keep_their_numbers(fresh) -> None:
    house.save_free_reasons(fresh, [(None, "Kulanz", True), (None, "Garantie", False)])
    one, two = house.read_house(fresh).free_reasons
    house.save_free_reasons(fresh, [(one.id, "Garantie", True), (two.id, "Kulanz", False)])
    swapped = house.read_house(fresh).free_reasons
    assert [(each.id, each.name) for each in swapped] == [(one.id, "Garantie"), (two.id, "Kulanz")]
    assert [each.on_invoice for each in swapped] == [True, False]


def test_a_reason_that_is_taken_out_is_only_put_away(fresh) -> None:
    house.save_free_reasons(fresh, [(None, "Kulanz", True), (None, "Garantie", True)])
    number = house.read_house(fresh).free_reasons[0].id
    house.save_free_reasons(fresh, [(house.read_house(fresh).free_reasons[1].id, "Garantie", True)])
    assert [one.name for one in house.read_house(fresh).free_reasons] == ["Garantie"]
    house.save_free_reasons(fresh, [(None, "Kulanz", False)])
    assert [(one.id, one.on_invoice) for one in house.read_house(fresh).free_reasons] == [(number, False)]


def test_one_reason_twice_is_refused_and_nothing_changes(fresh) -> None:
    house.save_free_reasons(fresh, [(None, "Kulanz", True)])
    before = house.read_house(fresh).free_reasons
    with pytest.raises(RuleBroken) as broken:
        house.save_free_reasons(fresh, [(None, "Garantie", True), (None, "Garantie ", False)])
    assert broken.value.code is Rule.FIELD_CONTRADICTS
    assert house.read_house(fresh).free_reasons == before


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("subject", "Bericht {datum}"),
        ("body", "{salutation}\n{link}"),
        ("guide_subject", "{notes}"),
        ("guide_body", "{unknown}"),
    ],
)
def test_a_placeholder_that_does_not_exist_is_named(fresh, field: str, words: str) -> None:
    before = house.read_house(fresh).template
    with pytest.raises(RuleBroken) as broken:
        house.save_template(fresh, replace(before, **{field: words}))
    assert (broken.value.code, broken.value.field) == (Rule.PLACEHOLDER_UNKNOWN, field)
    with pytest.raises(RuleBroken):
        house.save_template(fresh, replace(before, guide=("fine", "{customer}")))
    assert house.read_house(fresh).template == before


def test_the_wording_comes_back(fresh) -> None:
    wanted = replace(
        house.read_house(fresh).template, subject="Fernwartung {number}", guide=("Eins", "Zwei {phone}")
    )
    house.save_template(fresh, wanted)
    assert house.read_house(fresh).template == wanted


def test_the_account_comes_back_and_its_password_is_in_the_keyring_alone(locked_up, ring) -> None:
    result = house_mail.save_mail_account(locked_up, ACCOUNT, PASSWORD)
    assert result.value is True
    assert house.read_house(locked_up).mail == ACCOUNT
    assert locked_up.secrets.read(account_key(ACCOUNT)) == PASSWORD
    for file in locked_up.data.root.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert PASSWORD.encode() not in content, file
            assert PASSWORD.encode("latin-1") not in content, file
            assert b"4711" not in content, file
    house_mail.save_mail_account(locked_up, replace(ACCOUNT, sender_name="Laverma"), None)
    assert locked_up.secrets.read(account_key(ACCOUNT)) == PASSWORD


def test_a_keyring_that_refuses_leaves_the_old_account(locked_up, ring) -> None:
    house_mail.save_mail_account(locked_up, ACCOUNT, PASSWORD)
    ring.locked = True
    with pytest.raises(OutsideTrouble) as trouble:
        house_mail.save_mail_account(locked_up, replace(ACCOUNT, host="mail.other.example"), "neu")
    assert trouble.value.code is Trouble.KEYRING_REFUSED
    assert "neu" not in repr(trouble.value.args)
    assert house.read_house(locked_up).mail == ACCOUNT


def test_without_a_keyring_the_password_lasts_for_this_run(fresh) -> None:
    assert house_mail.save_mail_account(fresh, ACCOUNT, PASSWORD).value is False
    assert fresh.secrets.read(account_key(ACCOUNT)) == PASSWORD
    again = open_desk(fresh.data, fresh.clock, memory_secrets())
    try:
        assert house.read_house(again).mail == ACCOUNT
        assert again.secrets.read(account_key(ACCOUNT)) is None
    finally:
        again.close()


def test_the_assistant_comes_only_once(fresh) -> None:
    assert house.finish_setup(fresh).changed == {Topic.HOUSE}
    assert house.read_house(fresh).set_up


def test_all_tariffs_are_kept_together(fresh) -> None:
    first, second = Tariff(date(2025, 1, 1), 200), Tariff(date(2026, 1, 1), 250)
    house.save_tariff(fresh, Tariff(date(2024, 1, 1), 100))
    result = house.save_tariffs(fresh, [second, first])
    assert result.changed == {Topic.HOUSE, Topic.SESSIONS}
    assert house.read_house(fresh).tariffs == (first, second)


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        ([], Rule.TEXT_MISSING),
        ([Tariff(FIRST_DAY, 1), Tariff(date(2025, 1, 1), 2), Tariff(FIRST_DAY, 3)], Rule.FIELD_CONTRADICTS),
        ([Tariff(FIRST_DAY, 1), Tariff(date(2025, 1, 1), -2)], Rule.AMOUNT_INVALID),
    ],
    ids=["none", "one day twice", "a negative price"],
)
def test_tariffs_that_cannot_stand_change_nothing(fresh, wanted, rule) -> None:
    house.save_tariff(fresh, Tariff(date(2024, 1, 1), 100))
    with pytest.raises(RuleBroken) as broken:
        house.save_tariffs(fresh, wanted)
    assert broken.value.code is rule
    assert house.read_house(fresh).tariffs == (Tariff(date(2024, 1, 1), 100),)


def test_a_password_goes_along_to_another_port_but_not_to_another_server(locked_up, ring) -> None:
    house_mail.save_mail_account(locked_up, ACCOUNT, PASSWORD)
    moved = replace(ACCOUNT, port=587, security=Security.STARTTLS)
    house_mail.save_mail_account(locked_up, moved, None)
    assert house_mail.password_state(locked_up, moved) == house_mail.PasswordState(kept=True, persistent=True)
    assert house_mail.password_state(locked_up, ACCOUNT).kept is False
    elsewhere = replace(moved, host="mail.other.example")
    house_mail.save_mail_account(locked_up, elsewhere, None)
    assert house_mail.password_state(locked_up, elsewhere).kept is False
    assert locked_up.secrets.read(account_key(elsewhere)) is None


def test_without_a_keyring_the_password_does_not_outlive_the_run(fresh) -> None:
    house_mail.save_mail_account(fresh, ACCOUNT, PASSWORD)
    assert house_mail.password_state(fresh, ACCOUNT) == house_mail.PasswordState(kept=True, persistent=False)
    assert house_mail.password_state(fresh, replace(ACCOUNT, user="")).kept is False

"""Setting a house up from a file: every key, again, and everything that is wrong in it."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal

import pytest

from laverma_desk.domain.company import Company, InvoiceSettings
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.mail_account import Security
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.services.problems import FileRefused
from laverma_desk.services.setup import house
from laverma_desk.services.setup.setup_file import apply_setup, example
from laverma_desk.services.setup.setup_keys import SECTIONS
from tests.support.desks import memory_secrets
from tests.support.kept_desks import open_kept


@pytest.fixture
def bare(tmp_path, clock):
    """A desk on which nobody has set anything."""
    opened, _ = open_kept(tmp_path / "neu", clock, memory_secrets(), house.prepare_new_desk)
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "firma.toml"


def _apply(desk, file, content):
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return apply_setup(desk, file).value


def _refused(desk, file, content):
    before = house.read_house(desk)
    with pytest.raises(FileRefused) as caught:
        _apply(desk, file, content)
    assert house.read_house(desk) == before, "nothing may be half-written"
    return [(one.place, one.error.code) for one in caught.value.problems]


def test_the_example_has_every_key_and_is_taken_whole(bare, file):
    document = tomllib.loads(example())
    named = {name: set(one[0] if isinstance(one, list) else one) for name, one in document.items()}
    assert named == {name: set(keys) for name, keys in SECTIONS.items()}
    assert not re.search(r"(?i)^\s*password", example(), re.MULTILINE)
    _apply(bare, file, example())
    found = house.read_house(bare)
    assert found.company == Company(
        name="Musterhaus IT",
        street="Musterstraße 1",
        postcode="12345",
        city="Musterstadt",
        phone="030 23125 014",
        email="info@musterhaus.example",
        website="https://musterhaus.example/fernwartung",
        tax_number="12/345/67890",
        vat_id="DE136695976",
        register="Amtsgericht Musterstadt, HRB 12345",
        account_holder="Musterhaus IT",
        iban="DE02120300000000202051",
        bic="BYLADEM1001",
        bank="Musterbank",
        tax_office="Finanzamt Musterstadt",
    )
    (tariff,) = found.tariffs
    assert (tariff.price_cents, tariff.rounding, tariff.vat_rate) == (
        225,
        Rounding.STARTED_MINUTE,
        Decimal(19),
    )
    assert [one.name for one in found.supporters] == ["Erika Beispiel", "Max Beispiel"]
    assert found.supporter is not None
    assert found.supporter.name == "Erika Beispiel"
    assert (found.mail.host, found.mail.port) == ("smtp.musterhaus.example", 587)
    assert found.invoice == InvoiceSettings()
    assert found.set_up, "a house that was rolled out needs no assistant"


def test_the_same_file_again_doubles_nothing(bare, file):
    _apply(bare, file, example())
    before = house.read_house(bare)
    _apply(bare, file, example())
    assert house.read_house(bare) == before


def test_what_a_file_does_not_name_stays_as_it_is(desk, file):
    before = house.read_house(desk)
    _apply(desk, file, '[company]\ncity = "Bonn"\n[[supporter]]\nname = "Klaus Klassen"\n')
    after = house.read_house(desk)
    assert (after.company.city, after.company.name) == ("Bonn", "Laverma")
    assert after.tariffs == before.tariffs
    assert [(one.name, one.email) for one in after.supporters] == [("Klaus Klassen", "klaus@laverma.example")]


def test_the_tariff_that_counts_today_is_changed(desk, file):
    house.save_tariff(desk, Tariff(date(2022, 2, 1), price_cents=250, minimum_seconds=300))
    house.save_tariff(desk, Tariff(date(2023, 1, 1), price_cents=300))
    _apply(desk, file, "[tariff]\nprice_per_minute = 2.6\nvat_rate = 16\n")
    assert [(one.price_cents, one.minimum_seconds) for one in house.read_house(desk).tariffs] == [
        (225, 0),
        (260, 300),
        (300, 0),
    ]
    assert [(one.valid_from, one.rate) for one in house.read_house(desk).vat_rates[3:]] == [
        (date(2022, 3, 1), Decimal(16))
    ], "another rate counts from today on"
    _apply(desk, file, "[tariff]\nvat_rate = 16\n")
    assert len(house.read_house(desk).vat_rates) == 4, "the same rate once more is none of its own"


@pytest.mark.parametrize(
    ("price", "cents"),
    [("2.25", 225), ("2.250", 225), ("2", 200), ('"2,25"', 225), ('"2.25"', 225), ("1.10", 110), ("0", 0)],
)
def test_prices_are_exact_cents(desk, file, price, cents):
    result = _apply(desk, file, f"[tariff]\nprice_per_minute = {price}\n")
    assert result.tariff is not None
    assert result.tariff.price_cents == cents


def test_security_brings_its_port(desk, file):
    _apply(
        desk, file, '[mail]\nhost = "smtp.laverma.example"\nsecurity = "tls"\nsender = "a@laverma.example"\n'
    )
    mail = house.read_house(desk).mail
    assert (mail.port, mail.security) == (465, Security.TLS)


@pytest.mark.parametrize(
    ("content", "place", "rule"),
    [
        ('[firma]\nname = "x"', "firma", Rule.SETTING_UNKNOWN),
        ('name = "x"', "name", Rule.SETTING_UNKNOWN),
        ('[company]\npostcod = "12345"', "company.postcod", Rule.SETTING_UNKNOWN),
        ('company = "x"', "company", Rule.TYPE_WRONG),
        ("[company]\npostcode = 12345", "company.postcode", Rule.TYPE_WRONG),
        ('[company]\npostcode = "123"', "company.postcode", Rule.POSTCODE_INVALID),
        ('[company]\nname = ""', "company.name", Rule.TEXT_MISSING),
        ('[company]\ncountry = "Atlantis"', "company.country", Rule.COUNTRY_UNKNOWN),
        ('[company]\nphone = "keins"', "company.phone", Rule.PHONE_INVALID),
        (
            '[company]\nemail = "a@praxis.de\\nBcc: alle@praxis.de"',
            "company.email",
            Rule.EMAIL_INVALID,
        ),
        ('[company]\nvat_id = "DE1"', "company.vat_id", Rule.VAT_ID_INVALID),
        ('[company]\niban = "DE00120300000000202051"', "company.iban", Rule.IBAN_INVALID),
        ('[company]\nbic = "X"', "company.bic", Rule.BIC_INVALID),
        ('[company]\nsmall_business = "ja"', "company.small_business", Rule.TYPE_WRONG),
        ("[tariff]\nprice_per_minute = 2.255", "tariff.price_per_minute", Rule.AMOUNT_INVALID),
        ("[tariff]\nprice_per_minute = -1", "tariff.price_per_minute", Rule.AMOUNT_INVALID),
        ("[tariff]\nprice_per_minute = nan", "tariff.price_per_minute", Rule.AMOUNT_INVALID),
        ("[tariff]\nprice_per_minute = 1e99999999", "tariff.price_per_minute", Rule.AMOUNT_INVALID),
        ("[tariff]\nprice_per_minute = true", "tariff.price_per_minute", Rule.TYPE_WRONG),
        ('[tariff]\nrounding = "up"', "tariff.rounding", Rule.VALUE_NOT_IN_LIST),
        ("[tariff]\nvat_rate = 101", "tariff.vat_rate", Rule.NUMBER_INVALID),
        ("[tariff]\nvat_rate = 1e99999999", "tariff.vat_rate", Rule.NUMBER_INVALID),
        ('[supporter]\nname = "x"', "supporter", Rule.TYPE_WRONG),
        ('[[supporter]]\nemail = "a@praxis.de"', "supporter[1].name", Rule.TEXT_MISSING),
        (
            '[[supporter]]\nname = "A"\n[[supporter]]\nname = "A"',
            "supporter[2].name",
            Rule.FIELD_CONTRADICTS,
        ),
        ('[mail]\nhost = "a b"', "mail.host", Rule.HOST_INVALID),
        ("[mail]\nport = 70000", "mail.port", Rule.NUMBER_INVALID),
        ('[mail]\nport = "587"', "mail.port", Rule.TYPE_WRONG),
        ('[mail]\nsecurity = "ssl"', "mail.security", Rule.VALUE_NOT_IN_LIST),
        (
            '[mail]\nsecurity = "none"\nhost = "smtp.laverma.example"',
            "mail.security",
            Rule.PLAIN_TEXT_REFUSED,
        ),
        ('[mail]\npassword = "geheim"', "mail.password", Rule.SETTING_IS_SECRET),
        ('[invoice]\nnumber_format = "RE-{year}"', "invoice.number_format", Rule.NUMBER_FORMAT_INVALID),
        ('[invoice]\nnumber_format = "{seq}{x}"', "invoice.number_format", Rule.PLACEHOLDER_UNKNOWN),
        ('[invoice]\ndunning_format = "MA_{seq}"', "invoice.dunning_format", Rule.NUMBER_FORMAT_REFUSED),
        (
            '[invoice]\ncancellation_format = "RE-{year}-{seq}"',
            "invoice.cancellation_format",
            Rule.NUMBER_FORMATS_MEET,
        ),
        ('[invoice]\nformat = ""', "invoice.format", Rule.VALUE_NOT_IN_LIST),
        ("[company]\nvat_on_receipt = 1", "company.vat_on_receipt", Rule.TYPE_WRONG),
        ('[invoice]\nnumber_format = "{seq}{seq.x}"', "invoice.number_format", Rule.PLACEHOLDER_UNKNOWN),
        ("[invoice]\npayment_days = -1", "invoice.payment_days", Rule.NUMBER_INVALID),
    ],
)
def test_a_wrong_key_or_value_is_named_by_its_place_and_nothing_is_written(desk, file, content, place, rule):
    valid = '[[supporter]]\nname = "Neu"\n' if "supporter" not in content else ""
    assert _refused(desk, file, f"{content}\n{valid}") == [(place, rule)]


def test_all_mistakes_are_named_at_once(desk, file):
    content = '[company]\nnam = "x"\nvat_id = "1"\n[tarif]\n[mail]\nport = 0\n'
    assert [place for place, _rule in _refused(desk, file, content)] == [
        "company.nam",
        "company.vat_id",
        "tarif",
        "mail.port",
    ]


def test_a_mistyped_name_gets_a_suggestion(desk, file):
    file.write_text('[company]\npostcod = "12345"\n', "utf-8")
    with pytest.raises(FileRefused) as caught:
        apply_setup(desk, file)
    assert caught.value.problems[0].error.parameters["near"] == "postcode"


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        ("[company]\nname = Laverma\n", Rule.TOML_INVALID, 2),
        ("[company\n", Rule.TOML_INVALID, 1),
        ('[company]\nname = "offen', Rule.TOML_INVALID, None),
        ("x = " + "[" * 20_000, Rule.TOML_INVALID, None),
        ("x = 1e" + "9" * 5000, Rule.TOML_INVALID, None),
        (b'[company]\nname = "M\xfcller"\n', Rule.FILE_NOT_TEXT, None),
        (b"[company]\n\x00", Rule.FILE_NOT_TEXT, 2),
        (b"#" * 1_000_001, Rule.TOML_INVALID, None),
    ],
)
def test_what_is_no_toml_is_refused(desk, file, content, rule, line):
    with pytest.raises(RuleBroken) as caught:
        _apply(desk, file, content)
    assert caught.value.code is rule
    assert caught.value.parameters.get("line") == line


def test_a_byte_order_mark_is_no_obstacle(desk, file):
    _apply(desk, file, b'\xef\xbb\xbf[company]\ncity = "Bonn"\n')
    assert house.read_house(desk).company.city == "Bonn"


def test_a_missing_file_is_said_to_be_unreadable(desk, tmp_path):
    with pytest.raises(OutsideTrouble) as caught:
        apply_setup(desk, tmp_path)
    assert caught.value.code is Trouble.FILE_UNREADABLE

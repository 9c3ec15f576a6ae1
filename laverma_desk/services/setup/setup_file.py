"""Set a house up from a TOML file: for roll-outs, the same settings that the window offers."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from laverma_desk import paths
from laverma_desk.domain.bookkeeping import BookkeepingSettings, check_bookkeeping
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.company import Company, InvoiceSettings
from laverma_desk.domain.document_number import check_formats
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.mail_account import DEFAULT_PORTS, LOOPBACK, MailAccount, Security
from laverma_desk.domain.tariff import Tariff, tariff_on
from laverma_desk.domain.vat import VatRate, rate_on
from laverma_desk.services import checks
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.problems import Problems
from laverma_desk.services.setup.house import House, changing_settings, house_on, remember
from laverma_desk.services.setup.house_billing import write_invoice_settings
from laverma_desk.services.setup.house_bookkeeping import bookkeeping_on, write_bookkeeping
from laverma_desk.services.setup.setup_keys import check_document
from laverma_desk.storage import house as stored
from laverma_desk.storage import vat_rates
from laverma_desk.storage.database import Connection

BY_COMMAND = "laverma-desk setup"
"""Who changed a setting, where it was nobody at the window."""

_LARGEST = 1_000_000
_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True)
class SetUp:
    """What a setup file has set; `tariff` and `mail` are None where the file has no such section."""

    company: bool
    tariff: Tariff | None
    supporters: tuple[str, ...]
    mail: MailAccount | None
    invoice: bool
    bookkeeping: bool


def example() -> str:
    """Return a file with every key, commented in German, which `apply_setup` takes."""
    return paths.resource("setup-example.toml").read_text("utf-8")


def apply_setup(desk: Desk, file: Path) -> Done[SetUp]:
    """Set what a TOML file gives; what it does not name stays as it is. All or nothing.

    Supporters are known by name and never removed; the tariff that counts today is the one that is
    changed. Raises FileRefused with every problem at its `section.key`, RuleBroken FILE_NOT_TEXT,
    TOML_INVALID, OutsideTrouble FILE_UNREADABLE.
    """
    problems = Problems()
    given, supporters = check_document(_read(file), problems)
    with changing_settings(desk, BY_COMMAND) as connection:
        house = house_on(connection)
        company = _company(house, given.get("company", {}), problems)
        mail = _mail(house, given.get("mail", {}), problems)
        invoice = _invoice(house, given.get("invoice", {}), problems)
        bookkeeping = _bookkeeping(connection, given.get("bookkeeping", {}), problems)
        problems.refuse_if_any()
        if "company" in given:
            stored.write_section(connection, "company", asdict(company))
        today = local_day(desk.clock.now())
        tariff = _write_tariff(connection, house, today, given["tariff"]) if "tariff" in given else None
        _write_supporters(connection, supporters)
        if "mail" in given:
            stored.write_section(connection, "mail", asdict(mail) | {"security": mail.security.value})
        if "invoice" in given:
            write_invoice_settings(connection, invoice)
        if "bookkeeping" in given:
            write_bookkeeping(connection, bookkeeping)
        if company.name and stored.supporters(connection):
            # A house that was rolled out needs no assistant.
            remember(connection, set_up=True)
    return done(
        SetUp(
            company="company" in given,
            tariff=tariff,
            supporters=tuple(one["name"] for one in supporters),
            mail=mail if "mail" in given else None,
            invoice="invoice" in given,
            bookkeeping="bookkeeping" in given,
        ),
        Topic.HOUSE,
        Topic.SESSIONS,
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        if not file.is_file():
            raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file))
        with file.open("rb") as reader:
            content = reader.read(_LARGEST + 1)
    except OSError as error:
        raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file)) from error
    if len(content) > _LARGEST:
        raise RuleBroken(Rule.TOML_INVALID, file=str(file))
    if (nul := content.find(b"\0")) >= 0:
        raise RuleBroken(Rule.FILE_NOT_TEXT, file=str(file), line=content.count(b"\n", 0, nul) + 1)
    try:
        return tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise RuleBroken(Rule.FILE_NOT_TEXT, file=str(file)) from error
    except tomllib.TOMLDecodeError as error:
        where = _WHERE.search(str(error))
        place: dict[str, Any] = {"line": int(where[1]), "column": int(where[2])} if where else {}
        raise RuleBroken(Rule.TOML_INVALID, file=str(file), **place) from error
    except (ArithmeticError, RecursionError, ValueError) as error:
        # Numbers beyond Decimal, thousands of digits, brackets in brackets in brackets.
        raise RuleBroken(Rule.TOML_INVALID, file=str(file)) from error


def _company(house: House, values: dict[str, Any], problems: Problems) -> Company:
    company = replace(house.company, **values)
    if values.get("country") == "":
        company = replace(company, country="DE")
    if "postcode" in values and company.postcode:
        with problems.at("company.postcode"):
            checks.postcode(company.postcode, company.country, "postcode")
    return company


def _mail(house: House, values: dict[str, Any], problems: Problems) -> MailAccount:
    account = replace(house.mail, **values)
    if "security" in values and "port" not in values:
        account = replace(account, port=DEFAULT_PORTS[account.security])
    plain = account.security is Security.NONE and account.host.casefold() not in LOOPBACK
    if plain and account.host and values:
        problems.add(RuleBroken(Rule.PLAIN_TEXT_REFUSED, field="security"), "mail.security")
    return account


def _invoice(house: House, values: dict[str, Any], problems: Problems) -> InvoiceSettings:
    settings = replace(house.invoice, **values)
    if any(key.endswith("_format") for key in values):
        try:
            check_formats(settings)
        except RuleBroken as error:
            problems.add(error, f"invoice.{error.field}")
    return settings


def _bookkeeping(connection: Connection, values: dict[str, Any], problems: Problems) -> BookkeepingSettings:
    settings = replace(bookkeeping_on(connection), **values)
    if values:
        try:
            check_bookkeeping(settings)
        except RuleBroken as error:
            problems.add(error, f"bookkeeping.{error.field}")
    return settings


def _write_tariff(connection: Connection, house: House, today: date, values: dict[str, Any]) -> Tariff:
    """Change the tariff that counts today; another rate of VAT counts from today on."""
    names = {"price_per_minute": "price_cents", "rounding": "rounding"}
    given = {names[key]: value for key, value in values.items() if key in names}
    stored.put_tariff(connection, replace(tariff_on(today, house.tariffs), **given))
    rate = values.get("vat_rate")
    if rate is not None and rate != rate_on(today, house.vat_rates):
        vat_rates.put_rate(connection, VatRate(today, rate))
    return tariff_on(today, stored.tariffs(connection), vat=vat_rates.vat_rates(connection))


def _write_supporters(connection: Connection, supporters: list[dict[str, Any]]) -> None:
    emails = {one.name: one.email for one in stored.supporters(connection)}
    numbers = [
        stored.put_supporter(connection, one["name"], one.get("email", emails.get(one["name"], "")))
        for one in supporters
    ]
    if numbers and stored.read_section(connection, "desk").get("supporter_id") is None:
        remember(connection, supporter_id=numbers[0])

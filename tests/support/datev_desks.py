"""A desk whose tax adviser wants postings, and documents written straight into its file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from laverma_desk.domain.bookkeeping import BookkeepingSettings
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.invoice import Invoice, InvoiceTexts
from laverma_desk.domain.invoice_sums import cancellation_of
from laverma_desk.services.datev.exporting import DatevResult, DatevWish, export_datev
from laverma_desk.services.datev.settings import save_bookkeeping
from laverma_desk.services.desk import Desk
from laverma_desk.storage import customers, payments, stored_documents
from laverma_desk.storage import invoices as stored
from tests.support.datev_reading import PostingRead, debtors, postings
from tests.support.invoice_houses import make_house
from tests.support.invoice_makers import sample_invoice

SETTINGS = BookkeepingSettings(consultant=29_098, client=55_003)


@pytest.fixture
def desk(tmp_path, clock):
    """An open desk of a house that bills."""
    opened = make_house(tmp_path / "desk", clock)
    yield opened
    opened.close()


@pytest.fixture
def rows(desk):
    """The rows of the two practices that have an account."""
    return set_up_bookkeeping(desk)


def keep(desk: Desk, **changes: Any) -> BookkeepingSettings:
    """Let the house have settings by which an export is possible, some of them others."""
    settings = replace(SETTINGS, **changes)
    save_bookkeeping(desk, settings)
    return settings


def add_debtor(desk: Desk, number: str, name: str, account: int | None = None, **values: Any) -> int:
    """Write a customer with an address; return its row."""
    given = {"street": "Zahnweg 5", "postcode": "12345", "city": "Musterstadt"} | values
    with desk.database.write() as connection:
        record = Customer(0, number, name, debtor_account=account, **given)
        return customers.insert_customer(connection, record, desk.clock.now())


def book(
    desk: Desk, customer_id: int, one: Invoice | None = None, cancels: int | None = None, **changes: Any
) -> int:
    """Write a document into the file as it is, and return its row."""
    invoice = replace(one or sample_invoice(), **changes)
    now = desk.clock.now()
    with desk.database.write() as connection:
        pdf = stored_documents.store(
            connection, kind="invoice", name="x.pdf", mime_type="application/pdf", content=b"%PDF", at=now
        )
        new = stored.NewInvoice(customer_id, now, pdf, None, b"%PDF", None, {}, cancels_id=cancels)
        return stored.insert_invoice(connection, invoice, new)


def take_back(desk: Desk, row: int, one: Invoice, number: str, day: date | None = None) -> int:
    """Write the cancellation of a document."""
    texts = InvoiceTexts()
    back = cancellation_of(one, day or one.issued_on + timedelta(days=2), "Falscher Zeitraum", texts, number)
    with desk.database.read() as connection:
        owner = stored.find(connection, row)
    assert owner is not None
    return book(desk, owner.customer_id, back, cancels=row)


def pay(desk: Desk, row: int, cents: int, day: date, takes_back: int | None = None) -> int:
    """Write down money for a document; return the row of the entry."""
    with desk.database.write() as connection:
        return payments.insert_payment(
            connection,
            row,
            paid_on=day,
            cents=cents,
            note="Patientin Meier, bar",
            who="Klaus Klassen",
            created_at=desk.clock.now(),
            takes_back=takes_back,
        ).id


def export(desk: Desk, folder: Path, first: date, last: date, **wish: Any) -> DatevResult:
    """Write the files of some days."""
    return export_datev(desk, DatevWish(first, last, **wish), folder)


def postings_of(result: DatevResult) -> list[PostingRead]:
    """Read the postings of all files back."""
    names = [one.name for one in result.files if one.first]
    return [one for name in names for one in postings((result.folder / name).read_bytes())]


def debtors_of(result: DatevResult) -> list[dict[int, str]]:
    """Read the debtors back, as cells by the number of their column."""
    (name,) = [one.name for one in result.files if one.first is None]
    return debtors((result.folder / name).read_bytes())


def set_up_bookkeeping(desk: Desk) -> tuple[int, int]:
    """Give a house its adviser, and two practices with an account; return their rows."""
    keep(desk)
    return (
        add_debtor(desk, "10017", "ZAP Dr. Bohrer", 10_017, vat_id="DE123456788"),
        add_debtor(desk, "10018", "Praxis Dr. Weiß", 10_018),
    )

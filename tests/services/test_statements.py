"""The statement: everything a customer may see of a period, billed or not, as paper and as a table."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.domain.tariff import Rounding
from laverma_desk.services.customers import merging
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.drafts import DraftWish, create_drafts
from laverma_desk.services.invoicing.issuing import issue_open
from laverma_desk.services.invoicing.statements import statement, write_statement
from laverma_desk.services.privacy.erasure import erase
from laverma_desk.services.setup import house
from laverma_desk.storage import customers, sessions
from tests.support.billing_desks import UNTIL, Line, add_line, at

FIRST = date(2022, 2, 1)


def february(desk, billing, number="10017"):
    """Return a customer's statement for February."""
    return statement(desk, billing.customers[number], FIRST, UNTIL)


def test_it_shows_billed_open_and_free_sessions(billing_desk):
    desk, billing = billing_desk
    first, second, *_rest = billing.sessions["10017"]
    issued = issue_open(desk, DraftWish(billing.bohrer, (first, second)), UNTIL).value
    create_drafts(desk, [DraftWish(billing.bohrer, billing.sessions["10017"][2:3])], UNTIL)
    found = february(desk, billing)
    assert [line.session_number for line in found.lines] == [f"S-2022-000{count}" for count in range(1, 6)]
    assert found.invoices == (issued.row.number, issued.row.number, "", "", "")
    assert [line.net_cents for line in found.lines] == [4050, 5400, 2025, 0, 3375]
    assert found.lines[3].free_reason == "Garantie"
    assert (found.net_cents, found.vat_cents, found.gross_cents, found.minutes) == (14850, 2822, 17672, 66)
    assert [(one.rate, one.net_cents) for one in found.groups] == [(Decimal(19), 14850)]
    assert found.roundings == (Rounding.STARTED_MINUTE,)
    assert (found.buyer.name, found.buyer.contact) == ("ZAP Dr. Bohrer", "Sabine Lorenz")
    assert (found.first, found.last, found.created_at) == (FIRST, UNTIL, desk.clock.now())


def test_least_and_free_time_explain_the_figures(billing_desk):
    desk, billing = billing_desk
    with desk.database.write() as connection:
        sessions.update_session(connection, billing.sessions["10017"][0], minimum_seconds=900)
    found = february(desk, billing)
    assert found.allowances == ("Mindestdauer je Fernwartung: 15 Minuten.",)


def test_what_is_billed_is_taxed_as_on_its_invoice_after_the_customer_moved_abroad(billing_desk):
    desk, billing = billing_desk
    first, *_rest = billing.sessions["10017"]
    issued = issue_open(desk, DraftWish(billing.bohrer, (first,)), UNTIL).value.invoice
    with desk.database.write() as connection:
        known = customers.find(connection, billing.bohrer)
        customers.update_customer(connection, replace(known, country="AT", vat_id="ATU13585627"))
    found = february(desk, billing)
    assert [one.net_cents for one in found.groups] == [4050, 10800]
    assert (found.vat_cents, found.lines[0].vat_rate) == (issued.vat_cents, Decimal(19))
    assert found.lines[0].vat_category is VatCategory.STANDARD
    assert found.lines[1].vat_category is VatCategory.REVERSE_CHARGE
    assert found.notices == ("Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge).",)


def test_what_was_billed_and_cancelled_is_taxed_as_it_will_be_now(billing_desk):
    desk, billing = billing_desk
    issued = issue_open(desk, DraftWish(billing.bohrer, billing.sessions["10017"][:1]), UNTIL).value
    with desk.database.write() as connection:
        known = customers.find(connection, billing.bohrer)
        customers.update_customer(connection, replace(known, country="AT", vat_id="ATU13585627"))
    cancel_invoice(desk, issued.row.id, "falsches Land")
    assert {one.vat_category for one in february(desk, billing).lines} == {VatCategory.REVERSE_CHARGE}


def test_the_period_holds_both_its_days(billing_desk):
    desk, billing = billing_desk
    found = statement(desk, billing.bohrer, date(2022, 2, 9), date(2022, 2, 16))
    assert [line.session_number for line in found.lines] == ["S-2022-0002", "S-2022-0003"]
    code = _refused(lambda: statement(desk, billing.bohrer, UNTIL, FIRST))
    assert code == (Rule.END_BEFORE_START, "last")


def test_what_stays_in_the_house_is_not_shown(billing_desk):
    desk, billing = billing_desk
    reason = next(one.id for one in house.read_house(desk).free_reasons if not one.on_invoice)
    with desk.database.write() as connection:
        sessions.update_session(
            connection, billing.sessions["10017"][0], billable=False, free_reason_id=reason
        )
        sessions.update_session(connection, billing.sessions["10017"][1], state="running")
    found = february(desk, billing)
    assert [line.session_number for line in found.lines] == ["S-2022-0003", "S-2022-0004", "S-2022-0005"]


def test_merged_records_are_one(billing_desk):
    desk, billing = billing_desk
    merging.merge(desk, billing.customers["10021"], billing.customers["10022"], {}, "Doppelt angelegt")
    assert february(desk, billing, "10022") == february(desk, billing, "10021")
    assert len(february(desk, billing, "10021").lines) == 8


def test_nobody_gets_one_of_a_locked_or_unknown_customer(billing_desk):
    desk, billing = billing_desk
    erase(desk, billing.customers["10022"], "10022", "Auf eigenen Wunsch")
    assert _refused(lambda: february(desk, billing, "10022")) == (Rule.CUSTOMER_RESTRICTED, None)
    assert _refused(lambda: statement(desk, 999, FIRST, UNTIL)) == (Rule.CUSTOMER_UNKNOWN, None)


def _refused(work):
    with pytest.raises(RuleBroken) as caught:
        work()
    return caught.value.code, caught.value.field


def test_the_paper_says_what_was_done(billing_desk, tmp_path):
    desk, billing = billing_desk
    target = tmp_path / "Aufstellung.pdf"
    size = write_statement(desk, february(desk, billing), target, "pdf")
    assert target.stat().st_size == size
    with pypdfium2.PdfDocument(target.read_bytes()) as paper:
        words = " ".join(paper[place].get_textpage().get_text_bounded() for place in range(len(paper)))
    assert "Kartenterminal neu gekoppelt" in words
    assert "148,50" in words
    assert "Garantie" in words


def test_the_table_is_read_by_a_spreadsheet_and_never_calculated(billing_desk, tmp_path):
    desk, billing = billing_desk
    add_line(
        desk,
        billing.places["10017", "Server"],
        Line(at(25, 9, 0), 60, "", '=HYPERLINK("x";"y")\nzweite Zeile'),
    )
    target = tmp_path / "Aufstellung.csv"
    write_statement(desk, february(desk, billing), target, "csv")
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfNummer;Datum;")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 6
    assert rows[0] == {
        "Nummer": "S-2022-0001", "Datum": "03.02.2022", "Anfang": "08:41:00", "Arbeitsplatz": "PC Rezeption",
        "Leistung": "Kartenterminal neu gekoppelt, Testkarte gelesen", "Supporter": "Klaus Klassen",
        "Dauer": "00:17:48", "Abgerechnete Minuten": "18", "Abgerechnete Sekunden": "",
        "Preis je Minute": "2,25", "Netto": "40,50", "USt-Satz": "19", "Kostenlos": "", "Rechnung": "",
    }  # fmt: skip
    assert rows[-1]["Leistung"] == '\'=HYPERLINK("x";"y")\nzweite Zeile'
    assert rows[3]["Kostenlos"] == "Garantie"


def test_seconds_have_a_column_of_their_own(billing_desk, tmp_path):
    desk, billing = billing_desk
    with desk.database.write() as connection:
        sessions.update_session(
            connection, billing.sessions["10017"][0], rounding="exact_second", billed_seconds=1068,
            net_cents=4005,
        )  # fmt: skip
    found = february(desk, billing)
    assert found.minutes is None
    write_statement(desk, found, tmp_path / "a.csv", "csv")
    text = (tmp_path / "a.csv").read_text("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert (row["Abgerechnete Minuten"], row["Abgerechnete Sekunden"], row["Netto"]) == ("", "1068", "40,05")


def test_an_empty_period_is_no_file(billing_desk, tmp_path):
    desk, billing = billing_desk
    found = statement(desk, billing.bohrer, date(2021, 1, 1), date(2021, 1, 31))
    assert found.lines == ()
    assert (
        _refused(lambda: write_statement(desk, found, tmp_path / "a.pdf", "pdf"))[0] is Rule.STATEMENT_EMPTY
    )
    assert not (tmp_path / "a.pdf").exists()


def test_a_file_is_whole_or_the_earlier_one(billing_desk, tmp_path):
    desk, billing = billing_desk
    with pytest.raises(OutsideTrouble) as caught:
        write_statement(desk, february(desk, billing), tmp_path / "nirgends" / "a.csv", "csv")
    assert caught.value.code is Trouble.FILE_UNWRITABLE
    foreign = replace(february(desk, billing), language="en")
    write_statement(desk, foreign, tmp_path / "a.csv", "csv")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("Number;Date;Start;")
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["a.csv"]

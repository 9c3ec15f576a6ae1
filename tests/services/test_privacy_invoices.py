"""Invoices and the right to be forgotten: kept word for word for their years, then only figures stay."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from zipfile import ZipFile

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.retention import ERASED, Holding, Kept, Law
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.drafts import (
    DraftChange,
    DraftWish,
    change_draft,
    create_drafts,
    drafts,
)
from laverma_desk.services.invoicing.issuing import issue_invoice, issue_open
from laverma_desk.services.invoicing.payments import add_payment
from laverma_desk.services.invoicing.register import find_invoice, read_invoice
from laverma_desk.services.invoicing.reminders import (
    issue_reminder,
    queue_reminder,
    read_reminder,
    reminder_mail,
)
from laverma_desk.services.invoicing.sending import queue_invoice
from laverma_desk.services.invoicing.verifying import verify
from laverma_desk.services.mails.counting import count_open
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.services.mails.outbox import list_messages as outbox_of
from laverma_desk.services.privacy.erasure import erase, erase_due, preview_erasure, restricted
from laverma_desk.services.privacy.export import export_customer
from laverma_desk.storage import customers, outbox, stored_documents
from laverma_desk.storage.tables import document, invoice, invoice_line, payment, reminder, session
from tests.support.billing_desks import UNTIL, billing_desk  # noqa: F401 (a fixture)
from tests.support.desks import set_mail_account
from tests.support.foreign_deeds import kept_bytes

REASON = "Verlangen"


@pytest.fixture
def billed(billing_desk):  # noqa: F811 (the fixture)
    """A desk, its rows, and the invoice of February for ZAP Dr. Bohrer."""
    desk, rows = billing_desk
    wish = DraftWish(rows.bohrer, rows.sessions["10017"])
    return desk, rows, issue_open(desk, wish, UNTIL).value


def _all(desk, table):
    with desk.database.read() as connection:
        return [dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key))]


def _kept(desk, customer_id):
    return {one.holding: one for one in preview_erasure(desk, customer_id).kept}


def test_invoices_are_kept_eight_years_and_the_plan_names_the_last(billed):
    desk, rows, _issued = billed
    kept = _kept(desk, rows.bohrer)
    assert kept[Holding.INVOICES] == Kept(
        Holding.INVOICES, Law.BOOKING, 1, date(2030, 12, 31), "RE-2022-0001"
    )
    assert kept[Holding.BILLED_SESSIONS] == Kept(
        Holding.BILLED_SESSIONS, Law.BOOKING, 5, date(2030, 12, 31), "RE-2022-0001"
    )
    assert Holding.OPEN_SESSIONS not in kept


def test_what_happens_to_an_invoice_later_keeps_it_longer(billed):
    desk, rows, issued = billed
    desk.clock.set_wall(datetime(2023, 1, 5, 12, tzinfo=UTC))
    add_payment(desk, issued.row.id, 5000, date(2023, 1, 4))
    assert _kept(desk, rows.bohrer)[Holding.INVOICES].until == date(2031, 12, 31)
    desk.clock.set_wall(datetime(2024, 1, 5, 12, tzinfo=UTC))
    issue_reminder(desk, rows.bohrer)
    kept = _kept(desk, rows.bohrer)
    assert kept[Holding.INVOICES].until == date(2032, 12, 31)
    assert kept[Holding.BILLED_SESSIONS].until == date(2032, 12, 31), "they go with their invoice"
    desk.clock.set_wall(datetime(2025, 1, 5, 12, tzinfo=UTC))
    cancel_invoice(desk, issued.row.id, "Doppelt berechnet")
    kept = _kept(desk, rows.bohrer)
    assert (kept[Holding.INVOICES].count, kept[Holding.INVOICES].until) == (2, date(2033, 12, 31))


def test_after_its_years_an_invoice_loses_its_words_and_keeps_its_figures(billed):
    desk, rows, issued = billed
    desk.clock.set_wall(datetime(2022, 5, 5, 12, tzinfo=UTC))
    add_payment(desk, issued.row.id, 5000, date(2022, 5, 4), "Von Konto Geheimbank")
    issue_reminder(desk, rows.bohrer)
    erase(desk, rows.bohrer, "10017", REASON)
    before = _all(desk, invoice)
    desk.clock.set_wall(datetime(2030, 12, 31, 12, tzinfo=UTC))
    assert not restricted(desk)[0].anything_goes or not restricted(desk)[0].invoices
    erase_due(desk)
    assert _all(desk, invoice) == before
    assert verify(desk) == ()
    desk.clock.set_wall(datetime(2031, 1, 1, 12, tzinfo=UTC))
    (due,) = restricted(desk)
    assert (due.invoices, due.sessions, due.record) == (1, 5, True)
    assert erase_due(desk).value == 1
    (row,) = _all(desk, invoice)
    words = {"record": "", "customer_name": ERASED, "reason": "", "erased_at": desk.clock.now()}
    assert row == before[0] | words, "number, days, sums and hashes stay"
    assert {line["text"] for line in _all(desk, invoice_line)} == {ERASED}
    assert [one["note"] for one in _all(desk, payment)] == [""]
    assert [one["record"] for one in _all(desk, reminder)] == [""]
    for one in _all(desk, session):
        if one["customer_id"] == rows.bohrer:
            assert (one["notes"], one["customer_name"]) == ("", ERASED)
            assert one["net_cents"] is not None
    papers = {row["pdf_id"], *(one["pdf_id"] for one in _all(desk, reminder))}
    assert {len(one["content"]) for one in _all(desk, document) if one["id"] in papers} == {0}
    with desk.database.read() as connection:
        gone = customers.find(connection, rows.bohrer)
        assert list(stored_documents.damaged(connection)) == []
    assert gone is not None
    assert gone.erased_at == desk.clock.now()
    assert verify(desk) == (), "an erased document keeps its place in the chain"
    with pytest.raises(RuleBroken) as refused:
        read_invoice(desk, issued.row.id)
    assert refused.value.code is Rule.INVOICE_ERASED
    (letter,) = _all(desk, reminder)
    for asked in (read_reminder, reminder_mail, queue_reminder):
        with pytest.raises(RuleBroken) as refused:
            asked(desk, letter["id"])
        assert (refused.value.code, refused.value.parameters["number"]) == (
            Rule.INVOICE_ERASED,
            letter["number"],
        )
    left = kept_bytes(desk)
    for word in ("Kartenterminal neu gekoppelt", "Röntgensoftware", "Geheimbank"):
        assert word.encode() not in left, word


def test_the_seals_stand_again_afterwards(billed):
    desk, rows, issued = billed
    desk.clock.set_wall(datetime(2022, 5, 5, 12, tzinfo=UTC))
    add_payment(desk, issued.row.id, 5000, date(2022, 5, 4), "Teil")
    issue_reminder(desk, rows.bohrer)
    erase(desk, rows.bohrer, "10017", REASON)
    desk.clock.set_wall(datetime(2031, 1, 1, 12, tzinfo=UTC))
    erase_due(desk)
    for change in (
        "UPDATE invoice SET record = 'x'",
        "UPDATE invoice SET erased_at = NULL",
        "UPDATE invoice_line SET text = 'x'",
        "UPDATE payment SET note = 'x'",
        "UPDATE reminder SET record = 'x'",
        "UPDATE session SET notes = 'x' WHERE invoice_number IS NOT NULL",
        "UPDATE document SET content = '0'",
    ):
        with pytest.raises(IntegrityError), desk.database.write() as connection:
            connection.execute(text(change))


def test_each_invoice_goes_in_its_own_time(billed):
    desk, rows, first = billed
    desk.clock.set_wall(datetime(2023, 2, 1, 12, tzinfo=UTC))
    cancelled = cancel_invoice(desk, first.row.id, "Falscher Tarif").value
    again = issue_open(desk, DraftWish(rows.bohrer, rows.sessions["10017"]), UNTIL).value
    desk.clock.set_wall(datetime(2024, 2, 1, 12, tzinfo=UTC))
    add_payment(desk, again.row.id, again.row.gross_cents, date(2024, 2, 1))
    erase(desk, rows.bohrer, "10017", REASON)
    desk.clock.set_wall(datetime(2032, 1, 1, 12, tzinfo=UTC))
    erase_due(desk)
    erased = {one["number"] for one in _all(desk, invoice) if one["erased_at"] is not None}
    assert erased == {first.row.number, cancelled.row.number}
    assert read_invoice(desk, again.row.id).pdf == again.pdf
    one = timekeeping.read_session(desk, rows.sessions["10017"][0])
    assert "Kartenterminal" in one.notes, "the new invoice still bills it"
    assert verify(desk) == ()


def test_a_mail_that_goes_leaves_the_invoice_that_it_carried(billed):
    desk, rows, issued = billed
    set_mail_account(desk, 2525)
    words = ReportWords("rechnung@zap.example", "Rechnung", "Guten Tag")
    message = queue_invoice(desk, issued.row.id, words).value
    with desk.database.write() as connection:
        outbox.update_message(connection, message, state=MessageState.FAILED.value)
    erase(desk, rows.bohrer, "10017", REASON)
    with desk.database.read() as connection:
        assert outbox.find(connection, message).recipient == ERASED
    assert read_invoice(desk, issued.row.id).pdf == issued.pdf
    assert verify(desk) == ()


def test_a_sent_invoice_mail_is_kept_as_long_as_its_invoice(billed):
    desk, rows, issued = billed
    set_mail_account(desk, 2525)
    message = queue_invoice(desk, issued.row.id, ReportWords("a@zap.example", "Rechnung", "Guten Tag")).value
    with desk.database.write() as connection:
        outbox.update_message(connection, message, state=MessageState.HANDED_OVER.value)
    kept = {(one.holding, one.law): one.until for one in preview_erasure(desk, rows.bohrer).kept}
    assert kept[Holding.MAILS, Law.BOOKING] == date(2030, 12, 31)
    assert (Holding.MAILS, Law.LETTER) not in kept


def test_drafts_go_with_the_lock(billing_desk):  # noqa: F811 (the fixture)
    desk, rows = billing_desk
    create_drafts(desk, [DraftWish(rows.bohrer, rows.sessions["10017"])], UNTIL)
    erase(desk, rows.bohrer, "10017", REASON)
    assert drafts(desk) == ()


def test_others_keep_their_invoices(billed):
    desk, rows, issued = billed
    other = issue_open(desk, DraftWish(rows.customers["10018"], rows.sessions["10018"]), UNTIL).value
    erase(desk, rows.bohrer, "10017", REASON)
    desk.clock.set_wall(datetime(2031, 1, 1, 12, tzinfo=UTC))
    erase_due(desk)
    assert read_invoice(desk, other.row.id).pdf == other.pdf
    assert find_invoice(desk, issued.row.number).customer_name == ERASED


def test_access_brings_invoices_payments_and_reminders_as_they_are(billed, tmp_path):
    desk, rows, issued = billed
    desk.clock.set_wall(datetime(2022, 5, 5, 12, tzinfo=UTC))
    add_payment(desk, issued.row.id, 5000, date(2022, 5, 4), "Teil")
    letter = issue_reminder(desk, rows.bohrer).value
    file = tmp_path / "auskunft.zip"
    export_customer(desk, rows.bohrer, file)
    with ZipFile(file) as archive:
        names = archive.namelist()
        (bill,) = [name for name in names if name.startswith("rechnungen/")]
        (reminded,) = [name for name in names if name.startswith("mahnungen/")]
        assert archive.read(bill) == issued.pdf
        assert archive.read(reminded) == letter.pdf
        tables = {
            name: archive.read(f"{name}.csv").decode("utf-8-sig")
            for name in ("rechnungen", "zahlungen", "mahnungen")
        }
        data = json.loads(archive.read("daten.json"))
    assert (
        f"RE-2022-0001;Rechnung;01.03.2022;15.03.2022;{_euro(issued.row.net_cents)}" in tables["rechnungen"]
    )
    assert "RE-2022-0001;04.05.2022;50,00\u00a0€;Teil;Klaus Klassen" in tables["zahlungen"]
    assert letter.row.number in tables["mahnungen"]
    assert data["invoices"][0]["number"] == "RE-2022-0001"
    assert data["payments"][0]["cents"] == 5000
    assert data["reminders"][0]["number"] == letter.row.number


def test_access_holds_every_report_that_went_along_and_each_paper_once(billing_desk, tmp_path):  # noqa: F811 (the fixture)
    desk, rows = billing_desk
    set_mail_account(desk, 2525)
    (number,) = create_drafts(desk, [DraftWish(rows.bohrer, rows.sessions["10017"])], UNTIL).value
    change_draft(desk, number, DraftChange(attach_reports=True, format=InvoiceFormat.XRECHNUNG))
    issued = issue_invoice(desk, number).value
    queue_invoice(desk, issued.row.id)
    file = tmp_path / "auskunft.zip"
    export_customer(desk, rows.bohrer, file)
    with ZipFile(file) as archive:
        names = archive.namelist()
        reports = [archive.read(name) for name in names if name.startswith("berichte/")]
        papers = [archive.read(name) for name in names if name.startswith("rechnungen/")]
    assert len(names) == len(set(names))
    assert len(reports) == len(rows.sessions["10017"])
    assert not set(reports) & set(papers)
    assert sorted(papers) == sorted([issued.pdf, issued.xml])


def test_no_mail_goes_to_a_practice_that_is_locked(billed):
    desk, rows, issued = billed
    set_mail_account(desk, 2525)
    erase(desk, rows.bohrer, "10017", REASON)
    with pytest.raises(RuleBroken) as refused:
        queue_invoice(desk, issued.row.id)
    assert refused.value.code is Rule.CUSTOMER_RESTRICTED
    assert (outbox_of(desk), count_open(desk)) == ([], 0)


def test_a_mail_that_is_seen_no_more_is_counted_no_more(billed):
    desk, rows, issued = billed
    set_mail_account(desk, 2525)
    number = queue_invoice(desk, issued.row.id).value
    with desk.database.write() as connection:
        outbox.update_message(connection, number, state=MessageState.UNCLEAR.value)
    assert count_open(desk) == 1
    erase(desk, rows.bohrer, "10017", REASON)
    assert (outbox_of(desk), count_open(desk)) == ([], 0)


def test_access_tells_of_drafts_too(billing_desk, tmp_path):  # noqa: F811 (the fixture)
    desk, rows = billing_desk
    for customer in ("10017", "10018"):
        wish = DraftWish(rows.customers[customer], rows.sessions[customer])
        (number,) = create_drafts(desk, [wish], UNTIL).value
        change_draft(desk, number, DraftChange(introduction=f"wie besprochen mit {customer}"))
    file = tmp_path / "auskunft.zip"
    export_customer(desk, rows.bohrer, file)
    with ZipFile(file) as archive:
        told = archive.read("entwuerfe.csv").decode("utf-8-sig")
        data = json.loads(archive.read("daten.json"))
    assert "28.02.2022;wie besprochen mit 10017;" in told
    assert "10018" not in told
    assert [one["introduction"] for one in data["invoice_drafts"]] == ["wie besprochen mit 10017"]


def test_an_erased_invoice_is_told_no_more(billed, tmp_path):
    desk, rows, _issued = billed
    erase(desk, rows.bohrer, "10017", REASON)
    desk.clock.set_wall(datetime(2031, 1, 1, 12, tzinfo=UTC))
    erase_due(desk)
    file = tmp_path / "auskunft.zip"
    export_customer(desk, rows.bohrer, file)
    with ZipFile(file) as archive:
        assert "rechnungen.csv" not in archive.namelist()


def _euro(cents):
    return f"{cents // 100},{cents % 100:02}\u00a0€"

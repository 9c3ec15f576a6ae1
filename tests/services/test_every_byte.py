"""One flipped bit in whatever was issued is found: in papers, records, rows, lines, letters and the chain."""

# ruff: noqa: S608 (statements of this file)

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest

from laverma_desk.documents.reminder_pdf import render_reminder
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice_record import dump, load
from laverma_desk.domain.reminder import Reminder
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import open_desk
from laverma_desk.services.invoicing import cancelling, payments, reminders
from laverma_desk.services.invoicing.findings import FindingKind
from laverma_desk.services.invoicing.verifying import verify
from laverma_desk.services.invoicing.verifying_letters import letter_wrong
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage import stored_documents
from laverma_desk.storage.tables import metadata
from tests.support.desks import memory_secrets
from tests.support.fake_clock import FakeClock
from tests.support.foreign_hand import foreign_hand
from tests.support.invoice_houses import use_format
from tests.support.kept_desks import OnEachEngine, new_server_desk
from tests.support.late_payers import make_late_payers

TABLES = ("document", "invoice", "invoice_line", "reminder", "reminder_invoice")
SAID_NOWHERE = {("invoice", "attach_reports")}
"""Whether reports went along with the mail: no document says it."""

ISSUED = {"document": " WHERE kind <> 'agreement'"}
"""What others have given us has a hash of its bytes alone, none of its name."""

POSITIONS = 150
LETTER = "ZE-2022-0001"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    made = OnEachEngine(lambda: _made(tmp_path_factory.mktemp("bytes")), lambda _content: None)
    yield made
    made.remove()


def _made(folder):
    """A desk's bytes, or its database: an e-invoice with a letter, a plain one with its cancellation."""
    payers = make_late_payers(folder / "desk")
    desk = payers.desk
    use_format(desk, InvoiceFormat.ZUGFERD)
    one = payers.bill(date(2022, 3, 1), 600, 1200)
    use_format(desk, InvoiceFormat.PDF)
    payers.be_on(date(2022, 5, 1))
    payments.add_payment(desk, one.row.id, 100, date(2022, 4, 1))
    other = payers.bill(date(2022, 5, 1), 60)
    cancelling.cancel_invoice(desk, other.row.id, "falsch")
    reminders.issue_reminder(desk, payers.place.customer_id)
    with desk.database.write() as connection:
        signed = {"kind": "agreement", "name": "AVV.pdf", "mime_type": "application/pdf"}
        stored_documents.store(connection, **signed, content=b"%PDF-1.7 signed", at=desk.clock.now())
    desk.close()
    return desk.database.address.database if desk.database.shared else desk.data.database.read_bytes()


@pytest.fixture
def desk(kept, tmp_path, engine):
    data, content = DataDir(tmp_path / "desk").create(), kept.of(engine)
    if isinstance(content, str):
        opened = new_server_desk(data, FakeClock(), memory_secrets(), content)
    else:
        data.database.write_bytes(content)
        opened = open_desk(data, FakeClock(), memory_secrets())
    yield opened
    opened.close()


def flipped(value, chance):
    """Return a value with one bit of it turned, or the next one; None where there is nothing to turn."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, int | float):
        return value + 1
    content = bytearray(value.encode() if isinstance(value, str) else value or b"")
    if not content:
        return None
    content[chance.randrange(len(content))] ^= 1
    return content.decode("latin-1") if isinstance(value, str) else bytes(content)


KEYS = {"invoice_line": ("invoice_id", "position"), "reminder_invoice": ("reminder_id", "invoice_id")}


def put(raw, table, column, row, value):
    """Put a value into a row, and return by which key it is found afterwards."""
    keys = KEYS.get(table, ("id",))
    found = " AND ".join(f"{one} = ?" for one in keys)
    raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE {found}', (value, *row))
    return tuple(value if one == column else was for one, was in zip(keys, row, strict=True))


def test_one_bit_in_any_column_is_found(desk):
    chance = random.Random(7)
    tried, missed = 0, []
    assert verify(desk) == ()
    assert check_desk(desk).sound
    with foreign_hand(desk) as raw:
        for table in TABLES:
            keys = ", ".join(KEYS.get(table, ("id",)))
            for column in (one.name for one in metadata.tables[table].columns):
                asked = f'SELECT {keys}, "{column}" FROM {table}{ISSUED.get(table, "")}'
                values = [one for one in raw.execute(asked).fetchall() if one[-1] not in (None, "")]
                *row, value = chance.choice(values or [(0, None)])
                turned = flipped(value, chance)
                # The key of a row is another row: what is missing then is found by other tests.
                if turned is None or column in ("id", "position") or (table, column) in SAID_NOWHERE:
                    continue
                try:
                    row = put(raw, table, column, row, turned)
                except (
                    sqlite3.IntegrityError,
                    psycopg.IntegrityError,
                ):  # The place is taken, or a condition holds.
                    continue
                tried += 1
                if not verify(desk) and check_desk(desk).sound:
                    missed.append((table, column, value, turned))
                put(raw, table, column, row, value)
    assert missed == []
    assert tried > 45
    assert verify(desk) == ()


def test_one_bit_anywhere_in_any_stored_document_is_found(desk):
    chance = random.Random(8)
    with desk.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, name, content FROM document").all()
    assert {row.name for row in rows} > {"AVV.pdf", "RE-2022-0001.pdf", "RE-2022-0001.xml", f"{LETTER}.pdf"}
    with foreign_hand(desk) as raw:
        for row, name, content in rows:
            places = {0, len(content) - 1, *(chance.randrange(len(content)) for _turn in range(POSITIONS))}
            for place in places:
                turned = bytearray(content)
                turned[place] ^= 1 << chance.randrange(8)
                raw.execute("UPDATE document SET content = ? WHERE id = ?", (bytes(turned), row))
                with desk.database.read() as connection:
                    assert list(stored_documents.damaged(connection)) == [(row, name)], (name, place)
            raw.execute("UPDATE document SET content = ? WHERE id = ?", (content, row))
    assert check_desk(desk).sound


def test_one_bit_anywhere_in_a_frozen_record_is_found(desk):
    chance = random.Random(9)
    with foreign_hand(desk) as raw:
        (record,) = raw.execute("SELECT record FROM invoice WHERE id = 1").fetchone()
        for _turn in range(15):
            raw.execute("UPDATE invoice SET record = ? WHERE id = 1", (flipped(record, chance),))
            assert "RE-2022-0001" in {one.number for one in verify(desk)}


OTHER_WORDS = {FindingKind.PDF_FIGURES, FindingKind.RECORD}
CHANGES = {
    "UPDATE reminder SET level = 2": {FindingKind.FIGURES},
    "UPDATE reminder SET fee_cents = 500": {FindingKind.FIGURES},
    "UPDATE reminder SET record = ''": {FindingKind.RECORD},
    "UPDATE reminder SET record = '{}'": {FindingKind.RECORD},
    "UPDATE reminder SET record = ' ' || record": {FindingKind.RECORD},
    ("language", "ee"): {FindingKind.RECORD},
    ("company", "iban", "DE75512108001245126199"): OTHER_WORDS,
    "UPDATE reminder SET record = replace(record, 'dieses Schreiben', 'diese Schreiben')": OTHER_WORDS,
    "UPDATE reminder SET record = replace(record, 'Zahnweg 5', 'Zahnweg 6')": OTHER_WORDS,
    "UPDATE reminder SET record = replace(record, 'Musterbank', 'Mutterbank')": {FindingKind.RECORD},
    ("lines", 0, "days_overdue", 1): {FindingKind.LINES, FindingKind.RECORD},
    ("lines", 0, "paid_cents", 1): {FindingKind.FIGURES, FindingKind.RECORD},
    "UPDATE reminder_invoice SET open_cents = open_cents - 1": {FindingKind.LINES},
    "DELETE FROM reminder_invoice": {FindingKind.LINES},
    "INSERT INTO reminder_invoice SELECT reminder_id, 2, 1 FROM reminder_invoice": {FindingKind.LINES},
    f"DELETE FROM document WHERE name = '{LETTER}.pdf'": {FindingKind.DOCUMENT_MISSING},
    f"UPDATE document SET name = 'letter.pdf' WHERE name = '{LETTER}.pdf'": {FindingKind.PDF},
    f"UPDATE document SET content = '' WHERE name = '{LETTER}.pdf'": {FindingKind.PDF},
}
"""What a hand says, or what it puts where into the letter's record, and what is found."""


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_wrong_with_a_letter_is_named(desk, change):
    with foreign_hand(desk) as raw:
        statement, values = change, ()
        if isinstance(change, tuple):
            (record,) = raw.execute("SELECT record FROM reminder").fetchone()
            statement, values = "UPDATE reminder SET record = ?", (_with(record, *change),)
        assert raw.execute(statement, values).rowcount, change
    _is_named(desk, CHANGES[change])


@pytest.mark.files("a server keeps days alone in a column of days")
def test_a_day_that_is_none_is_named(desk):
    with foreign_hand(desk) as raw:
        raw.execute("UPDATE reminder SET due_on = 'soon'")
    _is_named(desk, {FindingKind.ROW})


def _is_named(desk, kinds):
    found = [one for one in verify(desk) if one.number == LETTER]
    assert {one.kind for one in found} == kinds
    assert all(one.damage for one in found)


def _with(record, *place):
    whole = json.loads(record)
    *way, last, value = place
    part = whole
    for one in way:
        part = part[one]
    part[last] = value
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def unsealed(desk):
    """Give the letter a paper that does not name its record, as before, and return that record."""
    with desk.database.read() as connection:
        (written,) = connection.exec_driver_sql("SELECT record FROM reminder").scalars()
    of_before = render_reminder(load(Reminder, written), preview=True)
    with foreign_hand(desk) as raw:
        changed = "UPDATE document SET content = ?, sha256 = ? WHERE kind = 'reminder'"
        raw.execute(changed, (of_before, hashlib.sha256(of_before).hexdigest()))
    return written


def test_a_letter_from_before_its_paper_named_its_record_is_held_against_what_it_says(desk):
    written = unsealed(desk)
    assert verify(desk) == ()
    with foreign_hand(desk) as raw:
        raw.execute("UPDATE reminder SET record = replace(record, 'Zahnweg 5', 'Zahnweg 6')")
        assert [(one.kind, one.detail) for one in verify(desk)] == [(FindingKind.PDF_FIGURES, "Zahnweg 6")]
        raw.execute("UPDATE reminder SET record = ?", (f"{written} ",))
    assert [one.kind for one in verify(desk)] == [FindingKind.RECORD], "not as it was written, to the letter"


@pytest.mark.parametrize(("field", "of_line", "wrong"), [
    ("interest_cents", True, "sums"),
    ("paid_cents", True, "sums"),
    ("open_cents", False, "open_cents, sums"),
    ("interest_cents", False, "interest_cents, sums"),
])  # fmt: skip
def test_figures_of_a_letter_from_before_that_do_not_add_up_are_named(desk, field, of_line, wrong):
    record = load(Reminder, unsealed(desk))
    if of_line:
        first = replace(record.lines[0], **{field: getattr(record.lines[0], field) + 1})
        record = replace(record, lines=(first, *record.lines[1:]))
    else:
        record = replace(record, **{field: getattr(record, field) + 1})
    with foreign_hand(desk) as raw:
        raw.execute("UPDATE reminder SET record = ?", (dump(record),))
    figures = [one.detail for one in verify(desk) if one.kind is FindingKind.FIGURES]
    assert figures == [wrong]


def test_a_letter_that_was_given_to_another_customer_is_named(desk):
    with foreign_hand(desk) as raw:
        other = "INSERT INTO customer (id, number, name, created_at) VALUES (99, '99999', 'Fremd', ?)"
        raw.execute(other, ("2022-03-01 00:00:00.000000",))
        raw.execute("UPDATE reminder SET customer_id = 99")
    found = [(one.kind, one.detail) for one in verify(desk) if one.number == LETTER]
    assert found == [(FindingKind.FIGURES, "customer_id")]


@pytest.mark.parametrize("turn", range(8))
def test_one_bit_anywhere_in_the_record_of_a_letter_is_found(desk, turn):
    """Each eighth of its bytes; what is no text any more could not be read at all."""
    with desk.database.read() as connection:
        (written,) = connection.exec_driver_sql("SELECT record FROM reminder").scalars()
    content = written.encode()
    with foreign_hand(desk) as raw:
        for place in range(turn, len(content), 8 * 5):
            turned = bytearray(content)
            turned[place] ^= 1 << turn
            if desk.database.shared and not _is_text(turned):
                continue  # A server would not take it either.
            given = turned.decode() if desk.database.shared else bytes(turned)
            raw.execute("UPDATE reminder SET record = CAST(? AS TEXT)", (given,))
            with desk.database.read() as connection:
                assert list(letter_wrong(connection, 1, LETTER)), place


def _is_text(content):
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False

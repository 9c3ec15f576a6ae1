"""One flipped bit in whatever was issued is found: in papers, records, rows, lines, letters and the chain."""

# ruff: noqa: S608 (statements of this file)

from __future__ import annotations

import hashlib
import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from laverma_desk.documents.reminder_pdf import render_reminder
from laverma_desk.documents.reminder_reading import printed_letter
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice_record import dump, load
from laverma_desk.domain.reminder import Reminder
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import open_desk
from laverma_desk.services.invoicing import cancelling, payments, reminders
from laverma_desk.services.invoicing.findings import FindingKind
from laverma_desk.services.invoicing.verifying import verify
from laverma_desk.services.invoicing.verifying_letters import _phrases, _stands, letter_wrong
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage import stored_documents
from tests.support.desks import memory_secrets
from tests.support.fake_clock import FakeClock
from tests.support.invoice_houses import use_format
from tests.support.late_payers import make_late_payers
from tests.support.reminder_makers import many_lines, sample_reminder

TABLES = ("document", "invoice", "invoice_line", "reminder", "reminder_invoice")
SAID_NOWHERE = {("invoice", "attach_reports")}
"""Whether reports went along with the mail: no document says it."""

ISSUED = {"document": " WHERE kind <> 'agreement'"}
"""What others have given us has a hash of its bytes alone, none of its name."""

POSITIONS = 150
LETTER = "ZE-2022-0001"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The bytes of a desk: an electronic invoice with a letter, and a plain one with its cancellation."""
    payers = make_late_payers(tmp_path_factory.mktemp("bytes") / "desk")
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
    file = desk.data.database
    desk.close()
    return file.read_bytes()


@pytest.fixture
def desk(kept, tmp_path):
    """A copy of that desk, with its seals broken."""
    data = DataDir(tmp_path / "desk").create()
    data.database.write_bytes(kept)
    with closing(sqlite3.connect(data.database)) as raw, raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
    opened = open_desk(data, FakeClock(), memory_secrets())
    yield opened
    opened.close()


def flipped(value, chance):
    """Return a value with one bit of it turned; None where there is nothing to turn."""
    if isinstance(value, int | float):
        return value + 1
    content = bytearray(value.encode() if isinstance(value, str) else value or b"")
    if not content:
        return None
    content[chance.randrange(len(content))] ^= 1
    return content.decode("latin-1") if isinstance(value, str) else bytes(content)


def columns_of(raw, table):
    return [one[1] for one in raw.execute(f"PRAGMA table_info({table})")]


def test_one_bit_in_any_column_is_found(desk):
    chance = random.Random(7)
    tried, missed = 0, []
    assert verify(desk) == ()
    assert check_desk(desk).sound
    with closing(sqlite3.connect(desk.data.database, isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        for table in TABLES:
            for column in columns_of(raw, table):
                values = raw.execute(
                    f'SELECT rowid, "{column}" FROM {table}{ISSUED.get(table, "")}'
                ).fetchall()
                row, value = chance.choice([one for one in values if one[1] not in (None, "")] or [(0, None)])
                turned = flipped(value, chance)
                # The key of a row is another row: what is missing then is found by other tests.
                if turned is None or column in ("id", "position") or (table, column) in SAID_NOWHERE:
                    continue
                raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', (turned, row))
                tried += 1
                if not verify(desk) and check_desk(desk).sound:
                    missed.append((table, column, value, turned))
                raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', (value, row))
    assert missed == []
    assert tried > 45
    assert verify(desk) == ()


def test_one_bit_anywhere_in_any_stored_document_is_found(desk):
    chance = random.Random(8)
    with desk.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, name, content FROM document").all()
    assert {row.name for row in rows} > {"AVV.pdf", "RE-2022-0001.pdf", "RE-2022-0001.xml", f"{LETTER}.pdf"}
    with closing(sqlite3.connect(desk.data.database, isolation_level=None)) as raw:
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
    with closing(sqlite3.connect(desk.data.database, isolation_level=None)) as raw:
        (record,) = raw.execute("SELECT record FROM invoice WHERE id = 1").fetchone()
        for _turn in range(15):
            raw.execute("UPDATE invoice SET record = ? WHERE id = 1", (flipped(record, chance),))
            assert "RE-2022-0001" in {one.number for one in verify(desk)}


OTHER_WORDS = {FindingKind.PDF_FIGURES, FindingKind.RECORD}
CHANGES = {
    "UPDATE reminder SET level = 2": {FindingKind.FIGURES},
    "UPDATE reminder SET fee_cents = 500": {FindingKind.FIGURES},
    "UPDATE reminder SET due_on = 'soon'": {FindingKind.ROW},
    "UPDATE reminder SET record = ''": {FindingKind.RECORD},
    "UPDATE reminder SET record = '{}'": {FindingKind.RECORD},
    "UPDATE reminder SET record = ' ' || record": {FindingKind.RECORD},
    "UPDATE reminder SET record = json_set(record, '$.language', 'ee')": {FindingKind.RECORD},
    "UPDATE reminder SET record = json_set(record, '$.company.iban', 'DE75512108001245126199')": OTHER_WORDS,
    "UPDATE reminder SET record = replace(record, 'dieses Schreiben', 'diese Schreiben')": OTHER_WORDS,
    "UPDATE reminder SET record = replace(record, 'Zahnweg 5', 'Zahnweg 6')": OTHER_WORDS,
    "UPDATE reminder SET record = replace(record, 'Musterbank', 'Mutterbank')": {FindingKind.RECORD},
    "UPDATE reminder SET record = json_set(record, '$.lines[0].days_overdue', 1)": {
        FindingKind.LINES,
        FindingKind.RECORD,
    },
    "UPDATE reminder SET record = json_set(record, '$.lines[0].paid_cents', 1)": {
        FindingKind.FIGURES,
        FindingKind.RECORD,
    },
    "UPDATE reminder_invoice SET open_cents = open_cents - 1": {FindingKind.LINES},
    "DELETE FROM reminder_invoice": {FindingKind.LINES},
    "INSERT INTO reminder_invoice SELECT reminder_id, 2, 1 FROM reminder_invoice": {FindingKind.LINES},
    f"DELETE FROM document WHERE name = '{LETTER}.pdf'": {FindingKind.DOCUMENT_MISSING},
    f"UPDATE document SET name = 'letter.pdf' WHERE name = '{LETTER}.pdf'": {FindingKind.PDF},
    f"UPDATE document SET content = x'00' WHERE name = '{LETTER}.pdf'": {FindingKind.PDF},
}


@pytest.mark.parametrize("statement", CHANGES)
def test_what_is_wrong_with_a_letter_is_named(desk, statement):
    with closing(sqlite3.connect(desk.data.database)) as raw, raw:
        assert raw.execute(statement).rowcount, statement
    found = [one for one in verify(desk) if one.number == LETTER]
    assert {one.kind for one in found} == CHANGES[statement]
    assert all(one.damage for one in found)


def unsealed(desk):
    """Give the letter a paper that does not name its record, as before, and return that record."""
    with desk.database.read() as connection:
        (written,) = connection.exec_driver_sql("SELECT record FROM reminder").scalars()
    of_before = render_reminder(load(Reminder, written), preview=True)
    with closing(sqlite3.connect(desk.data.database)) as raw, raw:
        changed = "UPDATE document SET content = ?, sha256 = ? WHERE kind = 'reminder'"
        raw.execute(changed, (of_before, hashlib.sha256(of_before).hexdigest()))
    return written


def test_a_letter_from_before_its_paper_named_its_record_is_held_against_what_it_says(desk):
    written = unsealed(desk)
    assert verify(desk) == ()
    with closing(sqlite3.connect(desk.data.database)) as raw, raw:
        raw.execute("UPDATE reminder SET record = replace(record, 'Zahnweg 5', 'Zahnweg 6')")
    assert [(one.kind, one.detail) for one in verify(desk)] == [(FindingKind.PDF_FIGURES, "Zahnweg 6")]
    with closing(sqlite3.connect(desk.data.database)) as raw, raw:
        raw.execute("UPDATE reminder SET record = ? || ' '", (written,))
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
    with closing(sqlite3.connect(desk.data.database)) as raw, raw:
        raw.execute("UPDATE reminder SET record = ?", (dump(record),))
    figures = [one.detail for one in verify(desk) if one.kind is FindingKind.FIGURES]
    assert figures == [wrong]


def test_a_letter_that_was_given_to_another_customer_is_named(desk):
    with closing(sqlite3.connect(desk.data.database)) as raw, raw:
        other = "INSERT INTO customer (number, name, created_at) VALUES ('99999', 'Fremd', ?) RETURNING id"
        ((row,),) = raw.execute(other, ("2022-03-01 00:00:00.000000",)).fetchall()
        raw.execute("UPDATE reminder SET customer_id = ?", (row,))
    found = [(one.kind, one.detail) for one in verify(desk) if one.number == LETTER]
    assert found == [(FindingKind.FIGURES, "customer_id")]


@pytest.mark.parametrize("turn", range(8))
def test_one_bit_anywhere_in_the_record_of_a_letter_is_found(desk, turn):
    """Each eighth of its bytes; what is no text any more could not be read at all."""
    with desk.database.read() as connection:
        (written,) = connection.exec_driver_sql("SELECT record FROM reminder").scalars()
    content = written.encode()
    with closing(sqlite3.connect(desk.data.database, isolation_level=None)) as raw:
        for place in range(turn, len(content), 8 * 5):
            turned = bytearray(content)
            turned[place] ^= 1 << turn
            raw.execute("UPDATE reminder SET record = CAST(? AS TEXT)", (bytes(turned),))
            with desk.database.read() as connection:
                assert list(letter_wrong(connection, 1, LETTER)), place


ODD = (
    "Straße „Anführung“ – Strich Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikantenverband/und-"
    "noch-viel-länger-und-viel-zu-lang-für-eine-Zeile-auf-dem-Papier\tTab  zwei Leerzeichen fi fl ffi "
    "Łódź 100 % 5\u00a0€ weich\u00adgetrennt مرحبا 漢字 :-) "
)
TEXTS = sample_reminder().texts
LETTERS = {
    "12 lines with interest": sample_reminder(lines=many_lines(12, interest=True)),
    "120 lines": sample_reminder(lines=many_lines(120)),
    "English": sample_reminder(language="en"),
    "odd letters": replace(
        sample_reminder(), texts=replace(TEXTS, opening=ODD, closing=ODD * 2, title=ODD[:60])
    ),
    "paragraphs beyond a page": replace(
        sample_reminder(), texts=replace(TEXTS, opening="Ein Absatz, der sich hinzieht. " * 150)
    ),
    "a long name": replace(
        sample_reminder(),
        buyer=replace(sample_reminder().buyer, name="Praxis für Zahnheilkunde " * 8, city="Ort " * 30),
    ),
    "no account": replace(
        sample_reminder(), company=replace(sample_reminder().company, iban=""), supporter_name=""
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_no_letter_is_called_wrong_for_how_its_paper_is_laid_out(name):
    letter = LETTERS[name]
    pages = printed_letter(render_reminder(letter)).pages
    phrases = list(_phrases(letter))
    assert [one for one in phrases if not _stands(one, "".join(pages), len(pages))] == []
    assert len(phrases) > 6

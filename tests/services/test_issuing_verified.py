"""The check of all documents finds one changed byte anywhere, and nothing where nothing is wrong."""

# ruff: noqa: S608 (statements of this file)

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.services.customers import changing, filled_forms
from laverma_desk.services.invoicing import cancelling, issuing
from laverma_desk.services.invoicing.verifying import Finding, FindingKind, verify
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.setup import house
from laverma_desk.storage.customers import find
from tests.support.desks import lay_out, memory_secrets
from tests.support.fake_clock import FakeClock
from tests.support.invoice_houses import COMPANY, UNTIL, add_practice, add_sessions, use_format, wish
from tests.support.kept_desks import open_kept
from tests.support.raw_words import lift_seal, say


def _three(desk):
    """Write RE-2022-0001 (electronic), its cancellation, and RE-2022-0002 (PDF)."""
    lay_out(desk)
    house.save_company(desk, COMPANY)
    place = add_practice(desk)
    use_format(desk, InvoiceFormat.ZUGFERD)
    sessions = add_sessions(desk, place, 742, 1392)
    one = issuing.issue_open(desk, wish(place, sessions), UNTIL).value
    cancelling.cancel_invoice(desk, one.row.id, "falscher Kunde")
    use_format(desk, InvoiceFormat.PDF)
    issuing.issue_open(desk, wish(place, sessions), UNTIL)


@pytest.fixture
def desk(tmp_path):
    """A copy of the desk with these three."""
    opened, _nothing = open_kept(tmp_path / "desk", FakeClock(), memory_secrets(), _three)
    yield opened
    opened.close()


def tamper(desk, *statements):
    """Change what no service would, past the program, with the seals broken."""
    if desk.database.shared:
        with desk.database.write() as connection:
            say(connection, "SET LOCAL session_replication_role = replica")
            for statement in statements:
                said = statement
                for ours, theirs in _OTHER_WORDS:
                    said = said.replace(ours, theirs)
                assert say(connection, said).rowcount, statement
        return
    with closing(sqlite3.connect(desk.data.database)) as raw, raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            assert raw.execute(statement).rowcount, statement


def kinds(desk):
    return {(one.kind, one.number) for one in verify(desk)}


FIRST, BACK, SECOND = "RE-2022-0001", "ST-2022-0001", "RE-2022-0002"


def test_nothing_is_wrong_and_it_says_how_far_it_is(desk):
    seen = []
    assert verify(desk, lambda *step: seen.append(step)) == ()
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_what_is_to_be_explained_is_no_damage():
    explained = {FindingKind.GAP, FindingKind.BEHIND, FindingKind.REPLACED}
    assert {kind for kind in FindingKind if not Finding(kind, FIRST).damage} == explained


def test_a_customer_that_got_another_number_is_still_the_one_of_its_invoices(desk):
    with desk.database.read() as connection:
        customer = find(connection, 1)
    changing.save_master(desk, 1, replace(filled_forms.master_draft(customer), number="90001"))
    assert verify(desk) == ()


def test_it_can_be_called_off(desk):
    asked = iter([False, True])
    with pytest.raises(JobCancelled):
        verify(desk, cancelled=lambda: next(asked))


def of(column, number):
    return f"(SELECT {column} FROM invoice WHERE number = '{number}')"


ONE_BYTE_MORE = "UPDATE document SET content = CAST(content || x'0A' AS BLOB) WHERE id = "
OTHER_CHAIN = (
    "UPDATE invoice SET chain_sha256 = REPLACE(chain_sha256, SUBSTR(chain_sha256, 1, 9), '000000000')"
)
_OTHER_WORDS = (
    ("CAST(content || x'0A' AS BLOB)", "content || decode('0a', 'hex')"),
    ("json_set(record, '$.lines[0].price_cents', NULL)",
     "jsonb_set(record::jsonb, '{lines,0,price_cents}', 'null')::text"),
    ("json_set(record, '$.lines[0].quantity', 'Infinity')",
     "jsonb_set(record::jsonb, '{lines,0,quantity}', '\"Infinity\"')::text"),
)  # fmt: skip
CHANGES = {
    ONE_BYTE_MORE + of("pdf_id", SECOND): {(FindingKind.PDF, SECOND)},
    # The XML inside its PDF is still the old one.
    ONE_BYTE_MORE + of("xml_id", FIRST): {(FindingKind.XML, FIRST), (FindingKind.PDF_FIGURES, FIRST)},
    "DELETE FROM document WHERE id = " + of("pdf_id", BACK): {(FindingKind.DOCUMENT_MISSING, BACK)},
    "DELETE FROM document WHERE id = " + of("xml_id", FIRST): {
        (FindingKind.DOCUMENT_MISSING, FIRST),
        (FindingKind.PDF_FIGURES, FIRST),
    },
    "UPDATE invoice SET record = record || ' ' WHERE id = 1": {(FindingKind.RECORD, FIRST)},
    "UPDATE invoice SET record = 'x' WHERE id = 1": {(FindingKind.RECORD, FIRST)},
    "UPDATE invoice SET record = REPLACE(record, 'Zahnweg', 'Zehnweg') WHERE id = 3": {
        (FindingKind.RECORD, SECOND)
    },
    "UPDATE invoice SET net_cents = net_cents + 1, gross_cents = gross_cents + 1 WHERE id = 3": {
        (FindingKind.FIGURES, SECOND)
    },
    "UPDATE invoice SET issued_on = '2022-03-02' WHERE id = 3": {(FindingKind.FIGURES, SECOND)},
    OTHER_CHAIN + " WHERE id = 2": {(FindingKind.CHAIN, BACK), (FindingKind.CHAIN, SECOND)},
    "UPDATE invoice_line SET net_cents = net_cents + 1 WHERE position = 2 AND invoice_id = 3": {
        (FindingKind.LINES, SECOND)
    },
    "UPDATE invoice_line SET session_id = 2 WHERE position = 1 AND invoice_id = 1": {
        (FindingKind.LINES, FIRST)
    },
    "UPDATE invoice SET issued_at = '2022-03-02 09:22:00.000000' WHERE id = 3": {
        (FindingKind.FIGURES, SECOND)
    },
    "UPDATE invoice SET customer_id = customer_id + 1 WHERE id = 3": {(FindingKind.FIGURES, SECOND)},
    "UPDATE number_range SET last = 1 WHERE kind = 'invoice'": {(FindingKind.BEHIND, SECOND)},
    "DELETE FROM number_range WHERE kind = 'cancellation'": {(FindingKind.BEHIND, BACK)},
    "DELETE FROM invoice_line WHERE position = 1 AND invoice_id = 1": {(FindingKind.LINES, FIRST)},
    "UPDATE session SET invoice_number = 'RE-2022-0009' WHERE id = 1": {
        (FindingKind.SESSION_STRAY, "RE-2022-0009"),
        (FindingKind.SESSION_UNLOCKED, SECOND),
    },
    "UPDATE session SET invoice_number = 'RE-2022-0001' WHERE id = 1": {
        (FindingKind.SESSION_STRAY, FIRST),
        (FindingKind.SESSION_UNLOCKED, SECOND),
    },
    "UPDATE session SET invoice_number = NULL WHERE id = 2": {(FindingKind.SESSION_UNLOCKED, SECOND)},
    "UPDATE document SET content = 'a text' WHERE id = " + of("xml_id", FIRST): {
        (FindingKind.XML, FIRST),
        (FindingKind.XML_RULES, FIRST),
        (FindingKind.XML_FIGURES, FIRST),
        (FindingKind.PDF_FIGURES, FIRST),
    },
    "UPDATE invoice SET format = 'fax' WHERE id = 3": {(FindingKind.ROW, SECOND)},
    "UPDATE invoice SET record = '[]' WHERE id = 1": {(FindingKind.RECORD, FIRST)},
    "UPDATE invoice SET record = json_set(record, '$.lines[0].price_cents', NULL) WHERE id = 1": {
        (FindingKind.RECORD, FIRST)
    },
    "UPDATE invoice SET record = json_set(record, '$.lines[0].quantity', 'Infinity') WHERE id = 1": {
        (FindingKind.RECORD, FIRST)
    },
    "UPDATE invoice SET erased_at = '2030-12-31 11:00:00.000000', record = '' WHERE id = 3": {
        (FindingKind.RECORD, SECOND)
    },
    "UPDATE number_range SET last = 4 WHERE kind = 'invoice'": {
        (FindingKind.GAP, "RE-2022-0003"),
        (FindingKind.GAP, "RE-2022-0004"),
    },
}
FOREIGN = {
    # Nothing but BLOBs can be opened, even where the bytes are the same.
    "UPDATE document SET content = CAST(content AS TEXT) WHERE id = " + of("pdf_id", SECOND): {
        (FindingKind.PDF, SECOND),
        (FindingKind.PDF_FIGURES, SECOND),
    },
    "UPDATE document SET content = 5 WHERE id = " + of("pdf_id", SECOND): {
        (FindingKind.PDF, SECOND),
        (FindingKind.PDF_FIGURES, SECOND),
    },
    "UPDATE invoice SET issued_on = 'yesterday' WHERE id = 3": {(FindingKind.ROW, SECOND)},
    "UPDATE invoice SET record = CAST(record AS BLOB) WHERE id = 3": {(FindingKind.ROW, SECOND)},
    "UPDATE invoice SET number = CAST(x'FF' AS TEXT) WHERE id = 1": {(FindingKind.ROW, "\ufffd")},
    "UPDATE invoice_line SET day = 'x' WHERE position = 2 AND invoice_id = 3": {(FindingKind.LINES, SECOND)},
    "UPDATE invoice_line SET vat_rate = 'x' WHERE position = 2 AND invoice_id = 3": {
        (FindingKind.LINES, SECOND)
    },
    "UPDATE session SET invoice_number = CAST(x'FF' AS TEXT) WHERE id = 1": {
        (FindingKind.SESSION_STRAY, "\ufffd"),
        (FindingKind.SESSION_UNLOCKED, SECOND),
    },
}


@pytest.mark.parametrize("statement", CHANGES)
def test_one_change_is_found_where_it_is(desk, statement):
    tamper(desk, statement)
    found = [(one.kind, one.number) for one in verify(desk)]
    assert sorted(found) == sorted(CHANGES[statement])


@pytest.mark.files("a server's columns hold nothing but values of their kind")
@pytest.mark.parametrize("statement", FOREIGN)
def test_what_is_no_value_of_its_kind_is_found_where_it_is(desk, statement):
    tamper(desk, statement)
    found = [(one.kind, one.number) for one in verify(desk)]
    assert sorted(found) == sorted(FOREIGN[statement])


def test_what_differs_is_named(desk):
    tamper(
        desk,
        "UPDATE invoice SET net_cents = net_cents + 1, gross_cents = gross_cents + 1 WHERE id = 3",
        "DELETE FROM invoice_line WHERE position = 1 AND invoice_id = 3",
        "UPDATE invoice_line SET vat_rate = 700 WHERE position = 2 AND invoice_id = 3",
    )
    assert set(verify(desk)) == {
        Finding(FindingKind.FIGURES, SECOND, "net_cents, gross_cents"),
        Finding(FindingKind.LINES, SECOND, "1, 2"),
    }


def test_a_document_taken_out_of_the_middle_breaks_the_chain(desk):
    tamper(
        desk,
        "DELETE FROM invoice_line WHERE invoice_id = 2",
        "DELETE FROM invoice WHERE id = 2",
    )
    assert kinds(desk) == {
        (FindingKind.CHAIN, SECOND),
        (FindingKind.GAP, BACK),
        (FindingKind.SESSION_UNLOCKED, FIRST),
    }


def test_an_xml_that_was_exchanged_with_its_hashes_still_says_something_else(desk):
    """Who changes hash and chain too is found by the figures."""
    with desk.database.read() as connection:
        query = "SELECT content FROM document WHERE id = (SELECT xml_id FROM invoice WHERE id = 1)"
        ((content,),) = say(connection, query).all()
    other = content.replace(b"83.25", b"84.25")
    assert other != content
    with desk.database.write() as connection:
        lift_seal(connection, "document_no_update")
        changed = "UPDATE document SET content = ? WHERE id = (SELECT xml_id FROM invoice WHERE id = 1)"
        say(connection, changed, (other,))
    found = {one.kind for one in verify(desk) if one.number == FIRST}
    assert {FindingKind.XML, FindingKind.XML_FIGURES} <= found


def test_only_a_gap_is_no_damage():
    assert not Finding(FindingKind.GAP, "RE-2022-0003").damage
    assert Finding(FindingKind.PDF, "RE-2022-0003").damage

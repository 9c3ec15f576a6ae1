"""What a run says of day and format counts for it alone, and what it issued is written as often as wanted."""

from __future__ import annotations

from datetime import date

import pytest

from laverma_desk import i18n
from laverma_desk.__main__ import main
from laverma_desk.cli import invoices as commands
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.services.invoicing.drafts import discard_draft, drafts, read_draft
from laverma_desk.services.invoicing.finding_words import finding_line
from laverma_desk.services.invoicing.register import InvoiceTab, invoices
from laverma_desk.services.invoicing.verifying import Finding, FindingKind
from laverma_desk.storage import sealing, sessions
from tests.support.billing_desks import make_billing_desk

MONTH = ("--until", "2022-02-28", "--date", "01.03.2022")


@pytest.fixture
def folder(tmp_path):
    """The desk of the pictures, on the first of March."""
    desk, billing = make_billing_desk(tmp_path / "daten")
    yield tmp_path, desk, billing
    desk.close()


@pytest.fixture
def call(folder, capsys):
    def called(*arguments):
        code = main(["--data-dir", str(folder[0] / "daten"), *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return called


def test_day_and_format_of_a_run_do_not_stay_on_a_draft_that_is_refused(call, folder):
    path, desk, billing = folder
    with desk.database.write() as connection:
        sessions.update_session(connection, billing.sessions["10018"][1], notes="")
    run = ("invoice", *MONTH, "--format", "xrechnung", "--customer", "10018", "--issue", "--out", path)
    assert call(*run)[0] == 1
    (row,) = drafts(desk)
    left = read_draft(desk, row.id)
    assert (left.issued_on, left.format) == (None, InvoiceFormat.HOUSE)
    with desk.database.write() as connection:
        sessions.update_session(connection, billing.sessions["10018"][1], notes="Drucker")
    assert call(*run)[0] == 0
    (issued,) = invoices(desk, InvoiceTab.ISSUED)
    assert (issued.issued_on, issued.format) == (date(2022, 3, 1), InvoiceFormat.XRECHNUNG)


def test_drafts_that_a_window_took_meanwhile_are_not_counted_as_left(call, folder, monkeypatch):
    path, desk, _billing = folder
    issue = commands.issue_invoice

    def beside_a_window(own, draft_id, terms):
        *_rest, last = drafts(desk)
        if last.id != draft_id:
            discard_draft(desk, last.id)
            monkeypatch.setattr(commands, "issue_invoice", issue)
        return issue(own, draft_id, terms)

    monkeypatch.setattr(commands, "issue_invoice", beside_a_window)
    code, said, err = call("invoice", *MONTH, "--issue", "--out", path / "aus")
    assert (code, drafts(desk)) == (1, ())
    assert err.count("Dieser Entwurf ist nicht mehr da") == 1
    assert said.splitlines()[-1].startswith("5 Rechnungen gestellt, ")
    assert "Noch Entwürfe" not in said


def test_what_differs_from_the_record_is_named_in_words():
    i18n.use("de")
    found = Finding(FindingKind.FIGURES, "RE-2022-0001", "gross_cents, customer_id")
    assert finding_line(found) == (
        "RE-2022-0001: Die Zahlen sind nicht die des eingefrorenen Datensatzes: Rechnungsbetrag, Kunde"
    )


def test_what_was_issued_is_written_again_byte_by_byte(call, folder):
    path, _desk, _billing = folder
    out, again = path / "aus", path / "nochmal"
    call("invoice", *MONTH, "--format", "zugferd", "--customer", "10018", "--issue", "--out", out)
    call("invoice", *MONTH, "--customer", "10022", "--issue", "--out", out)
    code, said, err = call("invoices", "re-2022-0001", "--out", again)
    assert (code, err) == (0, "")
    assert said == "RE-2022-0001 Praxis Dr. Weiß: RE-2022-0001.pdf, RE-2022-0001.xml\n"
    written = {one.name: one.read_bytes() for one in again.iterdir()}
    assert written == {name: (out / name).read_bytes() for name in ("RE-2022-0001.pdf", "RE-2022-0001.xml")}
    assert call("invoices", "--out", again)[0] == 0
    assert len(list(again.iterdir())) == 3
    code, _said, err = call("invoices", "RE-2022-0009", "--out", again)
    assert (code, "RE-2022-0009" in err) == (1, True)


def test_one_altered_document_stops_none_of_the_others(call, folder):
    path, desk, _billing = folder
    out, again = path / "aus", path / "nochmal"
    call("invoice", *MONTH, "--customer", "10018", "--issue", "--out", out)
    call("invoice", *MONTH, "--customer", "10022", "--issue", "--out", out)
    with desk.database.write() as connection, sealing.unsealed(connection, "document_no_update"):
        connection.exec_driver_sql(
            "UPDATE document SET content = content || x'00' WHERE id IN "
            "(SELECT pdf_id FROM invoice WHERE number = 'RE-2022-0002')"
        )
    code, said, err = call("invoices", "--out", again)
    assert (code, said) == (1, "RE-2022-0001 Praxis Dr. Weiß: RE-2022-0001.pdf\n")
    assert "RE-2022-0002.pdf ist nicht mehr die gespeicherte" in err
    assert [one.name for one in again.iterdir()] == ["RE-2022-0001.pdf"]

"""`invoice`, `invoices`, `cancel`, `verify` and `statement` as a shell calls them."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from laverma_desk.__main__ import main
from laverma_desk.storage import customers, sessions
from tests.support.billing_desks import Line, add_line, at, make_billing_desk
from tests.support.desks import make_desk

ROOT = Path(__file__).parents[2]
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


def files(folder):
    """Return the names of what was written."""
    return sorted(one.name for one in (folder / "aus").iterdir())


def test_without_issue_there_are_previews_and_drafts_that_a_second_run_finds_again(call, folder):
    out = folder[0] / "aus"
    code, said, err = call("invoice", "--until", "28.02.2022", "--out", out)
    assert (code, err) == (0, "")
    assert said.splitlines()[:2] == [
        "Entwurf 10017 ZAP Dr. Bohrer: 5 Sitzungen, 66 Min, 148,50 € netto, Entwurf-10017.pdf",
        "Entwurf 10018 Praxis Dr. Weiß: 7 Sitzungen, 104 Min, 234,00 € netto, Entwurf-10018.pdf",
    ]
    names = [f"Entwurf-{number}.pdf" for number in range(10017, 10023)]
    assert files(folder[0]) == names
    assert all((out / name).read_bytes().startswith(b"%PDF") for name in names)
    code, again, err = call("invoice", "--until", "28.02.2022", "--out", out)
    assert (code, err) == (0, "")
    assert again.count("schon vorhanden") == 6
    assert again.replace(", schon vorhanden", "") == said
    assert files(folder[0]) == names
    assert call("invoices")[1] == "Hier sind keine Rechnungen.\n"


def test_only_some_customers(call, folder):
    out = folder[0] / "aus"
    code, said, _err = call(
        "invoice", *MONTH, "--customer", "10018", "--customer", "10022", "--out", out, "--issue"
    )
    assert code == 0
    assert said.splitlines() == [
        "RE-2022-0001 gestellt: Praxis Dr. Weiß, 278,46 €, RE-2022-0001.pdf",
        "RE-2022-0002 gestellt: Praxis Dr. Vogt, 109,78 €, RE-2022-0002.pdf",
        "2 Rechnungen gestellt, 388,24 €.",
    ]
    assert files(folder[0]) == ["RE-2022-0001.pdf", "RE-2022-0002.pdf"]


def test_a_draft_that_is_there_is_issued_as_it_is_and_what_came_later_stays_open(call, folder):
    path, desk, billing = folder
    call("invoice", "--until", "28.02.2022", "--customer", "10017", "--out", path / "aus")
    add_line(desk, billing.places["10017", "Server"], Line(at(25, 9, 0), 60, "", "Nachgetragen"))
    code, said, err = call("invoice", *MONTH, "--customer", "10017", "--issue", "--out", path / "aus")
    assert (code, said) == (0, "RE-2022-0001 gestellt: ZAP Dr. Bohrer, 176,72 €, RE-2022-0001.pdf\n")
    assert err == "10017 ZAP Dr. Bohrer hat schon einen Entwurf; daneben offen: 1 Sitzung.\n"
    code, said, _err = call("invoice", *MONTH, "--customer", "10017", "--issue", "--out", path / "aus")
    assert said == "RE-2022-0002 gestellt: ZAP Dr. Bohrer, 2,68 €, RE-2022-0002.pdf\n"
    assert call("invoice", *MONTH, "--customer", "10017", "--issue", "--out", path / "aus")[:2] == (
        0,
        "Alles abgerechnet bis 28.02.2022.\n",
    )


@pytest.mark.parametrize("chosen", ["zugferd", "xrechnung"])
def test_an_e_invoice_brings_its_xml(call, folder, chosen):
    out = folder[0] / "aus"
    code, said, err = call(
        "invoice", *MONTH, "--customer", "10022", "--format", chosen, "--issue", "--out", out
    )
    assert (code, err) == (0, "")
    assert said == "RE-2022-0001 gestellt: Praxis Dr. Vogt, 109,78 €, RE-2022-0001.pdf, RE-2022-0001.xml\n"
    assert b"CrossIndustryInvoice" in (out / "RE-2022-0001.xml").read_bytes()


def test_what_cannot_be_issued_is_named_and_the_rest_is_issued(call, folder):
    path, desk, billing = folder
    with desk.database.write() as connection:
        sessions.update_session(connection, billing.sessions["10018"][1], notes="")
        known = customers.find(connection, billing.customers["10019"])
        customers.update_customer(connection, replace(known, street=""))
    code, said, err = call("invoice", *MONTH, "--issue", "--out", path / "aus")
    assert code == 1
    *lines, total = said.splitlines()
    assert [line.split(" ")[0] for line in lines] == [f"RE-2022-000{count}" for count in range(1, 5)]
    assert total == "4 Rechnungen gestellt, 637,26 €. Noch Entwürfe: 2."
    assert err.splitlines() == [
        "10018 Praxis Dr. Weiß: eine Sitzung hat keine Notizen (S-2022-0007)",
        "10019 KFO Dr. Lindner: die Anschrift des Kunden ist unvollständig",
    ]
    code, said, err = call("invoice", "--until", "2022-02-28", "--out", path / "aus")
    assert (code, said.count("schon vorhanden")) == (0, 2)
    assert said.splitlines()[-1] == "2 Entwürfe: 13 Sitzungen, 429,75 € netto. Noch nicht stellbar: 2."
    assert "(S-2022-0007)" in err


def test_the_list_says_how_each_document_stands(call, folder):
    out = folder[0] / "aus"
    call("invoice", *MONTH, "--issue", "--out", out)
    code, said, err = call("cancel", "re-2022-0002", "--reason", "Falscher Empfänger", "--out", out)
    assert (code, err) == (0, "")
    number = next(one.stem for one in out.glob("ST-*.pdf"))
    assert (
        said == f"RE-2022-0002 ist durch {number} storniert: {number}.pdf. Die Sitzungen sind wieder offen.\n"
    )
    table = call("invoices")[1].splitlines()
    assert table[0].split() == ["Nummer", "Datum", "Kunde", "Fällig", "am", "Betrag", "Offen", "Zustand"]
    assert table[1].endswith("storniert RE-2022-0002")
    assert [line.split()[0] for line in table[2:]] == [f"RE-2022-000{count}" for count in range(6, 0, -1)]
    assert table[6].endswith(f"storniert durch {number}")
    assert table[7].split() == [
        *("RE-2022-0001", "01.03.2022", "ZAP", "Dr.", "Bohrer", "15.03.2022"),
        *("176,72", "€", "176,72", "€", "überfällig"),
    ]
    still_open = call("invoices", "--open")[1].splitlines()
    assert len(still_open) == 7
    assert still_open[-1] == "Insgesamt offen: 870,20 €"
    code, said, err = call("cancel", "RE-2022-0002", "--reason", "Noch einmal", "--out", out)
    assert (code, said) == (1, "")
    assert number in err
    assert call("invoice", *MONTH, "--issue", "--out", out)[1].startswith(
        "RE-2022-0007 gestellt: Praxis Dr. Weiß"
    )


def test_verify_finds_a_changed_byte(call, folder):
    path, desk, _billing = folder
    call("invoice", *MONTH, "--issue", "--customer", "10022", "--out", path / "aus")
    assert call("verify") == (
        0,
        "Alles in Ordnung: Jedes gestellte Dokument ist so, wie es gestellt wurde.\n",
        "",
    )
    with desk.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER document_no_update")
        connection.exec_driver_sql("UPDATE document SET content = CAST(content || x'00' AS BLOB)")
    code, said, err = call("verify")
    assert (code, said) == (1, "")
    assert "RE-2022-0001: Das PDF ist nicht mehr das gespeicherte." in err


def test_a_statement_is_written(call, folder):
    path = folder[0]
    for name in ("a.pdf", "a.csv"):
        code, said, err = call(
            "statement", "10017", path / name, "--from", "01.02.2022", "--to", "28.02.2022"
        )
        assert (code, err) == (0, "")
        assert said.startswith(f"Aufstellung für ZAP Dr. Bohrer geschrieben: {path / name}, 5 Sitzungen, ")
        assert (path / name).stat().st_size > 0


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["invoice", "--out", "aus"], 2, "--until"),
        (["invoice", "--until", "28.02.2022"], 2, "--out"),
        (["invoice", "--until", "31.02.2022", "--out", "aus"], 2, "31.02.2022"),
        (["invoice", "--until", "28.02.2022", "--format", "word", "--out", "aus"], 2, "word"),
        (["invoice", "--until", "28.02.2022", "--out", " "], 2, "Name des Ordners"),
        (["invoice", "--until", "28.02.2022", "--customer", "99", "--out", "aus"], 1, "99"),
        (["invoice", "--until", "28.02.2022", "--date", "01.01.2099", "--out", "aus"], 1, "Zukunft"),
        (["invoice", "--until", "28.02.2022", "--out", "daten/desk.sqlite3"], 1, "desk.sqlite3"),
        (["cancel", "RE-1999-0001", "--reason", "x", "--out", "aus"], 1, "RE-1999-0001"),
        (["cancel", "RE-1999-0001", "--out", "aus"], 2, "--reason"),
        (["statement", "10017", "a.txt", "--from", "01.02.2022", "--to", "28.02.2022"], 2, "a.txt"),
        (["statement", "10017", "a.csv", "--from", "01.02.2021", "--to", "28.02.2021"], 1, "keine Sitzung"),
    ],
)
def test_what_cannot_be_done_is_said(call, folder, monkeypatch, capsys, arguments, code, sentence):
    monkeypatch.chdir(folder[0])
    try:
        found, out, err = call(*arguments)
    except SystemExit as left:
        found, (out, err) = left.code, capsys.readouterr()
    assert (found, out) == (code, "")
    assert sentence in err
    assert "Traceback" not in err
    assert call("invoices")[1] == "Hier sind keine Rechnungen.\n"


def test_a_date_before_the_service_is_refused_for_each(call, folder):
    code, said, err = call(
        "invoice", "--until", "28.02.2022", "--date", "03.02.2022", "--issue", "--out", folder[0] / "aus"
    )
    assert (code, said) == (1, "")
    assert len(err.splitlines()) == 6
    assert files(folder[0]) == []


def test_a_new_desk_has_nothing_to_bill(tmp_path, capsys):
    make_desk(tmp_path / "daten").close()
    code = main(
        ["--data-dir", str(tmp_path / "daten"), "invoice", "--until", "2022-02-28", "--out", str(tmp_path)]
    )
    assert (code, capsys.readouterr().out) == (0, "Alles abgerechnet bis 28.02.2022.\n")


def test_ctrl_c_stops_between_two_invoices_and_leaves_what_is_issued(folder):
    """The interrupt comes in the middle of the second invoice: it is finished, the third never begun."""
    path, desk, _billing = folder
    script = (
        "import os, signal, sys\n"
        "from laverma_desk.cli import invoices\n"
        "issue, count = invoices.issue_invoice, []\n"
        "def interrupted(*values):\n"
        "    count.append(1)\n"
        "    if len(count) == 2:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    return issue(*values)\n"
        "invoices.issue_invoice = interrupted\n"
        "from laverma_desk.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", script, "--data-dir", str(path / "daten"), "invoice", *MONTH, "--issue",
         "--out", str(path / "aus")],
        cwd=path, stdout=subprocess.PIPE, stderr=theirs, encoding="utf-8",
        env={"PATH": os.environ["PATH"], "HOME": str(path), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
    )  # fmt: skip
    os.close(theirs)
    said, _none = process.communicate(timeout=60)
    told = os.read(ours, 10_000).decode()
    os.close(ours)
    assert process.returncode == 130
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert [line.split()[0] for line in said.splitlines()] == ["RE-2022-0001", "RE-2022-0002"]
    assert "Abgebrochen. 2 Rechnungen sind gestellt und geschrieben, der Rest bleibt Entwurf." in told
    assert "Traceback" not in told
    assert files(path) == ["RE-2022-0001.pdf", "RE-2022-0002.pdf"]
    with desk.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM invoice_draft").scalar() == 4


def test_a_disk_that_refuses_the_file_does_not_hide_the_invoice(call, folder):
    out = folder[0] / "aus"
    (out / "RE-2022-0001.pdf").mkdir(parents=True)
    code, said, err = call("invoice", *MONTH, "--customer", "10017", "--issue", "--out", out)
    assert (code, said) == (1, "")
    assert "RE-2022-0001 ist gestellt, nur die Dateien konnten nicht geschrieben werden." in err
    assert "RE-2022-0001" in call("invoices")[1]


def test_a_disk_that_refuses_the_file_does_not_hide_the_cancellation(call, folder, monkeypatch):
    path, desk, _billing = folder
    call("invoice", *MONTH, "--customer", "10017", "--issue", "--out", path / "aus")
    monkeypatch.setattr("laverma_desk.domain.clock.SystemClock.now", lambda _self: desk.clock.now())
    (path / "aus" / "ST-2022-0001.pdf").mkdir()
    code, said, err = call("cancel", "RE-2022-0001", "--reason", "doppelt", "--out", path / "aus")
    assert (code, said) == (1, "")
    assert "ST-2022-0001 ist gestellt, nur die Dateien konnten nicht geschrieben werden." in err


def test_listing_and_checking_wait_for_nobody_who_writes(call, folder):
    path, desk, _billing = folder
    call("invoice", *MONTH, "--customer", "10017", "--issue", "--out", path / "aus")
    with desk.database.write():
        assert call("invoices")[0] == 0
        assert call("verify")[0] == 0
        period = ("--from", "2022-02-01", "--to", "2022-02-28")
        assert call("statement", "10017", path / "aus" / "a.csv", *period)[0] == 0

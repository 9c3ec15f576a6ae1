"""`export datev` as a shell calls it."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import replace

import pytest

from laverma_desk.__main__ import main
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import open_desk
from laverma_desk.services.invoicing import drafts, issuing
from laverma_desk.services.invoicing.payments import add_payment
from laverma_desk.storage import customers
from tests.support.billing_desks import make_billing_desk
from tests.support.billing_drafts import draft_of
from tests.support.datev_desks import keep
from tests.support.datev_reading import debtors, postings
from tests.support.desks import memory_secrets
from tests.support.fake_clock import FakeClock


@pytest.fixture
def folder(tmp_path):
    """The desk of the pictures with two invoices of the first of March, one of them paid."""
    desk, billing = make_billing_desk(tmp_path / "daten")
    keep(desk)
    for number in ("10017", "10018"):
        made = issuing.issue_invoice(desk, draft_of(desk, billing, number)).value.row
    add_payment(desk, made.id, made.gross_cents, made.issued_on)
    assert drafts.drafts(desk) == ()
    desk.close()
    return tmp_path


@pytest.fixture
def call(folder, capsys):
    def called(*arguments, data="daten"):
        code = main(["--data-dir", str(folder / data), "export", "datev", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return called


@contextmanager
def opened(folder):
    """The desk once more, as another program would change it."""
    desk = open_desk(DataDir(folder / "daten"), FakeClock(), memory_secrets())
    yield desk
    desk.close()


def days(folder, *more):
    return ("--from", "01.01.2022", "--to", "2022-12-31", "--out", folder / "aus" / "hier", *more)


def written(folder):
    (made,) = (folder / "aus" / "hier").iterdir()
    return made, {one.name: one.read_bytes() for one in made.iterdir()}


BATCH = "EXTF_Buchungsstapel_20220101_20221231.csv"


def test_what_stands_in_the_way_is_named_and_nothing_is_written(call, folder):
    code, said, err = call(*days(folder))
    assert (code, said) == (1, "")
    remedy = "Eines vergeben oder beim Kunden eintragen."
    assert err.splitlines() == [
        f"ZAP Dr. Bohrer (10017) hat kein Debitorenkonto. {remedy}",
        f"Praxis Dr. Weiß (10018) hat kein Debitorenkonto. {remedy}",
        "Mit --assign werden fehlende Debitorenkonten vergeben.",
        "2 Hindernisse. Es wurde nichts geschrieben.",
    ]
    assert list((folder / "aus" / "hier").iterdir()) == []


def test_accounts_are_assigned_and_the_files_written(call, folder):
    code, said, err = call(*days(folder, "--assign"))
    assert (code, err) == (0, "")
    made, files = written(folder)
    assert said.splitlines() == [
        "ZAP Dr. Bohrer erhält das Debitorenkonto 10000",
        "Praxis Dr. Weiß erhält das Debitorenkonto 10001",
        f"{BATCH}, 2 Zeilen",
        "EXTF_Debitoren.csv, 2 Zeilen",
        f"2 Buchungen über brutto 455,18 € geschrieben: {made}",
    ]
    assert sum(one.cents for one in postings(files[BATCH])) == 45_518
    assert [one[2] for one in debtors(files["EXTF_Debitoren.csv"])] == ["ZAP Dr. Bohrer", "Praxis Dr. Weiß"]


@pytest.mark.parametrize(
    ("options", "saved", "rows"), [((), False, 2), (("--payments",), False, 3), ((), True, 3)]
)
def test_payments_come_where_they_are_wanted(call, folder, options, saved, rows):
    with opened(folder) as desk:
        keep(desk, payments=saved)
    code, said, _err = call(*days(folder, "--assign", "--no-debtors", *options))
    assert code == 0
    _made, files = written(folder)
    assert list(files) == [BATCH]
    read = postings(files[BATCH])
    assert len(read) == rows
    money = [
        f"dazu Zahlungen über {one.cents // 100},{one.cents % 100:02} €"
        for one in read
        if one.account == 1200
    ]
    assert [line for line in said.splitlines() if line.startswith("dazu")] == money


def test_a_letter_in_many_rows_is_named_once(call, folder):
    with opened(folder) as desk, desk.database.write() as connection:
        for number, change in {
            "10017": {"debtor_account": 10_002},
            "10018": {"debtor_account": 10_001, "name": "Łódź"},
        }.items():
            found = customers.find_by_number(connection, number)
            assert found is not None
            customers.update_customer(connection, replace(found, **change))
    code, _said, err = call(*days(folder, "--payments", "--no-debtors"))
    assert code == 1
    row, *rest = err.splitlines()
    assert row == (
        f"{BATCH}, Zeile 4, Feld Buchungstext: „Łź“ kann in DATEV-Dateien nicht stehen. Beim Kunden "
        "Łódź mit anderen Buchstaben schreiben."
    )
    assert rest == [
        "… und in 1 weiteren Zeile",
        "1 Hindernis. Es wurde nichts geschrieben.",
    ]


def test_days_and_folder_are_asked_for(call, folder, capsys):
    for missing in ("--from", "--to", "--out"):
        wanted = list(days(folder))
        at = wanted.index(missing)
        with pytest.raises(SystemExit) as caught:
            call(*wanted[:at], *wanted[at + 2 :])
        assert caught.value.code == 2
        assert missing in capsys.readouterr().err


def test_days_that_run_backwards_are_refused(call, folder):
    code, _said, err = call("--from", "02.01.2022", "--to", "01.01.2022", "--out", folder)
    assert (code, err) == (1, "Der Anfang liegt nach dem Ende.\n")


def test_a_folder_without_a_name_is_refused(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    for kind in ("datev", "gdpdu", "statistics"):
        words = ["export", kind, "--from", "2022-01-01", "--to", "2022-12-31", "--out", " "]
        with pytest.raises(SystemExit) as left:
            main(["--data-dir", str(folder / "daten"), *words])
        assert left.value.code == 2
        assert "--out" in capsys.readouterr().err
    assert [one.name for one in folder.iterdir()] == ["daten"]


def test_it_looks_at_a_desk_that_somebody_is_writing(folder, call):
    call(*days(folder), "--assign", "--no-debtors")
    writer = sqlite3.connect(DataDir(folder / "daten").database, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    code, said, _errors = call(*days(folder))
    writer.close()
    assert code == 0
    assert "EXTF_Debitoren.csv" in said

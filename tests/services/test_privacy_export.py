"""Access (Art. 15 GDPR): the archive has everything about somebody and nobody else, or is not written."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from zipfile import ZipFile

import pypdfium2
import pytest

from laverma_desk.domain.customer import Contact
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.privacy.export import (
    export_contact,
    export_customer,
    suggested_name,
)
from laverma_desk.storage import customers, sessions
from tests.support.desks import add_customer
from tests.support.held_data import MAIL, PDF, change_phone, hold_everything, hold_session
from tests.support.session_steps import machine_of


@pytest.fixture
def held(desk, bohrer):
    held = hold_everything(desk, bohrer)
    change_phone(desk, bohrer.customer_id, "030 23125020")
    neighbour = add_customer(desk, "10070", "Praxis Nachbar", "PC Nachbar")
    hold_session(desk, machine_of(desk, neighbour), "Nachbarnotiz", billable=False)
    return held


@pytest.fixture
def file(tmp_path):
    return tmp_path / "auskunft.zip"


def _table(archive, name):
    return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")), delimiter=";"))


def _words_on_paper(archive):
    document = pypdfium2.PdfDocument(archive.read("Auskunft.pdf"))
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_the_archive_holds_every_file_and_explains_them(desk, held, file):
    count = export_customer(desk, held.customer_id, file)
    with ZipFile(file) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        readme = archive.read("README.txt").decode("utf-8-sig")
        assert archive.read(f"vereinbarungen/{held.agreement}_AVV-Bohrer.pdf") == PDF
        assert {archive.read(name) for name in names if name.startswith("mails/")} == {MAIL}
        assert {archive.read(name) for name in names if name.startswith("berichte/")} == {PDF}
    assert len(names) == count == len(set(names))
    assert {name for name in names if "/" not in name} == {
        "README.txt", "Auskunft.pdf", "daten.json", "stammdaten.csv", "ansprechpartner.csv",
        "arbeitsplaetze.csv",
        "tarife.csv", "vereinbarungen.csv", "aenderungen.csv", "sitzungen.csv", "mails.csv",
    }  # fmt: skip
    for told in ("Auskunft.pdf", "daten.json", "vereinbarungen/", "berichte/", "mails/", "Art. 15 DSGVO"):
        assert told in readme


def test_tables_and_paper_say_all_that_is_stored_and_nothing_of_others(desk, held, file):
    export_customer(desk, held.customer_id, file)
    with ZipFile(file) as archive:
        rows = _table(archive, "sitzungen.csv")
        people = _table(archive, "ansprechpartner.csv")
        machines = _table(archive, "arbeitsplaetze.csv")
        changes = _table(archive, "aenderungen.csv")
        paper = _words_on_paper(archive)
        everything = b"".join(archive.read(name) for name in archive.namelist() if name != "Auskunft.pdf")
    assert [row[12] for row in rows[1:]] == [
        "Geheimwort Rechnung", "Geheimwort offen", "Geheimwort Bericht", "Geheimwort kostenlos",
        "Geheimwort Fehler",
    ]  # fmt: skip
    assert rows[1][:2] == ["S-2022-0001", "01.03.2022"]
    assert rows[1][15] == "RE-2022-0001"
    assert [row[0] for row in people[1:]] == ["Sabine Lorenz", "Peter Panther"]
    assert machines[2][4] == "111 222 333"
    assert {row[1] for row in changes[1:]} == {"Straße", "Telefon", "Berichte an"}
    for word in ("ZAP Dr. Bohrer", "Sabine Lorenz", "Geheimwort kostenlos", "Interna", "S-2022-0003", "2.1"):
        assert word in paper, word
    assert "Nachbar" not in paper
    assert b"Nachbar" not in everything


def test_programs_read_the_same_with_the_changes_of_each_session(desk, held, file):
    export_customer(desk, held.customer_id, file)
    with ZipFile(file) as archive:
        data = json.loads(archive.read("daten.json"))
    assert [one["number"] for one in data["customers"]] == ["10017"]
    assert data["sessions"][0]["notes"] == "Geheimwort Rechnung"
    assert data["sessions"][0]["segments"][0]["begin"] == "2022-03-01T09:22:00+00:00"
    assert data["sessions"][0]["charge"]["net_cents"] == 1125
    assert data["sessions"][0]["changes"][0]["old"] == "Alte Notiz"
    assert data["mails"][0]["body"] == "Guten Tag Frau Lorenz"
    assert data["agreements"][1]["signed_by_customer"] == "Dr. Bohrer"
    assert data["mails"][0]["sha256"] == hashlib.sha256(MAIL).hexdigest()


def test_nobody_else_on_the_machine_reads_the_archive(desk, held, file):
    file.write_bytes(b"alt")
    file.chmod(0o644)
    export_customer(desk, held.customer_id, file)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_cell_never_becomes_a_formula(desk, bohrer, file):
    number = hold_session(desk, bohrer.server, '=HYPERLINK("http://x.example")', billable=False)
    export_customer(desk, bohrer.customer_id, file)
    with ZipFile(file) as archive:
        row = _table(archive, "sitzungen.csv")[1]
        assert "HYPERLINK" in archive.read("daten.json").decode()
    assert row[12] == '\'=HYPERLINK("http://x.example")'
    assert timekeeping.read_session(desk, number).notes.startswith("=")


def test_records_that_were_merged_are_told_together(desk, held, file):
    other = add_customer(desk, "10060", "Praxis Doppelt", "PC Doppelt")
    hold_session(desk, machine_of(desk, other), "Doppelnotiz", billable=False)
    merge(desk, held.customer_id, other, {}, "Doppelt")
    export_customer(desk, other, file)
    with ZipFile(file) as archive:
        assert _table(archive, "stammdaten.csv")[0][1:] == ["10017", "10060"]
        assert "Doppelnotiz" in {row[12] for row in _table(archive, "sitzungen.csv")}
        assert "Praxis Doppelt" in _words_on_paper(archive)


def test_one_person_gets_what_is_about_them(desk, held, file):
    with desk.database.write() as connection:
        sessions.update_session(connection, held.free, requested_by="Peter Panther")
        people = {one.name: one for one in customers.contacts_of(connection, held.customer_id)}
    export_contact(desk, people["Peter Panther"].id, file)
    with ZipFile(file) as archive:
        assert [row[12] for row in _table(archive, "sitzungen.csv")[1:]] == ["Geheimwort kostenlos"]
        assert len(_table(archive, "mails.csv")) == 1
        data = json.loads(archive.read("daten.json"))
        assert "Sabine" not in archive.read("daten.json").decode()
        assert "Peter Panther" in _words_on_paper(archive)
    assert data["contacts"][0]["email"] == "azubi@bohrer.example"
    with desk.database.write() as connection:
        shared = Contact(0, "Empfang", email="rezeption@zap-bohrer.example")
        desk_mail = customers.put_contact(connection, held.customer_id, shared)
    export_contact(desk, desk_mail, file)
    with ZipFile(file) as archive:
        assert len(_table(archive, "mails.csv")) == 3, "mails to an address are about whoever has it"


def test_the_progress_goes_up_to_the_end(desk, held, file):
    told = []
    export_customer(desk, held.customer_id, file, lambda done, total: told.append((done, total)))
    assert [done for done, _total in told] == list(range(1, told[-1][1] + 1))


@pytest.mark.parametrize("steps", [0, 5, 17])
def test_a_cancelled_export_leaves_the_old_file_and_no_other(desk, held, file, steps):
    file.write_bytes(b"alt")
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) > steps

    with pytest.raises(JobCancelled):
        export_customer(desk, held.customer_id, file, cancelled=cancelled)
    assert file.read_bytes() == b"alt"
    assert [one for one in file.parent.iterdir() if one.is_file()] == [file]


def test_what_cannot_be_written_or_is_not_there(desk, held, tmp_path):
    with pytest.raises(OutsideTrouble) as trouble:
        export_customer(desk, held.customer_id, tmp_path / "fehlt" / "a.zip")
    assert trouble.value.code is Trouble.FILE_UNWRITABLE
    for export, code in (
        (export_customer, Rule.CUSTOMER_UNKNOWN),
        (export_contact, Rule.CUSTOMER_UNKNOWN),
    ):
        with pytest.raises(RuleBroken) as refused:
            export(desk, 999, tmp_path / "a.zip")
        assert refused.value.code is code
    assert not (tmp_path / "a.zip").exists()


def test_the_name_of_the_file_is_safe_everywhere(desk):
    assert suggested_name(desk, "ZAP Dr. Bohrer / Partner") == "Auskunft_2022-03-01_ZAP-Dr-Bohrer-Partner.zip"

"""The draft of the Verfahrensdokumentation: how the desk really is, and places for what it cannot know."""

from __future__ import annotations

import os
import re
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from laverma_desk import __version__, settings
from laverma_desk.documents.procedures_pdf import render_procedures
from laverma_desk.domain.company import Company, InvoiceSettings
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.procedures import Sealed
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.mail.secret import Secrets
from laverma_desk.services.backups.choosing import save_choice
from laverma_desk.services.backups.taking import take_copy
from laverma_desk.services.setup import house, house_billing, house_mail
from laverma_desk.services.tax_audit.procedures import procedures, procedures_pdf
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage.migrations import REVISIONS
from laverma_desk.storage.schema import metadata
from tests.documents.pdf_reading import pages, reader, text
from tests.support.audited_desks import open_audited
from tests.support.memory_keyring import MemoryKeyring
from tests.support.raw_words import lift_seal, triggers

TAME = (
    "CREATE OR REPLACE FUNCTION refuse_invoice_no_update() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN RETURN NEW; END$$"
)
CHAPTERS = (
    "1 Allgemeine Beschreibung",
    "2 Anwenderdokumentation",
    "3 Technische Systemdokumentation",
    "4 Betriebsdokumentation",
    "5 Was das Haus selbst regeln muss",
)


@pytest.fixture
def story(tmp_path):
    """Two years of a house."""
    made = open_audited(tmp_path / "desk")
    yield made
    made.desk.close()


def said(desk) -> str:
    return text(procedures_pdf(desk))


def test_four_parts_and_what_is_left_to_the_house(story):
    pdf = procedures_pdf(story.desk)
    words = text(pdf)
    places = [words.rindex(chapter) for chapter in CHAPTERS]
    assert places == sorted(places)
    papers = [re.sub(r"\s+", " ", page) for page in pages(pdf)]
    assert len(papers) >= 7
    # Across each page, and first of all that a reader hears of it.
    assert all(page.startswith("Entwurf ") for page in papers)
    for chapter in CHAPTERS:
        (listed,) = re.findall(rf"{chapter} Seite (\d+)", papers[0])
        assert int(listed) == max(number for number, page in enumerate(papers, 1) if chapter in page)
    assert reader(pdf).metadata.title == "Verfahrensdokumentation, Entwurf"


def test_no_heading_stands_alone_at_the_foot_of_a_page(story):
    facts = procedures(story.desk)
    reason = facts.free_reasons[0]
    for many in range(24):
        # A line each: every heading comes to the foot of a page at some time.
        longer = replace(facts, seals=facts.seals * (1 + many % 3), free_reasons=(reason,) * (1 + 4 * many))
        for page in pages(render_procedures(longer)):
            last = page.strip().splitlines()[-2]
            assert not re.match(r"\d(\.\d+)? +\w", last) or "Seite" in last, last


def test_it_promises_nothing(story):
    words = said(story.desk).casefold()
    assert "zertifi" not in words
    assert "testat" not in words
    assert "gobd-konform" not in words
    assert "keine bescheinigung" in words
    assert "unterschrift" in words


def test_it_says_how_the_desk_is_set_up(story):
    desk = story.desk
    house.save_tariff(desk, Tariff(date(2023, 1, 1), 250, Rounding.EXACT_SECOND, minimum_seconds=300))
    house_billing.save_invoice_settings(
        desk, replace(InvoiceSettings(), number_format="R{year}/{seq:05}", payment_days=21)
    )
    house.save_supporter(desk, "Jana Petersen", "")
    words = said(desk)
    for one in (
        f"Laverma Desk {__version__}, Datenbankschema {REVISIONS[-1]}",
        "Musterstraße 1, 12345 Musterstadt",
        "Steuernummer 123/456/78901",
        "Preis ab 01.01.2023 2,50 € je Minute netto, sekundengenau, mindestens 5 Minuten",
        "Steuersatz ab 01.07.2020 16 %",
        "Supporter Jana Petersen, Klaus Klassen",
        "R{year}/{seq:05}, zum Beispiel R2023/00001",
        "21 Tage, wenn beim Kunden nichts anderes steht",
        "Rechnungen 2022 zuletzt vergeben: 3",
        "8 Jahre, § 147 Abs. 3 AO, § 14b UStG",
        "Fernwartungen 11, vom 06.12.2021 bis zum 01.07.2022",
        "PostgreSQL 18" if desk.database.shared else "SQLite " + sqlite3.sqlite_version,
    ):
        assert one in words, one
    # A path may be wider than its column: then it goes on in the next line.
    assert desk.database.shown.replace(" ", "") in words.replace(" ", "")


def test_the_chain_is_anchored_on_paper(story):
    with story.desk.database.read() as connection:
        asked = "SELECT number, chain_sha256 FROM invoice ORDER BY id DESC"
        number, chain = connection.exec_driver_sql(asked).first()
    words = said(story.desk)
    assert f"Letzter Beleg {number} vom 04.01.2023" in words
    assert f"{chain[:32]} {chain[32:]}" in words


def test_a_new_desk_leaves_open_what_it_does_not_know(desk):
    house.save_company(desk, Company())
    words = said(desk)
    assert "Noch ist kein Beleg ausgestellt" in words
    assert "Letzte Sicherung NOCH KEINE" in words
    assert "Kein Mailkonto ist eingerichtet" in words
    facts = procedures(desk)
    assert (facts.chain, facts.holdings.sessions, facts.company.name) == (None, 0, "")
    assert "Steuernummer USt-IdNr. Finanzamt" in words


def test_every_seal_of_a_sound_desk_stands(desk):
    facts = procedures(desk)
    assert [one.sealed for one in facts.seals] == list(Sealed)
    assert not any(one.missing for one in facts.seals)
    assert said(desk).count(" versiegelt") == len(Sealed)


@pytest.mark.parametrize(
    ("trigger", "label"),
    [
        ("invoice_no_update", "Rechnungen, Stornorechnungen"),
        ("session_locked", "Abgerechnete Fernwartungen"),
        ("gap_identity", "Deren Unterbrechungen"),
    ],
)
def test_a_seal_that_somebody_broke_is_named(desk, trigger, label):
    with desk.database.write() as connection:
        lift_seal(connection, trigger)
    assert f"{label} NICHT VOLLSTÄNDIG, es fehlt: {trigger}" in said(desk)


def test_all_triggers_of_the_file_are_expected(desk):
    """Whoever adds a seal to the schema has to say so here, or the paper would not miss it."""
    with desk.database.write() as connection:
        there = {name for table in metadata.tables for name in triggers(connection, table)}
        for name in there:
            lift_seal(connection, name)
    missed = {name for one in procedures(desk).seals for name in one.missing}
    steps = {name for name in there if name.startswith("session_text_")}
    news = {name for name in there if name.endswith("_told")}
    guards = {name for name in there if name.startswith("guard_")}
    assert there - missed == steps | news | guards
    assert bool(news) == desk.database.shared
    assert missed <= there


@pytest.mark.parametrize("way", ["ALTER TABLE invoice DISABLE TRIGGER invoice_no_update", TAME])
def test_a_seal_of_a_server_that_is_switched_off_or_tame_is_named(desk, way):
    if not desk.database.shared:
        return  # In a file there is a trigger, or there is none.
    with desk.database.write() as connection:
        connection.exec_driver_sql(way)
    assert "es fehlt: invoice_no_update" in said(desk)
    assert [line for line in check_desk(desk).damage if "invoice_no_update" in line]


def test_the_account_without_its_password(desk, tmp_path):
    keyed = replace(desk, secrets=Secrets(MemoryKeyring()))
    account = MailAccount("mail.example", 465, Security.TLS, "laverma", "bericht@laverma.example", "Laverma")
    house_mail.save_mail_account(keyed, account, "Geheim-4711")
    words = said(keyed)
    assert "Absender Laverma bericht@laverma.example" in words
    assert "Server mail.example:465, TLS" in words
    assert "im Schlüsselbund des Systems" in words
    assert "4711" not in words
    assert "Geheim" not in words


@pytest.mark.files("a server's copies are pg_dump's: test_server_backup.py")
def test_copies_as_they_are(desk, tmp_path):
    (tmp_path / "stick").mkdir()
    save_choice(desk, tmp_path / "stick", sealed=False, passphrase=None)
    take_copy(desk)
    words = said(desk)
    assert "Letzte Sicherung 01.03.2022 10:22" in words
    assert "Verschlüsselt nein" in words
    assert "NICHT ERREICHBAR" not in words
    (tmp_path / "stick").rename(tmp_path / "weg")
    words = said(desk)
    assert "NICHT ERREICHBAR" in words
    assert "Letzte Sicherung NOCH KEINE" in words


def test_the_tools_of_this_machine(desk, tmp_path, monkeypatch):
    program = tmp_path / "viewer"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(
        settings,
        "load",
        lambda: settings.MachineSettings(tool_templates={"teamviewer": f"{program} --start {{id}}"}),
    )
    tools = {one.tool: one.started for one in procedures(desk).tools}
    assert tools[Tool.TEAMVIEWER] == str(program)
    assert "--start" not in said(desk)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps its own rights")
def test_who_may_read_the_folder(desk):
    assert procedures(desk).machine.private is True
    desk.data.root.chmod(0o755)
    assert procedures(desk).machine.private is False
    assert "auch für andere Konten lesbar" in said(desk)
    desk.data.root.chmod(0o700)
    assert "nur für das eigene Benutzerkonto lesbar" in said(desk)


def test_the_same_facts_are_the_same_paper(story):
    first = procedures_pdf(story.desk)
    assert procedures_pdf(story.desk) == first
    story.clock.set_wall(datetime(2023, 3, 1, 11, tzinfo=UTC))
    assert procedures_pdf(story.desk) != first


@pytest.mark.files("a server's transactions that read cannot write")
def test_it_writes_nothing(story):
    before = story.desk.data.database.read_bytes()
    procedures_pdf(story.desk)
    assert story.desk.data.database.read_bytes() == before


def test_long_and_foreign_words_break_nothing(desk):
    long = "Übermäßig" * 60
    house.save_company(desk, Company(name=long, street="日本 " * 90, register=long, tax_number="1\n2\n3"))
    for number in range(30):
        house.save_supporter(desk, f"{long[:80]} {number}", "")
    pdf = procedures_pdf(desk)
    assert len(pages(pdf)) >= 7
    assert "1 2 3" in text(pdf)

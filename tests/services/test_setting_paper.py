"""The draft of the Verfahrensdokumentation lists what was last changed in settings that figures depend on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from laverma_desk.domain.company import Company, RemoteSettings
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.setting_change import TAX_RELEVANT
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services.invoicing.reminder_settings import read_reminder_settings, save_reminder_settings
from laverma_desk.services.setup import house, house_mail, house_remote
from laverma_desk.services.tax_audit.procedures import procedures, procedures_pdf
from laverma_desk.text.setting_names import setting_field_name
from tests.documents.pdf_reading import text
from tests.support.desks import memory_secrets
from tests.support.kept_desks import open_kept


def test_changes_stand_there_with_who_and_what(desk, clock):
    clock.advance(minutes=1)
    house.save_tariff(desk, Tariff(date(2023, 1, 1), 250))
    words = text(procedures_pdf(desk))
    assert "jede Änderung" in words
    assert "Nicht protokolliert werden Änderungen" not in words
    line = "Tarif und Rundung: Tarif (ab 01.01.2023): – → 2,50 € je Minute"
    assert line in words
    assert "Klaus Klassen" in words[: words.index(line)].rpartition("Die letzten Änderungen")[2]


def test_the_newest_first_and_not_too_many(desk, clock):
    for price in range(100, 150):
        clock.advance(minutes=1)
        house.save_tariff(desk, Tariff(date(2023, 1, 1), price))
    changes = procedures(desk).changes
    assert len(changes) == 30
    prices = [one.what.new.partition(" ")[0] for one in changes]
    assert prices == [f"price_cents={price}" for price in range(149, 119, -1)]
    assert changes[0].at - changes[1].at == timedelta(minutes=1)


def test_what_no_figure_depends_on_is_not_listed(desk):
    house_mail.save_mail_account(
        desk, MailAccount("mail.laverma.example", sender="info@laverma.example"), None
    )
    house_remote.save_remote_settings(desk, RemoteSettings(reconnect_minutes=9))
    assert {one.what.section for one in procedures(desk).changes} <= set(TAX_RELEVANT)
    assert "pause" not in text(procedures_pdf(desk)).partition("Änderungen der Einstellungen")[2]


def test_each_section_that_counts_has_a_page():
    assert all(setting_field_name(f"{one}.name", "de")[0].isupper() for one in TAX_RELEVANT)


def test_long_words_are_shortened(desk):
    before = read_reminder_settings(desk)
    words = replace(before.words[0], opening="Lang und breit, " * 40)
    save_reminder_settings(desk, replace(before, words=(words, *before.words[1:])))
    paper = text(procedures_pdf(desk))
    assert 9 <= paper.count("Lang und breit,") <= 10
    assert "Zahlungserinnerung, Deutsch, ab 01.01.2000" in paper


def test_a_house_in_which_nothing_was_changed(tmp_path, clock):
    bare, _ = open_kept(tmp_path / "neu", clock, memory_secrets(), house.prepare_new_desk)
    try:
        words = text(procedures_pdf(bare))
        assert "seit Beginn dieses Protokolls nichts geändert" in words
        house.save_company(bare, Company(name="Laverma"))
        assert "Firma: Name: – → Laverma" in text(procedures_pdf(bare))
    finally:
        bare.close()

"""The report read back: every fact on paper, on any number of pages, from any text."""

from __future__ import annotations

import hashlib
import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_reading import drawn, pages, reader, text

from laverma_desk.documents.report_pdf import render_report
from laverma_desk.domain.company import Company
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.money import charge
from laverma_desk.domain.tariff import FIRST_DAY, Rounding, Tariff


def test_report_holds_every_fact_of_the_picture(report):
    said = text(render_report(report))
    for fact in (
        "Laverma IT für Zahnarztpraxen",
        "Musterstraße 1 12345 Musterstadt Telefon 07 00 / 52 83 76 23",
        "Bericht zur Fernwartung ZAP Dr. Bohrer, Dienstag, 1. März 2022",
        "Partner ZAP Dr. Bohrer – PC Rezeption",
        "Anfang 01.03.2022 10:22 Uhr",
        "Ende 01.03.2022 10:34 Uhr",
        "Dauer 00:12:22 12 Minuten, 22 Sekunden",
        "Supporter Klaus Klassen",
        "Auftrag durch Sabine Lorenz, telefonisch",
        "Verbindung TeamViewer, Partner-ID 1 234 567 890",
        "Notizen Synadoc aktualisiert Neustart des PC Erläuterung der Neuerungen",
        "13 Minuten × 2,25 € 29,25 €",
        "zuzüglich 19 % Umsatzsteuer 5,56 € Gesamtbetrag 34,81 €",
        "Minutengenaue Abrechnung, jede angefangene Minute zählt. Die Rechnung erhalten Sie gesondert.",
        "Grundlage ist Ihr Vertrag zur Auftragsverarbeitung (Art. 28 DSGVO) vom 15.01.2022.",
        "Laverma, Bericht S-2022-0214 Telefon 07 00 / 52 83 76 23 Seite 1 von 1",
    ):
        assert fact in said


def test_report_speaks_english(report):
    said = text(render_report(replace(report, language="en")))
    for fact in (
        "Remote support report ZAP Dr. Bohrer, Tuesday, 1 March 2022",
        "Requested by Sabine Lorenz, by phone",
        "Connection TeamViewer, partner ID 1 234 567 890",
        "plus 19 % VAT 5.56 €",
        "Phone 07 00 / 52 83 76 23 Page 1 of 1",
    ):
        assert fact in said
    for german in ("Uhr", "Bericht", "Seite", "Minuten", "Telefon"):
        assert german not in said


def test_exact_second_rule_shows_its_own_formula(report):
    exact = charge(742, Tariff(FIRST_DAY, rounding=Rounding.EXACT_SECOND))
    said = text(render_report(replace(report, charge=exact)))
    assert "742 Sekunden × 2,25 € / 60" in said
    assert "27,83 €" in said
    assert "Sekundengenaue Abrechnung" in said


def test_session_over_midnight_shows_both_days(report):
    begin, end = datetime(2026, 3, 2, 22, 50, tzinfo=UTC), datetime(2026, 3, 2, 23, 10, tzinfo=UTC)
    said = text(render_report(replace(report, begin=begin, end=end, seconds=1200)))
    assert "Anfang 02.03.2026 23:50 Uhr Ende 03.03.2026 00:10 Uhr Dauer 00:20:00 20 Minuten" in said


@pytest.mark.parametrize(
    ("begin", "end", "line"),
    [
        (
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 1, 40, tzinfo=UTC),
            "Anfang 25.10.2026 02:30 Uhr MESZ Ende 25.10.2026 02:40 Uhr MEZ Dauer 01:10:00",
        ),
        (
            datetime(2026, 3, 29, 0, 50, tzinfo=UTC),
            datetime(2026, 3, 29, 1, 10, tzinfo=UTC),
            "Anfang 29.03.2026 01:50 Uhr MEZ Ende 29.03.2026 03:10 Uhr MESZ Dauer 00:20:00",
        ),
    ],
)
def test_change_of_clocks_names_the_zones(report, begin, end, line):
    changed = replace(report, begin=begin, end=end, seconds=int((end - begin).total_seconds()))
    assert line in text(render_report(changed))


def test_pauses_are_explained_only_where_the_minutes_do_not_add_up(report):
    paused = replace(report, end=datetime(2022, 3, 1, 9, 44, 22, tzinfo=UTC))
    assert "12 Minuten, 22 Sekunden, ohne Unterbrechungen" in text(render_report(paused))
    assert "Unterbrechungen" not in text(render_report(report))


def test_nobody_named_and_no_partner_id(report):
    bare = replace(report, requested_by=" ", channel=Channel.EMAIL, partner_id="", tool=Tool.RUSTDESK)
    said = text(render_report(bare))
    assert "Auftrag per E-Mail Verbindung RustDesk Notizen" in said
    assert "Auftrag durch" not in said
    assert "Partner-ID" not in said


def test_free_session_shows_reason_and_zero(report):
    said = text(render_report(replace(report, charge=None, free_reason="Kulanz")))
    assert "kostenlos, Kulanz" in said
    assert said.count("0,00 €") == 2
    for word in ("Umsatzsteuer", "Rechnung erhalten", "2,25", "Minutengenaue"):
        assert word not in said
    assert "kostenlos" in text(render_report(replace(report, charge=None)))


def test_small_business_shows_no_vat(report):
    rule = "Steuerfrei nach § 19 UStG (Kleinunternehmer)."
    said = text(render_report(replace(report, names_vat=False, rules=(rule,))))
    assert "Steuerfrei nach § 19 UStG (Kleinunternehmer)." in said
    assert "Gesamtbetrag 29,25 €" in said
    for word in ("Umsatzsteuer", "19 %", "34,81", "5,56"):
        assert word not in said


def test_exception_is_worded_for_the_customer(report):
    said = text(render_report(replace(report, exception=True, agreement_signed_on=None)))
    assert "Diese Sitzung fand ausnahmsweise ohne Vertrag zur Auftragsverarbeitung" in said
    assert "Grundlage ist" not in said


def test_missing_company_leaves_no_blank_label(report):
    said = text(render_report(replace(report, company=Company(), agreement_signed_on=None)))
    assert said.startswith("Bericht zur Fernwartung ZAP")
    assert said.rstrip().endswith("Bericht S-2022-0214 Seite 1 von 1")
    for word in ("Telefon", "Grundlage", ", Bericht"):
        assert word not in said


def test_register_line_stands_on_every_page(report):
    company = replace(report.company, register="Amtsgericht Musterstadt, HRB 12345")
    found = pages(render_report(replace(report, company=company, notes="Zeile\n" * 60)))
    assert len(found) > 1
    assert all("Amtsgericht Musterstadt, HRB 12345" in page for page in found)


def test_long_notes_go_on_over_numbered_pages(report):
    notes = "\n".join(f"Zeile{number:04}" for number in range(300))
    found = pages(render_report(replace(report, notes=notes)))
    assert len(found) == 9
    for number, page in enumerate(found, start=1):
        assert f"Seite {number} von 9" in page
        assert "Telefon 07 00 / 52 83 76 23" in page
        assert ("Bericht zur Fernwartung S-2022-0214" in page) == (number > 1)
    assert [line for page in found for line in page.splitlines() if line.startswith("Zeile")] == notes.split(
        "\n"
    )


def test_list_marks_and_empty_lines_of_the_notes_are_not_doubled(report):
    lines = pages(render_report(replace(report, notes="- eins\r\n\r\n\n•  zwei\n\t* drei\n-4 Grad\n\u200b")))[
        0
    ]
    assert "Notizen\neins\nzwei\ndrei\n-4 Grad\nAbrechnung" in lines


def test_invisible_notes_have_no_heading(report):
    assert "Notizen" not in text(render_report(replace(report, notes=" \n\u200b\n\x00")))


@pytest.mark.parametrize(
    "notes",
    [
        "W" * 5000,
        "ä" * 50_000,
        "Wort " * 10_000,
        "مرحبا " * 8000,
        "中" * 50_000,
        "\n" * 50_000,
        "\x00\t" * 9000,
    ],
    ids=["word", "one word", "words", "arabic", "chinese", "empty lines", "control"],
)
def test_notes_of_any_size_are_set_without_notdef(report, notes):
    pdf = render_report(replace(report, notes=notes))
    assert "Gesamtbetrag 34,81 €" in text(pdf)
    assert 0 not in {one.glyph for one in drawn(pdf)}


def test_word_wider_than_a_line_is_whole_on_paper(report):
    word = "".join(chr(ord("a") + place % 26) for place in range(5000))
    joined = "".join(pages(render_report(replace(report, notes=word)))).replace("\n", "")
    assert word[:2000] in joined


def test_other_scripts_are_drawn_or_visibly_replaced(report):
    notes = "👍🏽 \U0001f5a8\ufe0f 😀 🇩🇪\n日本\nשלום\nПривет\nＡＢ"
    pdf = render_report(replace(report, notes=notes))
    said = text(pdf)
    for fact in ("[thumbs up sign] [printer] 😀 DE", "▯▯", "שלום", "Привет", "AB"):
        assert fact in said
    assert {one.font.split("+")[1] for one in drawn(pdf)} == {
        "IBMPlexSans",
        "IBMPlexSansSemiBold",
        "DejaVuSansBook",
    }


def test_latin_report_does_not_carry_the_fallback_font(report):
    assert b"DejaVu" not in render_report(report)


def test_same_report_is_the_same_bytes_in_every_process(report):
    code = (
        "import pickle,sys,hashlib;from laverma_desk.documents.report_pdf import render_report;"
        "sys.stdout.write(hashlib.sha256(render_report(pickle.load(sys.stdin.buffer))).hexdigest())"
    )
    changed = replace(report, notes=report.notes + "\nمرحبا 😀")
    here = render_report(changed)
    assert render_report(changed) == here
    there = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(changed), capture_output=True, check=True
    )
    assert there.stdout.decode() == hashlib.sha256(here).hexdigest()


def test_other_time_of_writing_is_another_file(report):
    later = replace(report, created_at=datetime(2022, 3, 1, 9, 34, 31, tzinfo=UTC))
    assert render_report(later) != render_report(report)


def test_page_is_a4_upright(report):
    box = reader(render_report(report)).pages[0].mediabox
    assert (round(float(box.width), 1), round(float(box.height), 1)) == (595.3, 841.9)


_ANY_TEXT = st.text(st.characters(), max_size=120)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(one=_ANY_TEXT, two=_ANY_TEXT, notes=st.text(st.characters(), max_size=800))
def test_no_text_fails(report, one, two, notes):
    strange = replace(
        report,
        company=Company(name=one, slogan=two, street=one, city=two, phone=one, register=two),
        number=one,
        customer_name=two,
        workstation_name=one,
        supporter_name=two,
        requested_by=one,
        notes=notes,
        charge=None,
        free_reason=two,
    )
    pdf = render_report(strange)
    assert 0 not in {glyph.glyph for glyph in drawn(pdf)}

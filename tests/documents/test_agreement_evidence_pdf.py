"""The extract on paper: any script, any length, in English too, and an archive file all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pdf_reading import drawn, pages, reader, text

from laverma_desk.documents.agreement_evidence import render_evidence
from laverma_desk.documents.filename import evidence_name
from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.company import Company
from laverma_desk.domain.evidence import AgreementRecord, Delivery, Evidence, RecordedChange, SessionRecord
from laverma_desk.domain.money import charge
from laverma_desk.domain.support_session import Segment, SessionState, SupportSession
from laverma_desk.domain.tariff import FIRST_DAY, Tariff

BEGIN = datetime(2022, 3, 1, 9, 22, tzinfo=UTC)


@pytest.fixture
def head() -> Evidence:
    return Evidence(
        "de", Company(name="Laverma", phone="07 00 / 52 83 76 23"), "10017", "ZAP Dr. Bohrer",
        "Zahnweg 5, 12345 Musterstadt", date(2022, 1, 1), date(2022, 12, 31), 1, 742,
        (AgreementRecord(Agreement(1, 1, date(2022, 1, 15))),), "Klaus Klassen", BEGIN,
    )  # fmt: skip


@pytest.fixture
def record() -> SessionRecord:
    segment = Segment(BEGIN, BEGIN + timedelta(seconds=742))
    session = SupportSession(
        1, "S-2022-0214", 1, 1, 1, "ZAP Dr. Bohrer", "PC Rezeption", "Klaus Klassen", SessionState.ENDED,
        (segment,), notes="Synadoc aktualisiert", charge=charge(742, Tariff(FIRST_DAY)),
    )  # fmt: skip
    return SessionRecord(session, covered=True)


def made(head, *records, step=lambda _share: None):
    return render_evidence(replace(head, sessions=len(records)), iter(records), step)


def noted(record, notes):
    return replace(record, session=replace(record.session, notes=notes))


def test_english_is_spoken_throughout(head, record):
    said = text(made(replace(head, language="en"), record))
    for words in (
        "Record of remote support",
        "It does not certify compliance with any directive or standard.",
        "01/03/2022 10:22:00 CET to 01/03/2022 10:34:22 CET duration 00:12:22",
        "Agreement valid on the day of the start",
        "Page 1 of 1",
    ):
        assert words in said
    assert "Sitzung" not in said


def test_notes_longer_than_a_page_go_on(head, record):
    lines = [f"Zeile {number:03}" for number in range(200)]
    pdf = made(head, noted(record, "\n".join(lines)))
    assert len(pages(pdf)) > 3
    said = text(pdf)
    assert all(line in said for line in lines)


def test_every_script_is_drawn_and_no_glyph_is_missing(head, record):
    notes = "Grüße von Łukasz\nمرحبا بكم\n日本語 👍\n" + "x" * 400
    everywhere = replace(head, customer_name="عمر & Söhne <Zahn>", made_by="Ωmega")
    change = RecordedChange(BEGIN, "Ωmega", "unbekanntes_feld", "", "a\tb\x00c", "")
    pdf = made(everywhere, replace(noted(record, notes), changes=(change,)))
    assert "unbekanntes_feld" in text(pdf)
    assert 0 not in {one.glyph for one in drawn(pdf)}


def test_it_is_an_archive_file_without_a_house_too(head, record):
    pdf = made(replace(head, company=Company(), made_by="", customer_address=""), record)
    document = reader(pdf)
    assert b"<pdfaid:part>3</pdfaid:part>" in document.trailer["/Root"]["/Metadata"].get_data()
    assert document.metadata.title == "Nachweis der Fernwartung"
    assert "ZAP Dr. Bohrer" in text(pdf)


def test_unclear_reports_are_called_unclear(head, record):
    deliveries = (
        Delivery("a@zap.example", BEGIN, "", accepted=False),
        Delivery("b@zap.example", BEGIN, "<1@laverma.example>", accepted=True),
    )
    said = text(made(head, replace(record, deliveries=deliveries)))
    assert (
        "unklar, ob der Mailserver ihn angenommen hat, 01.03.2022 10:22:00 Uhr MEZ für a@zap.example" in said
    )
    assert "übergeben 01.03.2022 10:22:00 Uhr MEZ für b@zap.example Message-ID <1@laverma.example>" in said


def test_a_heading_never_stands_alone_at_the_foot(head, record):
    for count in range(12):
        agreements = tuple(AgreementRecord(Agreement(one, 1, date(2022, 1, 15))) for one in range(count))
        for page in pages(made(replace(head, agreements=agreements), record)):
            if "Sitzungen im Zeitraum" in page:
                assert "S-2022-0214" in page


def test_progress_grows_to_the_end_and_its_error_ends_the_work(head, record):
    shares = []
    made(head, *([record] * 30), step=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    def stop(share):
        if share > 0.2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        made(head, *([record] * 30), step=stop)


def test_the_file_is_named_after_customer_and_period(head):
    assert evidence_name(head) == "Nachweis_2022-01-01_2022-12-31_ZAP-Dr-Bohrer.pdf"
    assert (
        evidence_name(replace(head, customer_name="../../x", language="en"))
        == "Record_2022-01-01_2022-12-31_x.pdf"
    )


@pytest.mark.parametrize(
    ("field", "old", "new", "said"),
    [
        ("channel", "phone", "email", "Weg des Auftrags vorher: telefonisch nachher: per E-Mail"),
        ("billable", "yes", "no", "Abrechnung vorher: abgerechnet nachher: kostenlos"),
        ("price_cents", "225", "250", "Preis je Minute vorher: 2,25 € nachher: 2,50 €"),
        ("state", "ended", "running", "Zustand vorher: beendet nachher: läuft"),
        ("notes", "Drucker", "Drucker\nNeustart", "Notizen vorher: Drucker nachher: Drucker / Neustart"),
        ("price_cents", "viel", "", "Preis je Minute vorher: viel"),
        (
            "times", "", "2022-03-01T09:00:00+00:00/2022-03-01T09:10:00+00:00",
            "nachher: 01.03.2022 10:00:00 Uhr MEZ – 01.03.2022 10:10:00 Uhr MEZ",
        ),
        (
            "gaps", "sleep:2022-03-01T09:00:00+00:00/2022-03-01T09:10:00+00:00:keep", "",
            "vorher: 01.03.2022 10:00:00 Uhr MEZ – 01.03.2022 10:10:00 Uhr MEZ Grund",
        ),
    ],
)  # fmt: skip
def test_changes_are_said_in_words(head, record, field, old, new, said):
    change = RecordedChange(BEGIN, "Klaus", field, old, new, "Tippfehler")
    assert said in text(made(head, replace(record, changes=(change,))))


def test_nothing_of_an_internal_note_is_said(head, record):
    change = RecordedChange(BEGIN, "Klaus", "internal_note", "Chef zahlt nie", "Angebot offen", "geheim")
    said = text(made(head, replace(record, changes=(change,))))
    for words in ("zahlt", "Angebot", "geheim", "Später geändert"):
        assert words not in said

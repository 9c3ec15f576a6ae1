"""The extract holds every session of a customer and period with all that was recorded around it."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert

from laverma_desk.cli.arguments import parse
from laverma_desk.cli.running import run
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.support_session import Origin, SessionState
from laverma_desk.services.agreements.agreement_file import AgreementFile
from laverma_desk.services.agreements.evidence import make_evidence, write_evidence
from laverma_desk.services.agreements.reading import agreement_sheet
from laverma_desk.services.agreements.writing import AgreementDraft, append_agreement, end_agreement
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.mails import delivery, queueing
from laverma_desk.storage import customers, sessions, stored_documents
from laverma_desk.storage import outbox as stored
from laverma_desk.storage.session_history import Change, log_change
from laverma_desk.storage.tables import segment, session
from tests.documents.pdf_reading import pages, reader, text
from tests.support.desks import add_customer, set_mail_account
from tests.support.report_desks import end_session
from tests.support.session_steps import machine_of

FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)


def evidence(desk, customer_id, first=FIRST, last=LAST, **more):
    return make_evidence(desk, customer_id, first, last, **more)


def test_a_session_with_its_report_and_its_change(desk, bohrer, clock, smtp_server):
    set_mail_account(desk, smtp_server().port)
    number = end_session(desk, bohrer, clock)
    queued = queueing.queue_report(desk, number).value
    mail = delivery.send_message(desk, queued.message_id).value
    with desk.database.write() as connection:
        change = Change(
            clock.now(), "Klaus Klassen", "begin", "2022-03-01T09:20:00+00:00",
            "2022-03-01T09:22:00+00:00", "Tippfehler",
        )  # fmt: skip
        log_change(connection, number, change)
    paper = evidence(desk, bohrer.customer_id)
    assert (paper.name, paper.sessions) == ("Nachweis_2022-01-01_2022-12-31_ZAP-Dr-Bohrer.pdf", 1)
    said = text(paper.pdf)
    sent = re.search(rb"Message-ID: (<[^>]+>)", _bytes_of(desk, mail.id))
    for words in (
        "Nachweis der Fernwartung ZAP Dr. Bohrer, 01.01.2022 bis 31.12.2022",
        "Laverma", "Hauptstraße 5, 12345 Musterstadt", "Kundennummer 10017",
        "1 Sitzung, zusammen 00:12:22",
        "Er bescheinigt nicht, dass eine Richtlinie oder Norm eingehalten wird.",
        "Vertrag vom 15.01.2022", "15.01.2022 bis 31.12.2026",
        "S-2022-0001, Dienstag, 1. März 2022, PC Rezeption",
        "01.03.2022 10:22:00 Uhr MEZ bis 01.03.2022 10:34:22 Uhr MEZ Dauer 00:12:22",
        "Supporter Klaus Klassen", "Auftrag durch Sabine Lorenz, telefonisch",
        "TeamViewer, Partner-ID 1 234 567 890",
        "Synadoc aktualisiert Neustart des PC Erläuterung der Neuerungen",
        "Vertrag gültig am Tag des Beginns",
        "an den Mailserver übergeben 01.03.2022 10:34:22 Uhr MEZ für rezeption@zap-bohrer.example",
        f"Message-ID {sent[1].decode()}",
        "01.03.2022 10:34:22 Uhr MEZ, Klaus Klassen: Anfang vorher: 01.03.2022 10:20:00 Uhr MEZ",
        "nachher: 01.03.2022 10:22:00 Uhr MEZ Grund: Tippfehler",
        "Seite 1 von",
    ):  # fmt: skip
        assert words in said
    assert "Chef fragt nach dem Angebot" not in said, "the internal note is nobody's business"
    assert "konform" not in said.lower()


def _bytes_of(desk, message_id):
    with desk.database.read() as connection:
        return stored_documents.read(connection, stored.documents_of(connection, message_id)[0]).content


def test_every_version_of_the_agreement_is_in_it(desk, bohrer):
    content = b"%PDF-1.7\nunterschrieben"
    append_agreement(
        desk,
        AgreementDraft(
            bohrer.customer_id, date(2022, 3, 1), None, "2.1", "Dr. Martin Bohrer", date(2022, 2, 27),
            "Klaus Klassen", date(2022, 2, 28), date(2022, 2, 26), 60, AgreementFile("AVV.pdf", content),
        ),
    )  # fmt: skip
    (old,) = [one for one in agreement_sheet(desk, bohrer.customer_id).entries if one.file is None]
    end_agreement(desk, old.agreement.id, date(2022, 3, 1), "neue Fassung")
    said = text(evidence(desk, bohrer.customer_id).pdf)
    for words in (
        "Vertrag vom 15.01.2022 Gültig 15.01.2022 bis 31.12.2026",
        "Vorzeitig beendet am 01.03.2022 neue Fassung",
        "Unterschrift Firma nicht eingetragen",
        "Vertrag, Fassung 2.1 Gültig ab 01.03.2022, ohne Enddatum",
        "Unterschrift Kunde Dr. Martin Bohrer, 27.02.2022",
        "Unterschrift Firma Klaus Klassen, 28.02.2022",
        "Verpflichtung § 203 StGB 26.02.2022",
        "Unterschriebene Datei AVV.pdf",
        f"SHA-256 {hashlib.sha256(content).hexdigest()}",
    ):
        assert words in said
    assert "In diesem Zeitraum gab es keine Sitzung." in said


def test_exceptions_and_late_reasons_and_their_absence_are_said(desk, clock):
    place = machine_of(desk, add_customer(desk, "3", "Praxis", "PC", has_agreement=False))
    begun = [
        timekeeping.start_session(desk, place, exception_reason="Sprechstunde läuft", exception_by="Chef")
        for _again in range(3)
    ]
    clock.advance(minutes=5)
    for one in begun:
        timekeeping.end_session(desk, one.value.id)
    with desk.database.write() as connection:
        sessions.update_session(connection, begun[1].value.id, exception_at=clock.now() + timedelta(days=3))
        none = {"exception_reason": None, "exception_by": None, "exception_at": None}
        sessions.update_session(connection, begun[2].value.id, origin=Origin.IMPORT.value, **none)
    said = text(evidence(desk, begun[0].value.customer_id).pdf)
    assert "Ausnahme entschieden von Chef, 01.03.2022 10:22:00 Uhr MEZ: Sprechstunde läuft" in said
    assert "Nachträglich begründet von Chef, 04.03.2022 10:27:00 Uhr MEZ: Sprechstunde läuft" in said
    assert said.count("kein gültiger am Tag des Beginns, kein Grund eingetragen") == 1
    assert said.count("Bericht nicht gesendet") == 3


def test_only_the_period_and_only_this_customer(desk, bohrer, clock):
    for _day in range(3):
        end_session(desk, bohrer, clock)
        clock.advance(days=1)
    other = machine_of(desk, add_customer(desk, "4", "Andere Praxis", "PC"))
    timekeeping.end_session(desk, timekeeping.start_session(desk, other).value.id)
    timekeeping.start_session(desk, bohrer.server)
    said = text(evidence(desk, bohrer.customer_id, date(2022, 3, 2), date(2022, 3, 2)).pdf)
    assert re.findall(r"S-2022-\d{4}", said) == ["S-2022-0002"]
    paper = evidence(desk, bohrer.customer_id)
    assert paper.sessions == 3, "what runs is no record yet"
    with pytest.raises(RuleBroken) as found:
        evidence(desk, bohrer.customer_id, date(2022, 3, 2), date(2022, 3, 1))
    assert (found.value.code, found.value.field) == (Rule.END_BEFORE_START, "last")


def test_the_change_of_time_is_seen_in_the_zones(desk, bohrer, clock):
    clock.set_wall(datetime(2022, 3, 27, 0, 50, tzinfo=UTC))
    end_session(desk, bohrer, clock)
    assert "27.03.2022 01:50:00 Uhr MEZ bis 27.03.2022 03:02:22 Uhr MESZ Dauer 00:12:22" in text(
        evidence(desk, bohrer.customer_id).pdf
    )


def test_what_went_into_another_record_is_in_it(desk, bohrer, clock):
    end_session(desk, bohrer, clock)
    survivor = add_customer(desk, "5", "MVZ Bohrer", "PC")
    with desk.database.write() as connection:
        old = customers.find(connection, bohrer.customer_id)
        customers.update_customer(connection, replace(old, archived=True, merged_into=survivor))
    paper = evidence(desk, survivor)
    assert paper.sessions == 1
    assert "Vertrag vom 15.01.2022" in text(paper.pdf)


def _many(desk, bohrer, count):
    """Write sessions in one go, each a quarter of an hour after the one before."""
    begin = datetime(2022, 1, 3, 8, tzinfo=UTC)
    rows = [
        {
            "number": f"S-2022-{place:05}", "customer_id": bohrer.customer_id,
            "workstation_id": bohrer.reception, "supporter_id": 1, "state": SessionState.ENDED.value,
            "begin": begin + timedelta(minutes=15 * place),
            "day": (begin + timedelta(minutes=15 * place)).date(), "notes": "Drucker\nNeustart",
            "created_at": begin, "customer_name": "ZAP", "workstation_name": "PC",
            "supporter_name": "Klaus", "tariff_from": date(2020, 1, 1), "price_cents": 225,
            "rounding": "started_minute", "vat_rate": Decimal(19), "minimum_seconds": 0, "free_seconds": 0,
            "seconds": 60, "billed_seconds": 60, "net_cents": 225, "vat_cents": 43,
        }
        for place in range(1, count + 1)
    ]  # fmt: skip
    with desk.database.write() as connection:
        connection.execute(insert(session), rows)
        numbers = {row.number: row.id for row in connection.execute(session.select())}
        connection.execute(
            insert(segment),
            [
                {"session_id": numbers[row["number"]], "position": 0, "begin": row["begin"],
                 "end": row["begin"] + timedelta(seconds=60)}
                for row in rows
            ],
        )  # fmt: skip


def test_two_thousand_sessions_in_bounded_time(desk, bohrer):
    _many(desk, bohrer, 2000)
    told = []
    begun = time.monotonic()
    paper = evidence(desk, bohrer.customer_id, progress=lambda *how_far: told.append(how_far))
    assert time.monotonic() - begun < 30
    assert paper.sessions == 2000
    assert told == sorted(told)
    assert told[-1] == (2000, 2000)
    document = reader(paper.pdf)
    count = len(document.pages)
    last = document.pages[-1].extract_text().replace("\u00a0", " ")
    assert "S-2022-02000" in last
    assert f"Seite {count} von {count}" in last
    assert "Nachweis der Fernwartung, ZAP Dr. Bohrer" in document.pages[count // 2].extract_text()
    xmp = document.trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in xmp


def test_no_session_is_torn_apart_that_fits_on_a_page(desk, bohrer):
    _many(desk, bohrer, 40)
    for page in pages(evidence(desk, bohrer.customer_id).pdf):
        assert len(re.findall(r"S-2022-0\d{4}", page)) == page.count("Bericht nicht gesendet")


def test_a_job_that_is_called_off_leaves_no_file(desk, bohrer, tmp_path):
    _many(desk, bohrer, 300)
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) > 100

    target = tmp_path / "nachweis.pdf"
    with pytest.raises(JobCancelled):
        write_evidence(desk, bohrer.customer_id, FIRST, LAST, target, cancelled=cancelled)
    assert list(tmp_path.glob("*.pdf*")) + list(tmp_path.glob(".*")) == []
    assert len(asked) == 101


def test_the_same_records_are_the_same_bytes(desk, bohrer, clock):
    end_session(desk, bohrer, clock)
    assert evidence(desk, bohrer.customer_id).pdf == evidence(desk, bohrer.customer_id).pdf


@pytest.mark.files("what the command says is the same; it is called with a folder here")
def test_the_command_writes_the_same_extract(desk, bohrer, clock, tmp_path, capsys):
    end_session(desk, bohrer, clock)
    target = tmp_path / "nachweis.pdf"
    words = ["evidence", "10017", "--from", "01.01.2022", "--to", "2022-12-31", "--pdf", str(target)]
    desk.close()
    assert run(parse(["--data-dir", str(desk.data.root), *words])) == 0
    assert "S-2022-0001" in text(target.read_bytes())
    said = capsys.readouterr().out
    assert said.startswith("Nachweis für ZAP Dr. Bohrer geschrieben:")
    assert "1 Sitzung" in said
    words[1] = "4711"
    assert run(parse(["--data-dir", str(desk.data.root), *words])) == 1
    assert "4711" in capsys.readouterr().err


def test_the_command_wants_days(capsys):
    with pytest.raises(SystemExit) as found:
        parse(["evidence", "10017", "--from", "gestern", "--to", "01.03.2022", "--pdf", "x.pdf"])
    assert found.value.code == 2
    assert "„gestern“ ist kein Tag" in capsys.readouterr().err

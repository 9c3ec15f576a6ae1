"""Attempts of zero minutes beside sessions that are billed: no sum, no paper and no check is misled."""

from __future__ import annotations

import csv
import json
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from laverma_desk.cli.arguments import parse
from laverma_desk.cli.running import run
from laverma_desk.domain.errors import Rule
from laverma_desk.domain.history import HistoryFilter, HistoryStatus
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.services import corrections, history
from laverma_desk.services.agreements.evidence import make_evidence
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.calls.not_possible import end_as_not_possible
from laverma_desk.services.calls.recurring import sessions_lately
from laverma_desk.services.corrections import Times, advise, correct_session, entry_of, record_attempt
from laverma_desk.services.customers import merging
from laverma_desk.services.importing.sessions import import_sessions
from laverma_desk.services.invoicing.drafts import DraftWish, create_drafts, draft_sessions
from laverma_desk.services.invoicing.issuing import issue_open
from laverma_desk.services.invoicing.open_sessions import open_customers
from laverma_desk.services.invoicing.statements import statement
from laverma_desk.services.invoicing.verifying import FindingKind, verify
from laverma_desk.services.mails.reporting import prepare_report
from laverma_desk.services.privacy.erasure import erase
from laverma_desk.services.privacy.export import export_customer
from laverma_desk.services.setup import house
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage import numbers
from laverma_desk.storage.tables import session
from tests.documents.pdf_reading import text
from tests.support.billing_desks import UNTIL, at
from tests.support.desks import add_bohrer, add_customer, make_desk
from tests.support.fake_clock import FakeClock
from tests.support.invoice_houses import add_practice, make_house
from tests.support.session_steps import broken, machine_of, read

FIRST = date(2022, 2, 1)
ALL = HistoryFilter(None, None)
RATE = 225


@pytest.fixture
def billing_desk(billing_desk):
    """The month of the pictures; its sessions were written with numbers that the desk must not give again."""
    desk, billing = billing_desk
    with desk.database.write() as connection:
        for _session in range(100):
            numbers.take(connection, numbers.SESSIONS, 2022)
    return desk, billing


def _figures(desk, billing):
    """Return everything that adds up: what is open, the statement, the history."""
    shown = statement(desk, billing.bohrer, FIRST, UNTIL)
    total = history.overview(desk, ALL).total
    return (
        open_customers(desk, UNTIL),
        (shown.lines, shown.net_cents, shown.vat_cents, shown.minutes),
        (total.seconds, total.billed_minutes, total.net_cents),
    )


def _attempt(desk, place, reason=NotPossible.NO_INTERNET, minutes=9):
    """Make an attempt of some minutes on 20 February 2022, whatever the clock says afterwards."""
    now = desk.clock.now()
    desk.clock.set_wall(at(20, 9, 0))
    begun = timekeeping.start_session(desk, place.id).value
    desk.clock.advance(minutes=minutes)
    ended = end_as_not_possible(desk, begun.id, reason).value
    desk.clock.set_wall(now)
    return ended


def test_attempts_change_no_sum(billing_desk):
    desk, billing = billing_desk
    before = _figures(desk, billing)
    house.save_tariff(desk, replace(house.read_house(desk).tariffs[0], minimum_seconds=900, valid_from=FIRST))
    for place in billing.places.values():
        for reason in NotPossible:
            if reason is not NotPossible.OTHER:
                _attempt(desk, place, reason)
    assert _figures(desk, billing) == before
    assert history.overview(desk, ALL).total.sessions > 26


def test_no_draft_takes_an_attempt(billing_desk):
    desk, billing = billing_desk
    one = _attempt(desk, billing.places["10017", "Server"])
    both = (*billing.sessions["10017"], one.id)
    broken(Rule.OPEN_SESSIONS_CHANGED, create_drafts, desk, [DraftWish(billing.bohrer, both)], UNTIL)
    made = create_drafts(desk, [DraftWish(billing.bohrer, billing.sessions["10017"])], UNTIL).value[0]
    assert one.id not in {row.id for row in draft_sessions(desk, made)}


def test_a_drafted_session_that_becomes_an_attempt_leaves_its_draft(billing_desk):
    desk, billing = billing_desk
    number = billing.sessions["10017"][0]
    made = create_drafts(desk, [DraftWish(billing.bohrer, billing.sessions["10017"])], UNTIL).value[0]
    timekeeping.reopen_session(desk, number)
    end_as_not_possible(desk, number, NotPossible.NO_INTERNET)
    assert number not in {row.id for row in draft_sessions(desk, made)}


def test_issuing_and_verifying_beside_attempts(billing_desk):
    desk, billing = billing_desk
    one = _attempt(desk, billing.places["10017", "Server"])
    issued = issue_open(desk, DraftWish(billing.bohrer, billing.sessions["10017"]), UNTIL).value
    assert issued.row.net_cents == 14850
    assert one.number not in text(issued.pdf)
    assert verify(desk) == ()
    assert read(desk, one.id).invoice_number is None


def test_verify_and_check_name_an_attempt_that_was_tampered_with(billing_desk):
    desk, billing = billing_desk
    one = _attempt(desk, billing.places["10017", "Server"])
    issued = issue_open(desk, DraftWish(billing.bohrer, billing.sessions["10017"]), UNTIL).value
    assert check_desk(desk).sound
    with desk.database.write() as connection:
        connection.execute(update(session).where(session.c.id == one.id).values(net_cents=2025))
    assert check_desk(desk).attempts == (one.number,)
    assert not check_desk(desk).sound
    with desk.database.write() as connection:
        values = {"net_cents": 0, "invoice_number": issued.row.number}
        connection.execute(update(session).where(session.c.id == one.id).values(**values))
    assert check_desk(desk).attempts == (one.number,)
    assert FindingKind.SESSION_STRAY in {found.kind for found in verify(desk)}
    with pytest.raises(IntegrityError), desk.database.write() as connection:
        connection.execute(update(session).where(session.c.id == one.id).values(not_possible=""))


def test_the_command_line_names_it(billing_desk, capsys):
    desk, billing = billing_desk
    one = _attempt(desk, billing.places["10017", "Server"])
    where = ["--data-dir", str(desk.data.root), "--language", "de"]
    if desk.database.shared:
        where += ["--database", desk.database.address.url]
    assert run(parse([*where, "check"])) == 0
    with desk.database.write() as connection:
        connection.execute(update(session).where(session.c.id == one.id).values(billable=True))
    capsys.readouterr()
    assert run(parse([*where, "check"])) == 1
    assert f"{one.number} war nicht möglich, trotzdem zählt" in capsys.readouterr().err


def test_the_history_names_it_and_filters_by_it(billing_desk):
    desk, billing = billing_desk
    one = _attempt(desk, billing.places["10017", "Server"], NotPossible.DECLINED)
    day = date(2022, 2, 20)
    row = next(found for found in history.rows(desk, ALL, day, 0, 10) if found.id == one.id)
    assert (row.not_possible, row.seconds, row.net_cents, row.billable) == (NotPossible.DECLINED, 0, 0, False)
    assert not row.corrected, "an attempt is no correction"
    found = {
        status: history.overview(desk, replace(ALL, status=status)).total.sessions for status in HistoryStatus
    }
    assert (found[HistoryStatus.NOT_POSSIBLE], found[HistoryStatus.FREE]) == (1, 1)
    assert found[HistoryStatus.OPEN] == found[HistoryStatus.ALL] - 2


def test_lists_name_it(billing_desk, tmp_path):
    desk, billing = billing_desk
    one = _attempt(desk, billing.places["10017", "Server"])
    file = tmp_path / "alle.csv"
    history.export_history(desk, ALL, file, "csv")
    with file.open(encoding="utf-8-sig", newline="") as reader:
        rows = {row["Nummer"]: row for row in csv.DictReader(reader, delimiter=";")}
    mine = rows.pop(one.number)
    assert (mine["Nicht möglich"], mine["Sekunden"], mine["Netto"], mine["Abrechnen"]) == (
        "kein Internet", "0", "0,00", "nein",
    )  # fmt: skip
    assert {row["Nicht möglich"] for row in rows.values()} == {""}
    history.export_history(desk, ALL, tmp_path / "alle.xlsx", "xlsx")


def test_access_and_erasure(billing_desk, tmp_path):
    desk, billing = billing_desk
    one = _attempt(desk, billing.places["10017", "Server"])
    call_sheet.save_notes(desk, one.id, "Router der Praxis war aus", "")
    export_customer(desk, billing.bohrer, tmp_path / "auskunft.zip")
    with ZipFile(tmp_path / "auskunft.zip") as archive:
        table = archive.read("sitzungen.csv").decode("utf-8-sig")
        paper = text(archive.read("Auskunft.pdf"))
        data = json.loads(archive.read("daten.json"))
    assert "nicht möglich: kein Internet" in table
    assert "nicht möglich: kein Internet" in paper
    assert "no_internet" in json.dumps(data)
    erase(desk, billing.bohrer, "10017", "Verlangen")
    left = read(desk, one.id)
    assert left.notes == ""
    assert left.charge is None or (left.charge.seconds, left.charge.net_cents) == (0, 0)
    assert check_desk(desk).attempts == ()
    assert check_desk(desk).sound


def test_a_report_of_an_attempt_says_so(billing_desk):
    desk, billing = billing_desk
    one = _attempt(desk, billing.places["10017", "Server"], NotPossible.DOES_NOT_BOOT)
    found = prepare_report(desk, one.id)
    said = text(found.pdf)
    for words in ("nicht möglich: PC startet nicht", "Versuch, kostenlos", "0,00", "00:00:00"):
        assert words in said
    assert "Pausen" not in said
    assert "Minute zählt" not in said
    assert "Auftragsverarbeitung" not in said, "nothing was accessed that one is needed for"


def test_the_record_says_so(billing_desk):
    desk, billing = billing_desk
    _attempt(desk, billing.places["10017", "Server"])
    said = text(make_evidence(desk, billing.bohrer, FIRST, UNTIL).pdf)
    assert "nicht möglich: kein Internet" in said
    assert "abgerechnet" in said


def test_a_correction_keeps_it_an_attempt(billing_desk):
    desk, billing = billing_desk
    one = _attempt(desk, billing.places["10017", "Server"])
    entry = replace(entry_of(one), end=one.end + timedelta(hours=1), notes="noch einmal versucht")
    after = correct_session(desk, one.id, entry, "war länger").value
    assert (after.not_possible, after.charge.seconds, after.charge.net_cents) == (
        NotPossible.NO_INTERNET,
        0,
        0,
    )
    assert after.end == entry.end
    billed = replace(entry_of(after), billable=True)
    assert correct_session(desk, one.id, billed, "Versuch").value == after, "it is never billed as one"
    other = replace(entry_of(after), not_possible=NotPossible.OTHER, notes="")
    broken(Rule.NOTES_MISSING, correct_session, desk, one.id, other, "falscher Grund")
    lines = [(line.field, line.old, line.new) for line in timekeeping.session_history(desk, one.id)]
    assert ("notes", "", "noch einmal versucht") in lines


def test_a_correction_can_say_that_it_took_place(billing_desk):
    desk, billing = billing_desk
    one = _attempt(desk, billing.places["10017", "Server"])
    times = Times(one.begin, one.end, one.workstation_id, one.supporter_id)
    assert advise(desk, times, one.id).charge.net_cents == 9 * RATE
    assert advise(desk, replace(times, took_place=False), one.id).charge.net_cents == 0
    entry = replace(entry_of(one), not_possible=None, billable=True)
    after = correct_session(desk, one.id, entry, "ging dann doch").value
    assert (after.not_possible, after.charge.seconds, after.charge.net_cents) == (None, 540, 9 * RATE)
    assert one.id in {row.id for practice in open_customers(desk, UNTIL) for row in practice.sessions}
    line = next(found for found in timekeeping.session_history(desk, one.id) if found.field == "not_possible")
    assert (line.old, line.new, line.reason) == ("no_internet", "", "ging dann doch")


def test_what_took_place_after_all_without_an_agreement_owes_a_reason(desk, bohrer, clock):
    place = machine_of(desk, add_customer(desk, "2", "Praxis ohne AVV", "PC", has_agreement=False))
    made = record_attempt(desk, place, NotPossible.NO_INTERNET).value
    clock.advance(minutes=30)
    entry = replace(entry_of(made), not_possible=None, billable=True, end=made.begin + timedelta(minutes=5))
    correct_session(desk, made.id, entry, "ging dann doch")
    assert corrections.is_reason_owed(desk, made.id)


def test_a_file_read_again_leaves_an_attempt_alone(desk, bohrer, clock, tmp_path):
    file = tmp_path / "alt.csv"
    head = "Kundennummer;Arbeitsplatz;Anfang;Dauer;Supporter;Abrechnen;Notizen\n"
    file.write_text(head + "10017;Server;01.02.2022 09:00;00:10:00;Klaus Klassen;ja;Update\n", "utf-8")
    import_sessions(desk, file)
    timekeeping.reopen_session(desk, 1)
    end_as_not_possible(desk, 1, NotPossible.NO_INTERNET)
    file.write_text(head + "10017;Server;01.02.2022 09:00;00:20:00;Klaus Klassen;ja;Update\n", "utf-8")
    import_sessions(desk, file)
    found = read(desk, 1)
    assert (found.charge.seconds, found.charge.net_cents, found.billable) == (0, 0, False)
    assert check_desk(desk).attempts == ()


def test_how_often_a_machine_was_in_trouble(desk, bohrer, clock):
    for count in range(1, 6):
        begun = timekeeping.start_session(desk, bohrer.reception).value
        assert sessions_lately(desk, bohrer.reception, begun) == (count if count >= 3 else 0)
        if count % 2:
            end_as_not_possible(desk, begun.id, NotPossible.NO_INTERNET)
        else:
            timekeeping.end_session(desk, begun.id)
        clock.advance(days=6)
    assert sessions_lately(desk, bohrer.reception) == 5
    assert sessions_lately(desk, bohrer.server) == 0
    clock.advance(days=1)
    assert sessions_lately(desk, bohrer.reception) == 4, "the first was 31 days ago"


def test_the_machine_of_a_merged_record_is_the_same(desk, bohrer, clock):
    double = add_customer(desk, "77", "ZAP Bohrer", "pc rezeption")
    for place in (machine_of(desk, double), machine_of(desk, double), bohrer.reception):
        timekeeping.end_session(desk, timekeeping.start_session(desk, place).value.id)
        clock.advance(minutes=5)
    assert sessions_lately(desk, bohrer.reception) == 0
    merging.merge(desk, bohrer.customer_id, double, {}, "doppelt angelegt")
    assert sessions_lately(desk, bohrer.reception) == 3


_ENDS = st.sampled_from(["billed", "free", "attempt", "taken back", "after all"])


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 300), _ENDS), min_size=1, max_size=6))
def test_whatever_becomes_of_sessions_only_what_took_place_is_billed(told):
    with tempfile.TemporaryDirectory() as folder:
        clock = FakeClock()
        desk = make_house(Path(folder) / "desk", clock)
        try:
            place = add_practice(desk)
            reason = house.read_house(desk).free_reasons[0].id
            expected = sum(_play(desk, clock, place.id, minutes, end, reason) for minutes, end in told)
            today = clock.now().date()
            found = open_customers(desk, today)
            assert sum(one.net_cents for one in found) == expected
            shown = statement(desk, place.customer_id, date(2022, 1, 1), today)
            assert shown.net_cents == expected
            assert history.overview(desk, ALL).total.net_cents == expected
            if found:
                wish = DraftWish(place.customer_id, tuple(one.id for one in found[0].sessions))
                assert issue_open(desk, wish, today).value.row.net_cents == expected
            assert verify(desk) == ()
            assert check_desk(desk).sound
        finally:
            desk.close()


def _play(desk, clock, place, minutes, end, reason):
    number = timekeeping.start_session(desk, place).value.id
    call_sheet.save_notes(desk, number, "Drucker", "")
    clock.advance(minutes=minutes)
    if end == "free":
        call_sheet.save_billing(desk, number, billable=False, free_reason_id=reason)
    if end in {"billed", "free"}:
        timekeeping.end_session(desk, number)
        return minutes * RATE if end == "billed" else 0
    one = end_as_not_possible(desk, number, NotPossible.NO_INTERNET).value
    if end == "attempt":
        return 0
    if end == "taken back":
        timekeeping.reopen_session(desk, number)
        timekeeping.end_session(desk, number)
    else:
        correct_session(desk, number, replace(entry_of(one), not_possible=None, billable=True), "doch")
    return minutes * RATE


def test_an_attempt_without_an_agreement_is_no_session_without_one(desk, bohrer, clock):
    place = machine_of(desk, add_customer(desk, "2", "Praxis ohne AVV", "PC", has_agreement=False))
    record_attempt(desk, place, NotPossible.NO_INTERNET)
    assert history.overview(desk, replace(ALL, status=HistoryStatus.WITHOUT_AGREEMENT)).total.sessions == 0
    day = clock.now().date()
    assert not history.rows(desk, ALL, day, 0, 1)[0].without_agreement


def test_what_was_exported_is_an_attempt_again_on_another_desk(desk, bohrer, clock, tmp_path):
    for reason in (NotPossible.NO_INTERNET, NotPossible.DECLINED):
        record_attempt(desk, bohrer.server, reason, "Router aus")
        clock.advance(minutes=1)
    file = tmp_path / "alle.csv"
    history.export_history(desk, ALL, file, "csv")
    other = make_desk(tmp_path / "zweiter", clock)
    try:
        add_bohrer(other)
        assert import_sessions(other, file).value.tally.added == 2
        assert import_sessions(other, file).value.tally.added == 0
        rows = history.rows(other, ALL, clock.now().date(), 0, 10)
        assert {one.not_possible for one in rows} == {NotPossible.NO_INTERNET, NotPossible.DECLINED}
        assert history.overview(other, ALL).total.net_cents == 0
        assert check_desk(other).sound
    finally:
        other.close()
    file.write_text(file.read_text("utf-8-sig").replace("kein Internet", "Hund"), "utf-8")
    error = broken(Rule.FILE_HAS_BAD_ROWS, import_sessions, desk, file)
    assert error.problems[0].place == "Nicht möglich"

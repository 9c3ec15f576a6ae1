"""What is done on a disk that fails, and what must have come of it in the end."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from laverma_desk import settings
from laverma_desk.domain.history import HistoryFilter
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services import files, history
from laverma_desk.services.backups import plan, restoring, taking
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.desk import Desk
from laverma_desk.services.desktop import entry
from laverma_desk.services.importing.session_rows import COLUMNS
from laverma_desk.services.importing.sessions import import_sessions
from laverma_desk.services.invoicing import cancelling, issuing, verifying
from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.services.mails import queueing, report_file, reporting
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.services.setup import house
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage import backup_sealing, customers
from tests.nothing_lost import call_ledger, invoice_books
from tests.nothing_lost.full_disk_play import Play
from tests.nothing_lost.power_games import OLDER_SESSIONS, prepare_house, prepare_older
from tests.nothing_lost.power_player import PHRASE
from tests.support.desks import lay_out
from tests.support.ended_sessions import ended_sessions
from tests.support.fake_clock import FakeClock
from tests.support.past_sessions import past_session

NOTES = "Neustart des PC\n" * 400
UNTIL = date(2022, 2, 28)


@dataclass(frozen=True)
class Scene:
    """How its folder is made, what is done, and how one sees that all of it was done once."""

    prepare: Callable[[Path], None]
    play: Callable[[Play], None]
    verify: Callable[[Path, Desk], None]


def _rows(desk: Desk, statement: str) -> list[tuple[Any, ...]]:
    with desk.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


# ---- a call -----------------------------------------------------------------------------------------------


def _call(play: Play) -> None:
    with play.opened() as desk:
        with desk.database.read() as connection:
            place = customers.every_workstation(connection)[0].id
        number = play.act("start", lambda: timekeeping.start_session(desk, place)).value.id
        for words in ("", "Anruf", NOTES):
            play.act("notes", lambda w=words: call_sheet.save_notes(desk, number, w, w[::-1]))
        play.act("pause", lambda: timekeeping.pause_session(desk, number))
        play.act("resume", lambda: timekeeping.resume_session(desk, number))
        play.act("end", lambda: timekeeping.end_session(desk, number))
        play.act("queue", lambda: queueing.queue_report(desk, number))


def _see_call(_root: Path, desk: Desk) -> None:
    assert _rows(desk, "SELECT state, notes, internal_note, report_open FROM session") == [
        ("ended", NOTES, NOTES[::-1], 0)
    ]
    assert _rows(desk, "SELECT COUNT(*), MIN(state), MAX(session_id) FROM message") == [(1, "waiting", 1)]
    assert _rows(desk, "SELECT COUNT(*), COUNT(end) FROM segment") == [(2, 2)]


# ---- invoices ---------------------------------------------------------------------------------------------


def _prepare_invoice(root: Path) -> None:
    desk = invoice_books.new_house(root / "desk")
    with desk.database.write() as connection:
        place = customers.every_workstation(connection)[0]
        past_session(connection, place, datetime(2022, 2, 3, 8, tzinfo=UTC), notes="Neustart")
    desk.close()


def _invoice(play: Play) -> None:
    with play.opened() as desk:
        wish = DraftWish(1, (1,))
        one = play.act("issue", lambda: issuing.issue_open(desk, wish, UNTIL)).value
        play.act("cancel", lambda: cancelling.cancel_invoice(desk, one.row.id, "falscher Kunde"))
        play.act("issue again", lambda: issuing.issue_open(desk, wish, UNTIL))


def _see_invoices(_root: Path, desk: Desk) -> None:
    assert _rows(desk, "SELECT kind, COUNT(*) FROM invoice GROUP BY kind ORDER BY kind") == [
        ("cancellation", 1),
        ("invoice", 2),
    ]
    ranges = dict(_rows(desk, "SELECT kind, last FROM number_range"))
    assert (ranges["invoice"], ranges["cancellation"]) == (2, 1), f"numbers: {ranges}"
    assert verifying.verify(desk) == ()


# ---- copies, a migration, a new desk -----------------------------------------------------------------------


def _name(play: Play, desk: Desk, slogan: str) -> None:
    company = replace(house.read_house(desk).company, slogan=slogan)
    play.act("house", lambda: house.save_company(desk, company))


def _copies(play: Play) -> None:
    backup_sealing.WORK = 2
    clock = FakeClock()
    with play.opened(clock) as desk:
        plain = play.act("copy", lambda: taking.take_copy(desk)).file
        _name(play, desk, "danach")
        clock.advance(days=1)
        play.act("locked copy", lambda: taking.take_copy(desk, PHRASE))
        data = desk.data
    preview = play.act("preview", lambda: restoring.preview_restore(data, plain))
    play.act("restore", lambda: restoring.restore(data, preview, clock))


def _see_copies(root: Path, desk: Desk) -> None:
    assert house.read_house(desk).company.slogan == "IT für Zahnarztpraxen", "the copy was not brought back"
    slogans = {}
    for file in sorted((root / "desk" / "backups").iterdir()):
        preview = restoring.preview_restore(desk.data, file, PHRASE)
        with closing(sqlite3.connect(preview.prepared)) as raw:
            (value,) = raw.execute("SELECT value FROM setting WHERE key = 'company'").fetchone()
        slogans[file.name.partition("T")[2].partition("-")[2] or file.suffix] = json.loads(value)["slogan"]
        restoring.drop_preview(preview)
    assert slogans[".age"] == slogans["before-restore.sqlite3"] == "danach", slogans
    lying = [one.name for one in (root / "desk").iterdir() if one.name.startswith(".")]
    assert lying == [], f"left lying: {lying}"


def _prepare_older(root: Path) -> None:
    prepare_older(root, 0)


def _older(play: Play) -> None:
    with play.opened():
        pass


def _see_older(_root: Path, desk: Desk) -> None:
    found = [notes for (notes,) in _rows(desk, "SELECT notes FROM session ORDER BY id")]
    assert found == [f"Arbeit {one}" for one in range(1, OLDER_SESSIONS + 1)]


def _new(play: Play) -> None:
    with play.opened() as desk:
        play.act("prepare", lambda: lay_out(desk))


def _see_new(_root: Path, desk: Desk) -> None:
    assert house.read_house(desk).company.slogan == "IT für Zahnarztpraxen"
    assert [one.name for one in house.read_house(desk).supporters] == ["Klaus Klassen"]


# ---- settings and papers ----------------------------------------------------------------------------------


def _choices(play: Play) -> None:
    machine = play.root / "config" / "machine.ini"
    with play.opened() as desk:
        _name(play, desk, "gewählt")
        play.act("tariff", lambda: house.save_tariff(desk, Tariff(date(2020, 1, 1), 300)))
        folder = play.root / "papers"
        mine = desk.data.root / "backups.json"
        play.act("plan", lambda: plan.change_plan(desk.data, folder=folder), kept=mine)
        play.act("plan", lambda: plan.change_plan(desk.data, sealed=True), kept=mine)
    for size in (125, 150):
        settings.change(machine, text_size=size)  # What this machine looks like is not worth a word.
        kept = settings.load(machine).text_size
        assert kept in (100, 125, size), f"machine.ini is half-written: {kept}"
    play.weather.lift()
    settings.change(machine, text_size=200)
    assert settings.load(machine).text_size == 200


def _see_choices(root: Path, desk: Desk) -> None:
    kept = house.read_house(desk)
    assert (kept.company.slogan, kept.tariffs[0].price_cents) == ("gewählt", 300)
    assert (plan.read_plan(desk.data).folder, plan.read_plan(desk.data).sealed) == (root / "papers", True)


def _papers(play: Play) -> None:
    papers = play.root / "papers"
    with play.opened() as desk:
        with desk.database.read() as connection:
            (session,) = ended_sessions(connection)
        report, wanted = papers / "report.pdf", HistoryFilter(None, None)
        for _ in range(2):
            play.act("report", lambda: report_file.write_report(desk, session, report), kept=report)
        for kind in ("csv", "xlsx"):
            table = papers / f"sessions.{kind}"
            play.act("table", lambda k=kind, t=table: history.export_history(desk, wanted, t, k), kept=table)
        play.act("picture", lambda: files.copy_to_look_at(desk, "seen.pdf", NOTES.encode()))
        prepared = reporting.prepare_report(desk, session.id)
        words = ReportWords(prepared.recipient, prepared.subject, prepared.body)
        play.act("draft", lambda: queueing.draft_of_report(desk, session.id, words))
        play.act("menu", lambda: entry.install(tel=True))


def _see_papers(root: Path, desk: Desk) -> None:
    papers = root / "papers"
    names = ["report.pdf", "sessions.csv", "sessions.xlsx"]
    assert sorted(one.name for one in papers.iterdir()) == names
    assert (papers / "report.pdf").read_bytes().rstrip().endswith(b"%%EOF")
    drafts = sorted(one.name for one in desk.data.drafts.iterdir())
    assert len(drafts) == 2, drafts
    assert (
        hashlib.sha256((desk.data.drafts / "seen.pdf").read_bytes()).digest()
        == hashlib.sha256(NOTES.encode()).digest()
    )
    assert entry.read_state().tel


def _prepare_import(root: Path) -> None:
    prepare_house(root, 0)
    rows = [
        f"10017;PC Rezeption;{1 + number % 28:02}.02.2021 {8 + number // 28:02}:00;00:12:22;Klaus Klassen;;"
        f"Arbeit {number};ja;"
        for number in range(280)
    ]
    (root / "papers" / "sessions.csv").write_text("\n".join([";".join(COLUMNS), *rows]), "utf-8")


def _import(play: Play) -> None:
    with play.opened() as desk:
        play.act("import", lambda: import_sessions(desk, play.root / "papers" / "sessions.csv"))


def _see_import(_root: Path, desk: Desk) -> None:
    assert _rows(desk, "SELECT COUNT(*), COUNT(DISTINCT number) FROM session") == [(281, 281)]
    assert check_desk(desk).sound


def _prepare_call(root: Path) -> None:
    call_ledger.new_desk(root / "desk").close()


def _prepare_house(root: Path) -> None:
    prepare_house(root, 0)


def _nothing(_root: Path) -> None:
    pass


SCENES = {
    "call": Scene(_prepare_call, _call, _see_call),
    "invoices": Scene(_prepare_invoice, _invoice, _see_invoices),
    "copies": Scene(_prepare_house, _copies, _see_copies),
    "older_desk": Scene(_prepare_older, _older, _see_older),
    "new_desk": Scene(_nothing, _new, _see_new),
    "choices": Scene(_prepare_house, _choices, _see_choices),
    "papers": Scene(_prepare_house, _papers, _see_papers),
    "import": Scene(_prepare_import, _import, _see_import),
}

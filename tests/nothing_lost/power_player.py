"""A watched process that works at a real desk and says what is done: `GAME FOLDER SEED [careless]`.

Each act has a line before it (`try`) and one after the service has returned (`done`). `careless` opens
the desk as it must never be: nothing waits for the disk. The trial of the power cut has to find what that
loses.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from laverma_desk import settings
from laverma_desk.domain.clock import Clock, SystemClock
from laverma_desk.domain.history import HistoryFilter
from laverma_desk.domain.tariff import Tariff
from laverma_desk.paths import DataDir
from laverma_desk.services import files, history
from laverma_desk.services.backups import plan, restoring, taking
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.services.desktop import freedesktop
from laverma_desk.services.mails import queueing, report_file, reporting
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.services.setup import house
from laverma_desk.storage import backup_sealing
from tests.nothing_lost.call_player import Player
from tests.nothing_lost.forked_player import say
from tests.nothing_lost.invoice_player import Biller
from tests.support.desks import lay_out, memory_secrets
from tests.support.ended_sessions import ended_sessions
from tests.support.fake_clock import FakeClock

PHRASE = "grüne Bäume im März"
CALL_STEPS, BILL_STEPS, CHANGES, COPY_ROUNDS = 400, 8, 30, 3


def _open(root: Path, clock: Clock | None = None) -> Desk:
    return open_desk(DataDir(root / "desk"), clock or SystemClock(), memory_secrets())


def _wait_for_no_disk(connection: Any, *_others: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def promise(key: str, value: Any, act: Callable[[], object]) -> None:
    """Do what gives a key its value, and say so before and after."""
    say(**{"try": key}, value=value)
    act()
    say(done=key, value=value)


def calls(root: Path, seed: int) -> None:
    """Start, type, pause, end and send."""
    desk = _open(root)
    vigilance.recover(desk)
    player = Player(desk, seed)
    for _ in range(CALL_STEPS):
        player.step()


def invoices(root: Path, seed: int) -> None:
    """Issue invoices and take some back."""
    biller = Biller(_open(root), seed, 0.0)
    for _ in range(BILL_STEPS):
        biller.step()


def new_desk(root: Path, _seed: int) -> None:
    """Begin with no desk at all."""
    desk = _open(root)
    say(done="open")
    lay_out(desk)
    _name_house(desk, "frisch")


def _name_house(desk: Desk, slogan: str) -> None:
    company = replace(house.read_house(desk).company, slogan=slogan)
    promise("slogan", slogan, lambda: house.save_company(desk, company))


def older_desk(root: Path, _seed: int) -> None:
    """Open a desk of an older program, and go on with its session."""
    desk = _open(root)
    say(done="open")
    (running,) = timekeeping.strip_sessions(desk)
    for words in ("nach dem Update", "weiter"):
        promise("notes", words, lambda w=words: call_sheet.save_notes(desk, running.id, w, ""))
    desk.close()
    _name_house(_open(root), "danach")


def choices(root: Path, seed: int) -> None:
    """Change settings of the house and of this machine."""
    desk, chance = _open(root), random.Random(seed)
    machine = root / "config" / "Laverma Desk" / "machine.ini"
    for count in range(CHANGES):
        match chance.randrange(5):
            case 0:
                _name_house(desk, f"Wahl {count}" * chance.randrange(1, 50))
            case 1:
                promise(
                    "cents", 200 + count,
                    lambda c=count: house.save_tariff(desk, Tariff(date(2020, 1, 1), 200 + c)),
                )  # fmt: skip
            case 2:
                paths = {"teamviewer": f"/opt/{count}" * chance.randrange(1, 200)}
                promise("machine", paths, lambda p=paths: settings.change(machine, tool_paths=p))
            case 3:
                folder = str(root / f"copies {count}")
                promise("plan", folder, lambda f=folder: plan.change_plan(desk.data, folder=Path(f)))
            case _:
                pairs = [(f"Baustein {count}", "Satz." * chance.randrange(1, 300))]
                promise("snippets", pairs, lambda p=pairs: house.save_snippets(desk, p))


def papers(root: Path, seed: int) -> None:
    """Save reports, tables, pictures of documents, drafts for the mail program and a menu entry as files."""
    desk, chance = _open(root), random.Random(seed)
    with desk.database.read() as connection:
        (session,) = ended_sessions(connection)
    for count in range(6):
        say(**{"try": "papers/report.pdf"})
        report_file.write_report(desk, session, root / "papers" / "report.pdf")
        _say_file(root, root / "papers" / "report.pdf")
        content = chance.randbytes(chance.randrange(1, 60_000))
        sha = hashlib.sha256(content).hexdigest()
        place = root / "papers" / f"{count % 2}.bin"
        promise(f"papers/{place.name}", sha, lambda p=place, c=content: files.save_file(desk, p, c))
        shown = hashlib.sha256(content[::-1]).hexdigest()
        promise(
            "desk/drafts/seen.pdf", shown,
            lambda c=content[::-1]: files.copy_to_look_at(desk, "seen.pdf", c),
        )  # fmt: skip
    for kind in ("csv", "xlsx"):
        place = root / "papers" / f"sessions.{kind}"
        say(**{"try": f"papers/{place.name}"})
        history.export_history(desk, HistoryFilter(None, None), place, kind)
        _say_file(root, place)
    prepared = reporting.prepare_report(desk, session.id)
    words = ReportWords(prepared.recipient, prepared.subject, prepared.body)
    say(**{"try": "draft"})
    _say_file(root, queueing.draft_of_report(desk, session.id, words).value)
    say(**{"try": "menu"})
    freedesktop.install(["/opt/laverma desk/bin/laverma-desk"], tel=True)
    _say_file(root, freedesktop.places().entry)
    _say_file(root, freedesktop.places().defaults)


def _say_file(root: Path, file: Path) -> None:
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    say(done=str(file.relative_to(root)), value=sha)


def copies(root: Path, seed: int) -> None:
    """Copy the desk, in plain and locked, go on, bring a copy back, and so on from day to day."""
    backup_sealing.WORK = 2
    clock, chance = FakeClock(), random.Random(seed)
    for count in range(COPY_ROUNDS):
        clock.advance(days=1)
        desk = _open(root, clock)
        made: list[tuple[Path, str]] = []
        for phrase in (None, PHRASE):
            _name_house(desk, f"{count} {phrase}" + "x" * chance.randrange(5000))
            slogan = house.read_house(desk).company.slogan
            clock.advance(minutes=1)
            say(**{"try": "copy"})
            taken = taking.take_copy(desk, phrase)
            made.append((taken.file, slogan))
            say(done=f"copy {taken.file.name}", value=slogan)
            clock.advance(days=1)
        _name_house(desk, f"{count} heute")
        chosen, slogan = chance.choice(made)
        preview = restoring.preview_restore(desk.data, chosen, PHRASE)
        say(**{"try": "slogan"}, value=slogan)
        desk.close()
        restored = restoring.restore(desk.data, preview, clock)
        assert restored.kept is not None
        say(done="slogan", value=slogan)
        say(done=f"copy {restored.kept.name}", value=f"{count} heute")


GAMES: dict[str, Callable[[Path, int], None]] = {
    one.__name__: one for one in (calls, invoices, new_desk, older_desk, choices, papers, copies)
}


if __name__ == "__main__":
    if sys.argv[4:] == ["careless"]:
        event.listen(Pool, "checkout", _wait_for_no_disk)
    GAMES[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))

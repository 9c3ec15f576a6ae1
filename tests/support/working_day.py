"""A day of the real program in a process of its own, which says what it left.

The window opens, somebody sets up the mail account, helps, mails, copies, exports and closes it; then
commands work on the same desk. Umask, folder, mail server and passwords come as one JSON line on standard
input, so that no command line has them. What it answers is JSON: every file that was seen, and whatever the
program told.
"""

# ruff: noqa: PTH118 (a thousand times a second)

from __future__ import annotations

import io
import json
import logging
import os
import stat
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from laverma_desk import app, program, settings
from laverma_desk.__main__ import main
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.history import HistoryFilter
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.explain import explain
from laverma_desk.services import files, remote_tools, upkeep
from laverma_desk.services.backups import taking
from laverma_desk.services.backups.passphrase import keep_passphrase
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.desk import Desk
from laverma_desk.services.exporting.session_table import write_session_table
from laverma_desk.services.invoicing import issuing
from laverma_desk.services.jobs import never, silent
from laverma_desk.services.mails import delivery, outbox, queueing
from laverma_desk.services.mails.attempting import try_account
from laverma_desk.services.privacy import export
from laverma_desk.services.setup import house, house_mail
from tests.support.desks import add_bohrer, lay_out
from tests.support.invoice_houses import COMPANY, add_practice, add_sessions, use_format, wish

_PAUSE_MS = 20


@dataclass
class Seen:
    """Every file and folder below a place that existed at some moment, with the widest rights it had."""

    place: Path
    modes: dict[str, int] = field(default_factory=dict)
    going_on: bool = True

    def look(self) -> None:
        for folder, names, leaves in os.walk(self.place):
            for name in (*names, *leaves):
                path = os.path.join(folder, name)
                try:
                    mode = os.lstat(path).st_mode
                except OSError:
                    continue
                if not stat.S_ISLNK(mode):
                    self.modes[path] = self.modes.get(path, 0) | mode

    def watch(self) -> None:
        while self.going_on:
            self.look()
            time.sleep(0.002)


class Day(QObject):
    """Does one thing after the other in the open window."""

    def __init__(self, running: program.Program, told: dict[str, Any]) -> None:
        super().__init__()
        self.program, self.told = running, told
        self.words: list[str] = []
        self.steps = self.things_to_do()
        QTimer.singleShot(_PAUSE_MS, self, self.go_on)

    def go_on(self) -> None:
        try:
            next(self.steps)
        except StopIteration:
            self.program._shell.close()
        except Exception:  # noqa: BLE001 (whatever it is, the test wants to know)
            self.words.append(traceback.format_exc())
            os._exit(_say({"broken": self.words}))
        else:
            QTimer.singleShot(_PAUSE_MS, self, self.go_on)

    def attempt(self, work: Callable[[], object]) -> None:
        """Do what may be refused, and keep what is said then."""
        try:
            self.words.append(repr(work()))
        except DeskError as error:
            self.words += [repr(error), str(error), explain(error)]

    def things_to_do(self) -> Iterator[None]:
        while self.program._running is None:
            yield
        logging.getLogger().setLevel(logging.DEBUG)
        desk: Desk = self.program._running._desk
        secret, wrong, phrase = (self.told[one] for one in ("password", "wrong", "phrase"))
        lay_out(desk)
        house.save_company(desk, COMPANY)
        place = add_bohrer(desk)
        account = MailAccount(
            host="127.0.0.1", port=self.told["port"], security=Security.STARTTLS, user=self.told["user"],
            sender="bericht@laverma.example", copy_to_self=False,
        )  # fmt: skip
        self.attempt(lambda: try_account(desk, account, wrong, timeout=5))
        self.attempt(lambda: house_mail.save_mail_account(desk, account, secret))
        self.attempt(lambda: try_account(desk, account, None, timeout=5))
        yield
        yield from self.help_and_mail(desk, place.reception)
        self.attempt(lambda: keep_passphrase(desk, phrase))
        self.attempt(lambda: taking.take_copy(desk))
        for number in (1, 2):
            target = self.out / f"sicherung-{number}.age"
            self.attempt(lambda target=target: upkeep.back_up(desk, target, phrase))
        yield
        yield from self.bill_and_export(desk, place.customer_id)
        self.break_down(secret, phrase)
        settings.change(text_size=100, watched_log=str(self.out / "Connections.txt"))
        yield

    @property
    def out(self) -> Path:
        return Path(self.told["out"])

    def help_and_mail(self, desk: Desk, place: int) -> Iterator[None]:
        for turn in range(2):
            session = timekeeping.start_session(desk, place).value
            call_sheet.save_notes(desk, session.id, f"Neustart {turn}", "")
            tool = {session.tool.value: self.told["tool"]}
            self.attempt(lambda one=session.id, tool=tool: remote_tools.start(desk, one, {}, tool))
            yield
            timekeeping.end_session(desk, session.id)
            queued = queueing.queue_report(desk, session.id).value
            delivery.hurry(desk)
            self.attempt(lambda number=queued.message_id: delivery.send_message(desk, number, timeout=5))
            self.attempt(lambda number=queued.message_id: outbox.draft_of_message(desk, number))
            yield

    def bill_and_export(self, desk: Desk, customer: int) -> Iterator[None]:
        use_format(desk, InvoiceFormat.ZUGFERD)
        practice = add_practice(desk, "10018", "MVZ Am Markt")
        sessions = add_sessions(desk, practice, 600, begin=desk.clock.now() - timedelta(days=2))
        self.attempt(
            lambda: issuing.issue_open(desk, wish(practice, sessions), local_day(desk.clock.now())).changed
        )
        files.copy_to_look_at(desk, "Rechnung.pdf", b"%PDF-1.7\n")
        self.attempt(lambda: export.export_customer(desk, customer, self.out / "auskunft.zip"))
        always = HistoryFilter(date(2020, 1, 1), date(2099, 12, 31))
        for kind in ("csv", "xlsx"):
            table = self.out / f"sitzungen.{kind}"
            write_session_table(desk, always, table, kind, progress=silent, cancelled=never)
        yield

    def break_down(self, secret: str, phrase: str) -> None:
        """Fail in a slot, in a thread and in a logged block, with passwords in local names."""

        def fail(password: str, passphrase: str) -> None:
            held = {"password": password, "again": passphrase}
            raise RuntimeError(f"{len(held)} fields cannot be shown")

        thread = threading.Thread(target=fail, args=(secret, phrase))
        thread.start()
        thread.join()
        try:
            fail(secret, phrase)
        except RuntimeError as error:
            logging.getLogger("laverma_desk").debug("Debugging", exc_info=error)
            self.program._crash._on_uncaught(type(error), error, error.__traceback__)


def commands(told: dict[str, Any]) -> tuple[list[int], str]:
    """Work on the desk by commands, in this process; return their exit codes and what they printed."""
    out = Path(told["out"])
    here = ["--data-dir", told["data"]]
    said, codes = io.StringIO(), []
    for arguments, typed in (
        (["check"], ""),
        (["verify"], ""),
        (["outbox", "--send"], ""),
        (["export", "customers", str(out / "kunden.csv")], ""),
        (["backup", "--encrypt", str(out / "von-hand.age")], told["phrase"]),
        (["backup"], ""),
        (["restore", "--yes", str(out / "von-hand.age")], told["wrong"]),
        (["restore", "--yes", str(out / "von-hand.age")], told["phrase"]),
        (["check"], ""),
    ):
        sys.stdin = io.StringIO(typed + "\n")
        with redirect_stdout(said), redirect_stderr(said):
            codes.append(main([*here, *arguments]))
    return codes, said.getvalue()


def spend(told: dict[str, Any]) -> dict[str, Any]:
    """Spend the day."""
    os.umask(told["umask"])
    seen = Seen(Path(told["home"]))
    seen.look()
    before = set(seen.modes)
    watcher = threading.Thread(target=seen.watch)
    watcher.start()
    days: list[Day] = []
    begin = program.Program.run

    def run_with_somebody(self: program.Program) -> int:
        days.append(Day(self, told))
        return begin(self)

    program.Program.run = run_with_somebody
    code = app.run(Path(told["data"]), language="de")
    codes, said = commands(told)
    seen.going_on = False
    watcher.join()
    seen.look()
    modes = {path: mode for path, mode in seen.modes.items() if path not in before}
    process = [Path(f"/proc/self/{name}").read_text("utf-8", "replace") for name in ("cmdline", "environ")]
    told_by_all = [said, *days[0].words, *process]
    return {"window": code, "commands": codes, "words": told_by_all, "modes": modes}


def _say(answer: dict[str, Any]) -> int:
    print(json.dumps(answer), flush=True)  # noqa: T201 (it is there to say it)
    return int("broken" in answer)


if __name__ == "__main__":
    sys.exit(_say(spend(json.loads(sys.stdin.readline()))))

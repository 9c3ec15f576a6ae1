"""The sessions of the picture of the history, as they came about: started, ended, sent, billed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from laverma_desk.domain.clock import from_local
from laverma_desk.domain.customer import Workstation
from laverma_desk.domain.message import Attachment, Attempt, Failure, Letter, MessageKind, MessageState
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails import outbox, queueing
from laverma_desk.services.mails.letters import account_on, bytes_of, store_mail
from laverma_desk.services.setup import house
from laverma_desk.storage import billing, customers
from laverma_desk.storage import outbox as stored
from laverma_desk.storage.sessions import update_session
from tests.support.desks import add_customer, set_mail_account
from tests.support.fake_clock import FakeClock

SERVER_SAYS = "250 2.0.0 Ok"
_papers: list[bytes] = []


@dataclass(frozen=True)
class Told:
    """A session as a test tells it: local begin, seconds, partner, notes, and what became of it."""

    begin: datetime
    seconds: int
    partner: str
    notes: str
    supporter: str = "Klaus Klassen"
    free: str = ""
    report: str = "sent"
    invoice: str | None = None


def _at(day: int, month: int, hour: int, minute: int) -> datetime:
    return datetime(2022, month, day, hour, minute)  # noqa: DTZ001 (a wall clock in the house)


PICTURE = (
    Told(_at(25, 2, 10, 30), 1360, "KFO Dr. Lindner – PC Büro", "Rezeptdrucker eingerichtet"),
    Told(
        _at(25, 2, 15, 12), 902, "Praxis Dr. Berger – Server", "Speicherplatz freigegeben\nKunde informiert",
        report="failed",
    ),
    Told(
        _at(28, 2, 8, 51), 286, "Praxis Dr. Vogt – Behandlung 1", "Nachbesserung Bildschirm",
        "Jana Petersen", free="Garantie",
    ),
    Told(
        _at(28, 2, 11, 6), 1878, "Zahnärzte am Markt – Server",
        "Datensicherung geprüft\nRücksicherung einer Datei getestet\nFreier Speicher 412 GB, in Ordnung",
        invoice="RE-2022-0029",
    ),
    Told(
        _at(28, 2, 13, 22), 573, "Praxis Dr. Weiß – Rezeption 1", "Update eingespielt", "Jana Petersen",
        report="none",
    ),
    Told(
        _at(28, 2, 16, 40), 1449, "MVZ Zahnzentrum Nord – Leitung",
        "Netzlaufwerk neu verbunden\nb\nc\nd", invoice="RE-2022-0030",
    ),
    Told(
        _at(1, 3, 8, 5), 687, "KFO Dr. Lindner – Rezeption 2", "Kartenterminal neu gekoppelt\nDruck geprüft",
        report="waiting",
    ),
    Told(
        _at(1, 3, 8, 37), 412, "Praxis Dr. Sommer – PC Labor", "Druckerwarteschlange geleert",
        "Jana Petersen", free="Kulanz",
    ),
    Told(
        _at(1, 3, 9, 14), 1121, "Zahnärzte am Markt – Server",
        "Quartalsupdate eingespielt\nDienste neu gestartet\nGeprüft",
    ),
)  # fmt: skip


class HistoryTeller:
    """Lets told sessions happen on a desk, with the clock at their time."""

    def __init__(self, desk: Desk, clock: FakeClock) -> None:
        self._desk, self._clock = desk, clock
        set_mail_account(desk, 2525)
        self._supporters = {one.name: one.id for one in house.read_house(desk).supporters}
        self._reasons = {one.name: one.id for one in house.read_house(desk).free_reasons}
        self._machines: dict[str, int] = {}
        self._customers: dict[str, int] = {}

    def machine(self, partner: str) -> int:
        """Return the workstation of a partner, made where it is new."""
        if partner not in self._machines:
            name, place = partner.split(" – ")
            if name not in self._customers:
                address = f"info@{len(self._customers)}.example"
                number = str(20000 + len(self._customers))
                self._customers[name] = add_customer(self._desk, number, name, place, email=address)
            else:
                with self._desk.database.write() as connection:
                    customers.put_workstation(connection, Workstation(0, self._customers[name], place))
            with self._desk.database.read() as connection:
                machines = customers.workstations_of(connection, self._customers[name])
            self._machines[partner] = next(one.id for one in machines if one.name == place)
        return self._machines[partner]

    def customer(self, name: str) -> int:
        """Return the row of a practice that was told of."""
        return self._customers[name]

    def supporter(self, name: str) -> int:
        """Return the row of a technician, made where the name is new."""
        if name not in self._supporters:
            self._supporters[name] = house.save_supporter(self._desk, name, "").value
        return self._supporters[name]

    def tell(self, told: Told) -> int:
        """Let one session happen and return its row."""
        begin = from_local(told.begin)
        house.choose_supporter(self._desk, self.supporter(told.supporter))
        self._clock.set_wall(begin)
        session = timekeeping.start_session(self._desk, self.machine(told.partner)).value
        call_sheet.save_notes(self._desk, session.id, told.notes, "")
        with self._desk.database.write() as connection:
            update_session(connection, session.id, requested_by="Dr. Eva Marten", partner_id="1556208431")
        if told.free:
            call_sheet.save_billing(
                self._desk, session.id, billable=False, free_reason_id=self._reasons[told.free]
            )
        self._clock.advance(seconds=told.seconds)
        timekeeping.end_session(self._desk, session.id)
        self._clock.advance(seconds=40)
        if told.report != "none":
            self._send(session.id, told.report)
        else:
            timekeeping.close_report(self._desk, session.id)
        if told.invoice:
            with self._desk.database.write() as connection:
                billing.bill(connection, [session.id], told.invoice)
        return session.id

    def _send(self, session_id: int, report: str) -> None:
        number = self._queue(session_id)
        if report == "waiting":
            return
        failure = Failure.RECIPIENT_REFUSED if report == "failed" else None
        state = MessageState.FAILED if failure else MessageState.HANDED_OVER
        with self._desk.database.write() as connection:
            stored.add_attempt(
                connection, number, "x@y.example", Attempt(self._clock.now(), SERVER_SAYS, failure)
            )
            stored.update_message(connection, number, state=state.value)

    def _queue(self, session_id: int) -> int:
        """Queue a report; only the first one of a run is really typeset, the others carry its paper."""
        if not _papers:
            number = queueing.queue_report(self._desk, session_id).value.message_id
            _papers.append(outbox.attachment_bytes(self._desk, number))
            return number
        found, now = timekeeping.read_session(self._desk, session_id), self._clock.now()
        with self._desk.database.write() as connection:
            account = account_on(connection)
            paper = Attachment("Fernwartung.pdf", _papers[0])
            words = ("Fernwartung", "Guten Tag")
            letter = Letter(account.sender, account.sender_name, found.recipient, *words, (paper,))
            number = store_mail(
                connection, letter, bytes_of(letter, account, now), kind=MessageKind.REPORT,
                session_id=session_id, customer_name=found.customer_name,
                supporter_name=found.supporter_name, created_at=now, due_at=now,
            )  # fmt: skip
            update_session(connection, session_id, report_open=False)
        return number

    def tell_picture(self) -> dict[str, int]:
        """Let the sessions of the picture happen and return their rows by partner and begin."""
        rows = {f"{one.partner} {one.begin:%d.%m. %H:%M}": self.tell(one) for one in PICTURE}
        house.choose_supporter(self._desk, self.supporter("Klaus Klassen"))
        self._clock.set_wall(datetime(2022, 3, 1, 9, 34, 22, tzinfo=UTC))
        return rows

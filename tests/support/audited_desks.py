"""A desk over two years in which everything happened that an audit may ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from laverma_desk.domain.customer import Workstation
from laverma_desk.domain.invoice import DraftItem, LineKind, Unit
from laverma_desk.paths import DataDir
from laverma_desk.services import corrections
from laverma_desk.services.corrections import entry_of
from laverma_desk.services.customers.changing import save_master
from laverma_desk.services.customers.forms import MasterDraft
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.services.invoicing import drafts, items, payments
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.issuing import issue_invoice
from laverma_desk.services.invoicing.register import IssuedInvoice
from laverma_desk.services.invoicing.reminders import issue_reminder
from laverma_desk.services.privacy.erasure import erase
from laverma_desk.storage import session_history
from laverma_desk.storage.session_history import Change
from tests.support.desks import memory_secrets
from tests.support.engines import on_server
from tests.support.fake_clock import FakeClock
from tests.support.invoice_houses import add_practice, add_sessions, make_house, wish
from tests.support.kept_desks import keep_database, new_server_desk
from tests.support.session_steps import read

ITEM = DraftItem(
    0, LineKind.VISIT, date(2022, 1, 4), 'Termin "Umzug"; =2+3', Decimal("1.125"), Unit.HOUR, 9900
)


@dataclass
class Audited:
    """The desk, its practices, and the documents by what they are in the story."""

    desk: Desk
    clock: FakeClock
    places: dict[str, Workstation]
    documents: dict[str, IssuedInvoice]

    def number(self, name: str) -> str:
        """Return the number of a document."""
        return self.documents[name].row.number


def open_audited(folder: Path) -> Audited:
    """Open a copy of the desk in an empty folder: to tell the story anew takes seconds."""
    content, now, told = _kept(on_server())
    data = DataDir(folder).create()
    clock = FakeClock(now)
    if isinstance(content, str):
        return Audited(new_server_desk(data, clock, memory_secrets(), content), clock, *told)
    data.database.write_bytes(content)
    return Audited(open_desk(data, clock, memory_secrets()), clock, *told)


@cache
def _kept(
    shared: bool,
) -> tuple[bytes | str, datetime, tuple[dict[str, Workstation], dict[str, IssuedInvoice]]]:
    with TemporaryDirectory() as folder:
        story = _tell(Path(folder))
        story.desk.close()
        content = keep_database(story.desk) if shared else DataDir(Path(folder)).database.read_bytes()
        return content, story.clock.now(), (story.places, story.documents)


def _tell(folder: Path) -> Audited:
    """Open the desk: December is billed in January, an invoice is cancelled and billed again, and so on."""
    clock = FakeClock()
    desk = make_house(folder, clock)
    story = Audited(desk, clock, {}, {})
    for number, name in (
        ("10017", "ZAP Dr. Bohrer"),
        ("10018", 'Praxis "Am Markt"; Dr. Weiß & Söhne'),
        ("10019", "KFO Dr. Lindner"),
        ("10020", "KFO Lindner"),
        ("10021", "Praxis Dr. Sommer"),
        ("10099", "Praxis ohne Vorgang"),
    ):
        story.places[number] = add_practice(desk, number, name)
    _year_before(story)
    _january(story)
    _later(story)
    return story


def bill(
    story: Audited, name: str, number: str, sessions: list[int], day: date, *more: DraftItem
) -> IssuedInvoice:
    """Issue an invoice of sessions on a day."""
    be_on(story, day)
    (draft,) = drafts.create_drafts(story.desk, [wish(story.places[number], sessions)], day).value
    for one in more:
        items.put_item(story.desk, draft, one)
    story.documents[name] = issue_invoice(story.desk, draft).value
    return story.documents[name]


def be_on(story: Audited, day: date) -> None:
    """Let it be noon of a day."""
    story.clock.set_wall(datetime(day.year, day.month, day.day, 11, tzinfo=UTC))


def hold(story: Audited, number: str, begin: datetime, *seconds: int, **values: object) -> list[int]:
    """Write sessions of a practice, one a day."""
    return add_sessions(story.desk, story.places[number], *seconds, begin=begin, **values)


def _year_before(story: Audited) -> None:
    december = hold(story, "10017", datetime(2021, 12, 6, 8, tzinfo=UTC), 742, 1068)
    bill(story, "of 2021", "10017", december, date(2021, 12, 20))
    hold(story, "10021", datetime(2021, 12, 6, 8, tzinfo=UTC), 300, billable=False, free_reason_id=1)


def _january(story: Audited) -> None:
    desk = story.desk
    # New year's eve, late: by UTC it is still 2021 in both, by the house's clock one of them is not.
    eve = hold(story, "10018", datetime(2021, 12, 30, 23, 30, tzinfo=UTC), 600, 61)
    bill(story, "over the year", "10018", eve, date(2022, 1, 5), ITEM)
    first = hold(
        story,
        "10019",
        datetime(2022, 1, 10, 8, tzinfo=UTC),
        1392,
        485,
        notes="Zeile eins\r\n\r\n  Zeile zwei",
    )
    bill(story, "cancelled", "10019", first, date(2022, 1, 31))
    paid = story.documents["of 2021"]
    entry = payments.add_payment(desk, paid.row.id, 1000, date(2022, 1, 20), "Teilzahlung\tÜberweisung").value
    payments.take_back(desk, entry.id, "falsche Rechnung")
    payments.add_payment(desk, paid.row.id, paid.row.gross_cents, date(2022, 1, 31), "")


def _later(story: Audited) -> None:
    desk = story.desk
    be_on(story, date(2022, 2, 10))
    cancelled = story.documents["cancelled"].row.id
    story.documents["cancellation"] = cancel_invoice(desk, cancelled, "Anfahrt fehlt; neue Rechnung").value
    with desk.database.read() as connection:
        again = list(connection.exec_driver_sql("SELECT id FROM session WHERE customer_id = 3").scalars())
    change = read(desk, again[0])
    earlier = change.begin - timedelta(minutes=5)
    entry = replace(entry_of(change), begin=earlier, notes='Patientin Meier; "x"')
    corrections.correct_session(desk, change.id, entry, "Anfang vergessen")
    hold(story, "10020", datetime(2022, 6, 1, 9, tzinfo=UTC), 500, not_possible="no_internet", billable=False)
    again += hold(story, "10020", datetime(2022, 3, 2, 9, tzinfo=UTC), 360)
    be_on(story, date(2022, 3, 5))
    merge(desk, story.places["10019"].customer_id, story.places["10020"].customer_id, {}, "eine Praxis")
    _locked(story)
    hold(story, "10017", datetime(2022, 7, 1, 9, tzinfo=UTC), 900)
    bill(story, "again", "10019", again, date(2023, 1, 4))
    be_on(story, date(2023, 2, 1))


def _locked(story: Audited) -> None:
    """Let a practice be billed, move, and want to be forgotten; another one does not pay."""
    desk = story.desk
    row = story.places["10021"].customer_id
    # The clock is put forward while it runs.
    summer = hold(story, "10021", datetime(2022, 3, 27, 0, 30, tzinfo=UTC), 5400)
    bill(story, "locked", "10021", summer, date(2022, 4, 1))
    be_on(story, date(2022, 5, 2))
    issue_reminder(desk, story.places["10018"].customer_id)
    moved = MasterDraft(
        "10021", "Praxis Dr. Sommer GbR", "Neue Straße 2", "12345", "Musterstadt", phone="030 2312599",
        email_invoice="rechnung@praxis.example",
    )  # fmt: skip
    save_master(desk, row, moved)
    why = "Frau Meier rief an"
    with desk.database.write() as connection:
        line = Change(story.clock.now(), "Klaus", "exception", "", f"Jana: {why}", why)
        session_history.log_change(connection, summer[0], line)
    erase(desk, row, "10021", "Verlangen")

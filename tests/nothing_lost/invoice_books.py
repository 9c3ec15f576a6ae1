"""What a player of invoices was told, held against the desk as it is found after its death."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import verifying
from laverma_desk.storage import stored_documents
from laverma_desk.storage.backup import problems_of
from tests.nothing_lost.players import Line
from tests.support.invoice_houses import add_practice, make_house, use_format


@dataclass
class Bills:
    """Every document that was acknowledged, and the one step that was not."""

    issued: dict[str, tuple[int, ...]] = field(default_factory=dict)
    cancelled: dict[str, str] = field(default_factory=dict)
    unsure: Line | None = None
    steps: Counter[str] = field(default_factory=Counter)
    found_unsaid: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)

    @property
    def kills(self) -> int:
        """Return how many players were killed."""
        return self.endings.total()

    def hear(self, line: Line) -> None:
        """Take one line of the player."""
        assert "failed" not in line, line
        if "try" in line:
            self.unsure = line
            return
        step = line.get("done")
        if step not in ("issue", "cancel"):
            return
        self.unsure = None
        self.steps[step] += 1
        if step == "issue":
            self.issued[line["number"]] = tuple(line["sessions"])
        else:
            self.cancelled[line["of"]] = line["number"]


def new_house(folder: Path, chosen: InvoiceFormat = InvoiceFormat.PDF) -> Desk:
    """Return a desk with two practices under the real clock that issues in a format."""
    desk = make_house(folder, SystemClock())
    use_format(desk, chosen)
    add_practice(desk)
    add_practice(desk, "10018", "Praxis Dr. Weiß")
    return desk


def ask(desk: Desk, statement: str) -> list[tuple[Any, ...]]:
    """Return the rows that a statement finds in a desk."""
    with desk.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def settle(desk: Desk, bills: Bills) -> None:
    """Take the step that was under way for done if the desk has it: it has all of it, or nothing."""
    unsure, bills.unsure = bills.unsure, None
    known = set(bills.issued) | set(bills.cancelled.values())
    new = [number for (number,) in ask(desk, "SELECT number FROM invoice") if number not in known]
    if not new:
        return
    assert len(new) == 1, f"documents came from nowhere: {new}"
    assert unsure is not None, f"a document came from nowhere: {new}"
    bills.found_unsaid[unsure["try"]] += 1
    if unsure["try"] == "issue":
        bills.issued[new[0]] = tuple(unsure["sessions"])
    else:
        bills.cancelled[unsure["of"]] = new[0]


def check(desk: Desk, bills: Bills, *, whole: bool = True) -> None:
    """Compare the desk as it was found with what was acknowledged. `whole`: read every byte of it.

    Raises AssertionError for anything that is lost, double or half.
    """
    if not desk.database.shared:
        assert problems_of(desk.data.database) == [], "the file is damaged"
    settle(desk, bills)
    known = dict(ask(desk, "SELECT number, kind FROM invoice"))
    said = set(bills.issued) | set(bills.cancelled.values())
    assert set(known) == said, f"documents were lost: {sorted(said ^ set(known))}"
    for kind in ("invoice", "cancellation"):
        counts = sorted(int(number.rpartition("-")[2]) for number, one in known.items() if one == kind)
        assert counts == list(range(1, len(counts) + 1)), f"a gap, or a number twice: {counts}"
        last = ask(desk, f"SELECT COALESCE(SUM(last), 0) FROM number_range WHERE kind = '{kind}'")  # noqa: S608
        assert last == [(len(counts),)], f"the range of {kind} counts {last}, there are {len(counts)}"
    _check_sessions(desk, bills)
    (papers,) = ask(
        desk,
        "SELECT COUNT(*) FROM document WHERE kind IN ('invoice', 'cancellation') AND LENGTH(content) > 5000",
    )
    ((xmls,),) = ask(desk, "SELECT COUNT(xml_id) FROM invoice")
    assert papers == (len(known) + xmls,), "a document without its bytes, or bytes without their document"
    if whole:
        with desk.database.read() as connection:
            assert list(stored_documents.damaged(connection)) == [], "a document is damaged"
        assert verifying.verify(desk) == (), f"the chain is broken: {verifying.verify(desk)}"


def _check_sessions(desk: Desk, bills: Bills) -> None:
    locked = dict(ask(desk, "SELECT id, invoice_number FROM session WHERE invoice_number IS NOT NULL"))
    valid = [
        (session, number)
        for number, billed in bills.issued.items()
        if number not in bills.cancelled
        for session in billed
    ]
    assert len(dict(valid)) == len(valid), "a session is billed twice"
    assert locked == dict(valid), "a session is locked without its invoice, or billed and open"
    drafted = {one for (one,) in ask(desk, "SELECT session_id FROM draft_session")}
    assert not set(locked) & drafted, "a billed session is still in a draft"

"""A house with several desks on a server: who sits there, what each may, and what is there in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import text

from laverma_desk.domain.document_number import NumberKind
from laverma_desk.domain.rights import Right
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import verifying
from laverma_desk.services.setup import house
from laverma_desk.storage import sessions, stored_documents
from laverma_desk.storage.postgresql import roles
from tests.nothing_lost.desk_books import Books
from tests.nothing_lost.desk_player import facts
from tests.nothing_lost.invoice_books import ask
from tests.nothing_lost.shared_houses import open_at
from tests.support.desks import lay_out, set_mail_account
from tests.support.invoice_houses import COMPANY, add_practice

_PLACES = 12
_RIGHTS = (Right.CALLS, Right.BILLING)
_SENT, _UNCLEAR = "handed_over", "unclear"


def furnish(folder: Path, url: str, logins: list[str], smtp_port: int) -> Desk:
    """Lay out the house with a technician for each login, and return the desk of the server's owner."""
    desk = open_at(folder, url)
    lay_out(desk)
    house.save_company(desk, replace(COMPANY))
    set_mail_account(desk, smtp_port)
    for place in range(_PLACES):
        add_practice(
            desk, str(40_000 + place), f"Praxis Nr. {place}", email_report=f"rezeption@praxis{place}.example"
        )
    rows = [1, *(house.save_supporter(desk, f"Technik {login}", "").value for login in logins[1:])]
    with desk.database.write() as connection:
        roles.apply_rights(connection)
        for login, row in zip(logins, rows, strict=True):
            roles.make_login(connection, login, login)
            roles.give_rights(connection, login, _RIGHTS)
            connection.execute(
                text("UPDATE supporter SET role = :role WHERE id = :row"), {"role": login, "row": row}
            )
    return desk


def compare(
    desk: Desk, books: Books, delivered: list[bytes], *, unanswered: int, unclear: int
) -> Iterator[str]:
    """Yield what is lost, double or otherwise than a diary says.

    `unanswered`: starts of which nobody knows what came; `unclear`: mails of which nobody need know.
    """
    with desk.database.read() as connection:
        rows = list(connection.execute(text("SELECT id FROM session ORDER BY id")).scalars())
        found = {row: one for row in rows if (one := sessions.find(connection, row)) is not None}
        if damaged := list(stored_documents.damaged(connection)):
            yield f"documents are damaged: {damaged}"
    yield from _sessions(books, found, unanswered)
    yield from _marks(desk, books)
    yield from _mails(desk, books, Counter(delivered), unclear)
    yield from _invoices(desk, books)
    for finding in verifying.verify(desk):
        yield f"the books do not verify: {finding}"


def _sessions(books: Books, found: dict[int, SupportSession], starts: int) -> Iterator[str]:
    yield from (
        f"session {row} is lost: {books.sessions[row].facts}" for row in set(books.sessions) - set(found)
    )
    unknown = set(found) - set(books.sessions)
    if len(unknown) + books.appeared > starts:
        yield f"{len(unknown) + books.appeared} sessions came from nowhere, {starts} starts had no answer"
    numbers = sorted(int(one.number.rpartition("-")[2]) for one in found.values())
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"a gap, or a number twice: {numbers}"
    for row, told in books.sessions.items():
        if row not in found:
            continue
        try:
            told.compare(facts(found[row]), set(), "the server")
        except AssertionError as error:
            yield str(error)
    for one in found.values():
        yield from _is_whole(one)


def _is_whole(one: SupportSession) -> Iterator[str]:
    *closed, last = one.segments
    if any(part.end is None or part.end < part.begin for part in closed):
        yield f"{one.number} has half times: {one.segments}"
    if any(
        part.end is None or part.end > later.begin
        for part, later in zip(closed, one.segments[1:], strict=True)
    ):
        yield f"{one.number} has times that overlap: {one.segments}"
    if (last.end is None) is not (one.state is SessionState.RUNNING):
        yield f"{one.number} is {one.state}, and its times say otherwise: {one.segments}"
    if (one.charge is None) is not (one.state is not SessionState.ENDED):
        yield f"{one.number} is {one.state}, and its charge is {one.charge}"
    if one.charge is not None and not one.gaps:
        worked = int(sum((part.end - part.begin).total_seconds() for part in one.segments if part.end))
        if one.charge.seconds != worked:
            yield f"{one.number} is charged {one.charge.seconds} s, it took {worked} s"


def _marks(desk: Desk, books: Books) -> Iterator[str]:
    """Yield what was carried over twice, or handed over otherwise than said."""
    twice = ask(
        desk,
        "SELECT session_id, new, COUNT(*) FROM session_change WHERE field = 'offline' "
        "GROUP BY session_id, new HAVING COUNT(*) > 1",
    )
    if twice:
        yield f"carried over twice: {twice}"
    ((logged,),) = ask(desk, "SELECT COUNT(*) FROM session_change WHERE field = 'supporter'")
    if not books.handed_over <= logged <= books.handed_over + books.unsure["hand_over"]:
        yield f"{logged} were handed over, {books.handed_over} were acknowledged"


def _mails(desk: Desk, books: Books, delivered: Counter[bytes], unclear: int) -> Iterator[str]:
    rows = ask(
        desk,
        "SELECT m.id, m.session_id, m.state, d.content FROM message m JOIN document d ON d.id = m.content_id",
    )
    mails: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        mails.setdefault(row[1], []).append(row)
    for session, message in books.queued.items():
        if message not in {row[0] for row in mails.get(session, [])}:
            yield f"the report of session {session} is lost"
    for session in set(mails) - set(books.queued) - books.unsure_rows["queue"]:
        yield f"session {session} has a report that nobody queued"
    for number, session, state, content in rows:
        for wrong in _mail(delivered.pop(bytes(content), 0), state):
            yield f"mail {number} of session {session} {wrong}"
    if (count := sum(row[2] == _UNCLEAR for row in rows)) > unclear:
        yield f"{count} mails are unclear, though only {unclear} desks were killed"
    if delivered:
        yield f"{delivered.total()} mails arrived that the server does not know"


def _mail(count: int, state: str) -> Iterator[str]:
    if count > 1:
        yield f"went out {count} times"
    if count == 0 and state == _SENT:
        yield "is lost: said to be sent, and arrived nowhere"
    if state not in (_SENT, _UNCLEAR):
        yield f"is {state} in the end"


def _invoices(desk: Desk, books: Books) -> Iterator[str]:
    kept = dict(ask(desk, "SELECT id, invoice_number FROM session WHERE invoice_number IS NOT NULL"))
    for session, number in books.billed.items():
        if kept.get(session) != number:
            yield f"{number} of session {session} is lost: the session has {kept.get(session)}"
    for session in set(kept) - set(books.billed) - books.unsure_rows["bill"]:
        yield f"session {session} is billed, and nobody did"
    numbers = [number for (number,) in ask(desk, "SELECT number FROM invoice")]
    if sorted(numbers) != sorted(kept.values()):
        yield f"invoices {sorted(numbers)} lock sessions {sorted(kept.values())}"
    counts = sorted(int(number.rpartition("-")[2]) for number in numbers)
    if counts != list(range(1, len(counts) + 1)):
        yield f"a gap, or a number twice: {counts}"
    last = ask(desk, f"SELECT COALESCE(SUM(last), 0) FROM number_range WHERE kind = '{NumberKind.INVOICE}'")  # noqa: S608
    if int(last[0][0]) != len(counts):
        yield f"the range counts {last}, there are {len(counts)}"

"""The extract of the desk's records for one customer and period, made block by block, called off at will."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from email.parser import BytesHeaderParser
from pathlib import Path

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.evidence import AgreementRecord, Delivery, Evidence, RecordedChange, SessionRecord
from laverma_desk.services.agreements.writing import end_reasons, span
from laverma_desk.services.desk import Desk
from laverma_desk.services.files import save_file
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import agreements, customers, sessions
from laverma_desk.storage.agreement_overview import file_facts
from laverma_desk.storage.database import Connection
from laverma_desk.storage.evidence import (
    SentReport,
    changes_of_sessions,
    first_day,
    sent_reports,
    sessions_in,
)

_LANGUAGE = "de"
_BLOCK = 200


@dataclass(frozen=True)
class EvidencePaper:
    """The finished extract: the name of its file, its bytes, and how many sessions are in it."""

    name: str
    pdf: bytes
    sessions: int


def make_evidence(
    desk: Desk,
    customer_id: int,
    first: date,
    last: date,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> EvidencePaper:
    """Return the extract for a period (inclusive days of the house's calendar) as PDF/A.

    Sessions are read in blocks of one state of the file. Only ended ones are in it. Raises RuleBroken
    CUSTOMER_UNKNOWN, END_BEFORE_START at `last`, JobCancelled.
    """
    # fpdf2 is slow to import
    from laverma_desk.documents.agreement_evidence import render_evidence  # noqa: PLC0415
    from laverma_desk.documents.filename import evidence_name  # noqa: PLC0415

    if last < first:
        raise RuleBroken(Rule.END_BEFORE_START, field="last")
    with desk.database.read() as connection:
        customer = customers.find(connection, customer_id)
        if customer is None:
            raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
        family = customers.family(connection, customer_id)
        known = agreements.agreements_of(connection, customer_id)
        numbers, seconds = sessions_in(connection, family, first, last)
        house = house_on(connection)
        head = Evidence(
            language=_LANGUAGE,
            company=house.company,
            customer_number=customer.number,
            customer_name=customer.name,
            customer_address=_address(customer),
            first=first,
            last=last,
            sessions=len(numbers),
            seconds=seconds,
            agreements=_agreement_records(connection, family, known),
            made_by=house.supporter_name,
            created_at=desk.clock.now(),
        )

        def step(share: float) -> None:
            go_on_unless(cancelled)
            progress(round(share * len(numbers)), len(numbers))

        pdf = render_evidence(head, _records(connection, numbers, known), step)
    return EvidencePaper(evidence_name(head), pdf, len(numbers))


def write_evidence(
    desk: Desk,
    customer_id: int,
    first: date,
    last: date,
    target: Path,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> EvidencePaper:
    """Write the extract to a file, complete or not at all; an existing one is replaced.

    Raises as `make_evidence` does, RuleBroken FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE, DISK_FULL.
    """
    paper = make_evidence(desk, customer_id, first, last, progress=progress, cancelled=cancelled)
    save_file(desk, target, paper.pdf)
    return paper


def earliest_day(desk: Desk, customer_id: int) -> date | None:
    """Return the first day of a session or an agreement of a customer, None where there was neither."""
    with desk.database.read() as connection:
        days = [one.valid_from for one in agreements.agreements_of(connection, customer_id)]
        begun = first_day(connection, customers.family(connection, customer_id))
    return min([*days, *([begun] if begun else [])], default=None)


def find_customer(desk: Desk, number: str) -> Customer:
    """Return a customer by its number. Raises RuleBroken CUSTOMER_UNKNOWN."""
    with desk.database.read() as connection:
        found = customers.find_by_number(connection, number.strip())
        if found is not None and found.merged_into is not None:
            found = customers.find(connection, found.merged_into)
    if found is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=number)
    return found


def _address(customer: Customer) -> str:
    town = " ".join(part for part in (customer.postcode, customer.city) if part)
    return ", ".join(part for part in (customer.street, town) if part)


def _agreement_records(
    connection: Connection, family: Sequence[int], known: Iterable[Agreement]
) -> tuple[AgreementRecord, ...]:
    reasons = end_reasons(connection, family)
    records = []
    for one in sorted(known, key=lambda one: (one.valid_from, one.id)):
        file = None if one.document_id is None else file_facts(connection, one.document_id)
        reason = reasons.get((span(one), one.ended_on.isoformat()), "") if one.ended_on else ""
        records.append(AgreementRecord(one, file.name if file else "", file.sha256 if file else "", reason))
    return tuple(records)


def _records(
    connection: Connection, numbers: Sequence[int], known: Sequence[Agreement]
) -> Iterator[SessionRecord]:
    for place in range(0, len(numbers), _BLOCK):
        block = numbers[place : place + _BLOCK]
        reports, changes = sent_reports(connection, block), changes_of_sessions(connection, block)
        for one in sessions.several(connection, block):
            day = local_day(one.begin)
            yield SessionRecord(
                session=one,
                covered=any(agreement.in_force(day) for agreement in known),
                deliveries=tuple(_delivery(report) for report in reports.get(one.id, ())),
                changes=tuple(
                    RecordedChange(line.at, line.who, line.field, line.old, line.new, line.reason)
                    for line in changes.get(one.id, ())
                ),
            )


def _delivery(report: SentReport) -> Delivery:
    identity = BytesHeaderParser().parsebytes(report.head).get("Message-ID", "")
    return Delivery(report.recipient, report.at, str(identity).strip(), report.accepted)

"""What the window shows of a customer's agreements: what counts, what came before, and the template's way."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk.domain.agreement import Agreement, AgreementStatus, agreement_status
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.agreements.template import recipients_on, template_on
from laverma_desk.services.agreements.writing import end_reasons, span
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import agreements, customers
from laverma_desk.storage.agreement_overview import FileFacts, TemplateMail, file_facts, latest_templates


@dataclass(frozen=True)
class AgreementEntry:
    """One agreement with its stored file (None: no file) and why it was ended, if it was."""

    agreement: Agreement
    file: FileFacts | None
    end_reason: str = ""


@dataclass(frozen=True)
class AgreementSheet:
    """All agreements of a customer, the one that counts (or counted last) first, then the newest.

    `recipients` are the addresses for the template, the best first; `template_name` is "" while the
    house has none; `template_mail` is the latest one that was sent. `editable` is False where data
    protection has locked the record. `signer` and `supporter` are who may sign next.
    """

    customer_id: int
    customer_name: str
    status: AgreementStatus
    entries: tuple[AgreementEntry, ...]
    recipients: tuple[str, ...]
    template_name: str
    template_mail: TemplateMail | None
    editable: bool
    signer: str
    supporter: str


def agreement_sheet(desk: Desk, customer_id: int) -> AgreementSheet:
    """Return what is on record of a customer's agreements. Raises RuleBroken CUSTOMER_UNKNOWN."""
    today = local_day(desk.clock.now())
    with desk.database.read() as connection:
        customer = customers.find(connection, customer_id)
        if customer is None:
            raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
        known = agreements.agreements_of(connection, customer_id)
        reasons = end_reasons(connection, customers.family(connection, customer_id))
        status = agreement_status(known, today)
        entries = [
            AgreementEntry(
                one,
                None if one.document_id is None else file_facts(connection, one.document_id),
                reasons.get((span(one), one.ended_on.isoformat()), "") if one.ended_on else "",
            )
            for one in known
        ]
        people = customers.contacts_of(connection, customer_id)
        template = template_on(connection)
        locked = customer.merged_into or customer.restricted_at or customer.erased_at
        return AgreementSheet(
            customer_id=customer_id,
            customer_name=customer.name,
            status=status,
            entries=tuple(sorted(entries, key=lambda one: _order(one, status), reverse=True)),
            recipients=recipients_on(connection, customer),
            template_name=template.file.name if template.file else "",
            template_mail=latest_templates(connection, customer_id).get(customer_id),
            editable=not locked,
            signer=next((one.name for one in people if one.signs_agreement), ""),
            supporter=house_on(connection).supporter_name,
        )


def latest_template_mail(desk: Desk, customer_id: int) -> TemplateMail | None:
    """Return the latest template mail to a customer, None where none was sent or it was taken back."""
    with desk.database.read() as connection:
        return latest_templates(connection, customer_id).get(customer_id)


def _order(entry: AgreementEntry, status: AgreementStatus) -> tuple[bool, str, int]:
    one = entry.agreement
    counts = status.agreement is not None and one.id == status.agreement.id
    return counts, one.valid_from.isoformat(), one.id

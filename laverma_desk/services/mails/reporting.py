"""Make of an ended session what the customer gets: the record for paper, the mail's words, the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.company import ReportTemplate
from laverma_desk.domain.customer import Contact, Salutation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.domain.late_session import needs_agreement_reason
from laverma_desk.domain.report import Report
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.domain.taxing import category_of
from laverma_desk.domain.wording import fill
from laverma_desk.i18n import gettext_in
from laverma_desk.services.billing_words import allowances, why_no_vat
from laverma_desk.services.calls.session_access import refuse_restricted, session_on
from laverma_desk.services.checks import LONGEST_LINE
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import House, house_on
from laverma_desk.storage import agreements, customers, open_sessions
from laverma_desk.storage.database import Connection

DOCUMENT_LANGUAGE = "de"
"""The house's own; a customer's documents are in the language of its record."""


@dataclass(frozen=True)
class ReportMail:
    """A report ready to be looked at and sent; `recipients` are the addresses to choose from."""

    report: Report
    recipient: str
    recipients: tuple[str, ...]
    subject: str
    body: str
    attachment_name: str
    pdf: bytes


def prepare_report(desk: Desk, session_id: int) -> ReportMail:
    """Return the report of an ended session with the mail that the house's template makes of it.

    Raises RuleBroken SESSION_UNKNOWN, SESSION_NOT_ENDED.
    """
    with desk.database.read() as connection:
        return report_mail_on(connection, session_id)


def report_mail_on(connection: Connection, session_id: int) -> ReportMail:
    """Return the report as one transaction sees it."""
    from laverma_desk.documents.filename import attachment_name  # noqa: PLC0415 (fpdf2 is slow to import)
    from laverma_desk.documents.report_pdf import render_report  # noqa: PLC0415

    found = session_on(connection, session_id)
    house = house_on(connection)
    head = customers.survivor(connection, found.customer_id)
    contacts = customers.contacts_of(connection, head)
    customer = customers.find(connection, head)
    report = build_report(connection, found, house)
    named = next((one for one in contacts if one.name == found.requested_by), None)
    words = _words(report, named)
    known = [found.recipient, customer.email_report if customer else "", *(one.email for one in contacts)]
    return ReportMail(
        report=report,
        recipient=found.recipient,
        recipients=tuple(dict.fromkeys(address for address in known if address)),
        subject=shorten(fill(house.template.subject, words), LONGEST_LINE, placeholder=" …"),
        body=fill(house.template.body, words),
        attachment_name=attachment_name(report),
        pdf=render_report(report),
    )


def build_report(connection: Connection, found: SupportSession, house: House) -> Report:
    """Return the record that paper, preview and mail are made from. Raises RuleBroken SESSION_NOT_ENDED."""
    if found.state is not SessionState.ENDED or found.end is None or found.charge is None:
        raise RuleBroken(Rule.SESSION_NOT_ENDED, number=found.number)
    day = local_day(found.begin)
    in_force = [one for one in agreements.agreements_of(connection, found.customer_id) if one.in_force(day)]
    basis = max(in_force, key=lambda one: one.id) if in_force else None
    customer = customers.find(connection, customers.survivor(connection, found.customer_id))
    language = customer.language if customer else DOCUMENT_LANGUAGE
    category = category_of(house.company, customer) if customer else VatCategory.STANDARD
    allowed = open_sessions.allowances(connection, [found.id])
    return Report(
        language=language,
        company=house.company,
        number=found.number,
        customer_name=found.customer_name,
        workstation_name=found.workstation_name,
        begin=found.begin,
        end=found.end,
        seconds=found.charge.seconds,
        supporter_name=found.supporter_name,
        requested_by=found.requested_by,
        channel=found.channel,
        tool=found.tool,
        partner_id=found.partner_id,
        notes=found.notes,
        charge=found.charge if found.billable else None,
        free_reason="" if found.billable else found.free_reason,
        names_vat=category is VatCategory.STANDARD,
        rules=(*allowances(allowed, language), *why_no_vat({category}, language)),
        agreement_signed_on=basis.signed_on or basis.valid_from if basis else None,
        exception=found.exception is not None,
        created_at=found.end,
        not_possible=found.not_possible,
    )


def _words(report: Report, contact: Contact | None) -> dict[str, str]:
    language = report.language
    return {
        "salutation": salutation(report.requested_by, contact, language),
        "date": text.date(local_day(report.begin), language),
        "time": text.clock_time(report.begin, language),
        "duration": text.duration(report.seconds),
        "customer": report.customer_name,
        "workstation": report.workstation_name,
        "notes": report.notes.strip(),
        "supporter": report.supporter_name,
        "company": report.company.name,
        "number": report.number,
    }


def salutation(name: str, contact: Contact | None, language: str) -> str:
    """Return how a letter begins: with title and surname where we know them, else with a greeting."""
    kind = contact.salutation if contact else Salutation.NONE
    surname = name.rsplit(maxsplit=1)[-1] if name.strip() else ""
    if surname and kind is Salutation.MS:
        return gettext_in(language, "Dear Ms %(name)s") % {"name": surname}
    if surname and kind is Salutation.MR:
        return gettext_in(language, "Dear Mr %(name)s") % {"name": surname}
    if name.strip():
        return gettext_in(language, "Hello %(name)s") % {"name": name.strip()}
    return gettext_in(language, "Dear Sir or Madam")


def check_ready(connection: Connection, found: SupportSession, recipient: str) -> None:
    """Raise RuleBroken for the first thing that keeps a report from being sent.

    SESSION_NOT_ENDED, CUSTOMER_RESTRICTED, GAP_OPEN, NOTES_MISSING, FREE_WITHOUT_REASON,
    AGREEMENT_REASON_MISSING for a late session without an agreement on its day, RECIPIENT_MISSING.
    """
    if found.state is not SessionState.ENDED:
        raise RuleBroken(Rule.SESSION_NOT_ENDED, number=found.number)
    refuse_restricted(connection, found.customer_id)
    if found.open_gap is not None:
        raise RuleBroken(Rule.GAP_OPEN, field="gap")
    check_written(found)
    if needs_agreement_reason(found, agreements.agreements_of(connection, found.customer_id)):
        raise RuleBroken(Rule.AGREEMENT_REASON_MISSING, field="agreement_reason", number=found.number)
    if not recipient.strip():
        raise RuleBroken(Rule.RECIPIENT_MISSING, field="recipient")


def check_written(found: SupportSession) -> None:
    """Raise RuleBroken for what the technician has still to write: NOTES_MISSING, FREE_WITHOUT_REASON.

    Where support was not possible, the reason says enough.
    """
    if found.not_possible is not None:
        return
    if not found.notes.strip():
        raise RuleBroken(Rule.NOTES_MISSING, field="notes")
    if not found.billable and found.free_reason_id is None:
        raise RuleBroken(Rule.FREE_WITHOUT_REASON, field="free_reason")


def guide_mail(template: ReportTemplate, house: House) -> tuple[str, str]:
    """Return subject and text of the mail that tells a caller how to start QuickSupport."""
    steps = "\n".join(f"{place}. {step}" for place, step in enumerate(template.guide, 1))
    words = {
        "link": template.download_link or house.company.website,
        "guide": steps,
        "supporter": house.supporter_name,
        "company": house.company.name,
        "phone": house.company.phone,
    }
    words["guide"] = fill(steps, words)
    return " ".join(fill(template.guide_subject, words).split()), fill(template.guide_body, words)


def warm_up() -> None:
    """Make a page for nobody: the first report of the day waits for no library and no font."""
    import laverma_desk.documents.report_pdf  # noqa: F401, PLC0415 (slow to import, needed late)
    from laverma_desk.documents.warming import warm_up as warm_up_documents  # noqa: PLC0415
    from laverma_desk.mail import compose, smtp  # noqa: F401, PLC0415 (the same: it leaves with the next key)

    warm_up_documents()

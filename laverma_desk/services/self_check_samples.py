"""What the self-check tries the parts with: the sample house, its papers, and papers that are wrong."""

from __future__ import annotations

import ssl
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from laverma_desk import text
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.history import HistoryFilter
from laverma_desk.domain.invoice import Invoice
from laverma_desk.domain.invoice_register import InvoiceTab
from laverma_desk.i18n import _, ngettext
from laverma_desk.services import appointments, checks, history
from laverma_desk.services.backups.restoring import drop_preview, preview_restore
from laverma_desk.services.desk import Desk
from laverma_desk.services.exporting.customers import export_customers
from laverma_desk.services.invoicing import register
from laverma_desk.services.judging import HERE, Judge
from laverma_desk.services.upkeep import back_up, check_desk

FORMAT_NAMES = {InvoiceFormat.ZUGFERD: "ZUGFeRD", InvoiceFormat.XRECHNUNG: "XRechnung"}
_PASSPHRASE = "self-check of a desk that nobody keeps"  # nosec B105 # noqa: S105 (of a copy that lives for a second)
_GERMAN, _ARABIC = "Äöüß€", "\ufe8e"
_LEITWEG = "991-33333TEST-33"
_TOTAL = b"<ram:GrandTotalAmount>"
_EVERYTHING = HistoryFilter(None, None)


def fill(desk: Desk) -> str:
    """Fill the desk with the sample house; return how much came of it."""
    from laverma_desk.services.demo import fill_demo  # noqa: PLC0415 (brings what makes invoices)

    fill_demo(desk)
    health = check_desk(desk)
    if not health.sound:
        raise ValueError(*health.damage, *health.documents)
    count = health.holdings.sessions
    return ngettext("%(count)s session", "%(count)s sessions", count) % {"count": text.number(count)}


def check_numbers() -> str:
    """Check a phone number, a bank account, a VAT ID and an address by the libraries that know the rules."""
    for number in ("DE136695976", "ATU13585627", "NL4495445B01"):
        checks.vat_id(number, "vat_id")
    checks.bic("BYLADEM1001", "bic")
    checks.leitweg_id(_LEITWEG, "leitweg_id")
    checks.email("praxis@bohrer.example", "email")
    account = checks.iban("DE02120300000000202051", "iban")
    called = text.phone(checks.phone("0049 (0)30 23125-014", "phone"))
    return text.list_sentence([called, text.iban(account)])


def check_document_fonts() -> str:
    """Measure letters of every face that documents embed. Raises KeyError for one that a face lacks."""
    from laverma_desk.documents.fonts import Face, advances  # noqa: PLC0415 (fpdf2 is slow to import)

    for face in Face:
        for letter in _ARABIC if face is Face.FALLBACK else _GERMAN:
            _width = advances(face)[letter]
    return ngettext("%(count)s font", "%(count)s fonts", len(Face)) % {"count": len(Face)}


def make_report(desk: Desk) -> bytes:
    """Return the report of a sample session, and read a sample invoice back from its PDF."""
    from laverma_desk.services.invoicing.papers import make_papers  # noqa: PLC0415 (slow to import)
    from laverma_desk.services.mails.reporting import prepare_report  # noqa: PLC0415

    make_papers(_sample_invoice(desk))
    session = history.rows(desk, _EVERYTHING, history.overview(desk, _EVERYTHING).days[0].day, 0, 1)[0]
    return prepare_report(desk, session.id).pdf


def judge_invoice(desk: Desk, chosen: InvoiceFormat, judge: Judge = HERE) -> str:
    """Let the official rules pass a sample invoice, and refuse one whose sum is wrong."""
    from laverma_desk.services.invoicing.papers import make_papers, rules_broken  # noqa: PLC0415 (slow)

    invoice = _sample_invoice(desk, chosen)
    xml = make_papers(invoice, judge).xml or b""
    wrong = xml.replace(_TOTAL, _TOTAL + b"1")
    refused = rules_broken(wrong, invoice, judge)
    if wrong == xml or not refused:
        raise ValueError(_("An invoice with a wrong sum passes the rules."))
    rule = refused[0].partition(":")[0]
    return _("a right invoice passes, a wrong one is refused (%(rule)s)") % {"rule": rule}


def judge_apart(desk: Desk) -> str:
    """Let them be passed and refused by a process of its own, as in the window."""
    from laverma_desk.einvoice.judging_apart import JudgeApart  # noqa: PLC0415 (only here)

    with closing(JudgeApart()) as judge:
        said = judge_invoice(desk, InvoiceFormat.ZUGFERD, judge)
        if judge.process_id is None:
            raise ValueError(_("The process that judges invoices does not answer."))
    return said


def _sample_invoice(desk: Desk, chosen: InvoiceFormat = InvoiceFormat.PDF) -> Invoice:
    number = register.invoices(desk, InvoiceTab.ISSUED)[0].id
    invoice = register.read_invoice(desk, number).invoice
    return replace(invoice, format=chosen, buyer=replace(invoice.buyer, leitweg_id=_LEITWEG))


def export(desk: Desk, folder: Path) -> str:
    """Write customers as vCards, sessions as Excel, a visit for a calendar; return how large each is."""
    cards, workbook, visit = (folder / name for name in ("customers.vcf", "sessions.xlsx", "visit.ics"))
    export_customers(desk, cards)
    history.export_history(desk, _EVERYTHING, workbook, "xlsx")
    customer_id, *_names = history.history_customers(desk)[0]
    appointments.write_visit(desk, appointments.proposed_visit(desk, customer_id), visit)
    written = {"vCard": cards, "Excel": workbook, "iCalendar": visit}
    return text.list_sentence(
        [f"{kind} {text.file_size(file.stat().st_size)}" for kind, file in written.items()]
    )


def lock_and_open(desk: Desk, folder: Path) -> str:
    """Lock a copy of the desk with a passphrase, and open it again."""
    copy = folder / "copy.age"
    written = back_up(desk, copy, _PASSPHRASE)
    preview = preview_restore(desk.data, copy, _PASSPHRASE)
    drop_preview(preview)
    if preview.copy.sessions != written.holdings.sessions:
        raise ValueError(preview.copy)
    return text.file_size(written.size)


def check_certificates() -> str:
    """Return how many authorities the system trusts, by which a mail server is known. Raises LookupError."""
    count = ssl.create_default_context().cert_store_stats()["x509_ca"]
    if not count:
        raise LookupError(ssl.get_default_verify_paths().openssl_cafile)
    return ngettext("%(count)s authority", "%(count)s authorities", count) % {"count": text.number(count)}

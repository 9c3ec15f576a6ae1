"""What the cards of a record say, in words."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.customer import Customer, InvoiceFormat
from laverma_desk.domain.tariff import CustomerTariff, Rounding
from laverma_desk.i18n import _
from laverma_desk.services.customers.customer_record import CustomerRecord
from laverma_desk.ui.customers import words
from laverma_desk.ui.customers.fact_rows import Fact

_NONE = "–"


def head_line(record: CustomerRecord) -> str:
    """Return the line below the name: number, and since when."""
    values = {"number": record.customer.number, "date": text.date(record.since)}
    line = _("No. %(number)s, customer since %(date)s") % values
    if record.customer.erased_at is not None:
        return _("%(line)s, erased") % {"line": line}
    if record.customer.restricted_at is not None:
        return _("%(line)s, restricted") % {"line": line}
    return _("%(line)s, archived") % {"line": line} if record.customer.archived else line


def short_line(record: CustomerRecord) -> str:
    """Return the number alone."""
    return _("No. %(number)s") % {"number": record.customer.number}


def master_facts(record: CustomerRecord) -> list[Fact]:
    """Return who it is and what goes where."""
    one = record.customer
    report = one.email_report or next(
        (person.email for person in record.contacts if person.gets_reports and person.email), ""
    )
    invoice = one.email_invoice or next(
        (person.email for person in record.contacts if person.gets_invoices and person.email), ""
    )
    facts = [
        _fact(_("Practice"), one.name),
        _fact(_("Postal address"), address(one)),
        _fact(_("Phone"), text.phone(one.phone)),
        _fact(_("Report to"), report),
        _fact(_("Invoice to"), invoice),
        _fact(_("Software"), one.software),
    ]
    if one.language != "de":
        facts.append(_fact(_("Documents in"), dict(words.languages()).get(one.language, one.language)))
    return facts


def address(one: Customer) -> str:
    """Return street, town, and a country abroad, on one line."""
    town = " ".join(part for part in (one.postcode, one.city) if part)
    abroad = text.country(one.country) if one.country != "DE" else ""
    return text.list_sentence([part for part in (one.street, town, abroad) if part])


def terms_facts(record: CustomerRecord) -> list[Fact]:
    """Return what remote support and a visit cost, in how many days and on which account it is paid."""
    tariff = record.tariff
    price = _("%(price)s per minute") % {"price": text.money(tariff.price_cents)}
    facts = [_fact(_("Remote support"), f"{price}, {rounding_word(tariff.rounding)}")]
    later = [one for one in record.tariffs if one.valid_from > record.today]
    if later:
        facts.append(
            _fact(_("From %(date)s on") % {"date": text.date(later[0].valid_from)}, own_tariff(later[0]))
        )
    facts.append(_fact(_("On site"), visit(record.customer)))
    days = record.customer.payment_days
    count = record.house_payment_days if days is None else days
    facts.append(_fact(_("Payment"), _("%(count)s days net") % {"count": text.number(count)}))
    account = record.customer.debtor_account
    if account is not None:
        facts.append(_fact(_("Debtor"), str(account)))
    return facts


def rounding_word(rounding: Rounding) -> str:
    """Return in a word or two how minutes are counted."""
    return {
        Rounding.STARTED_MINUTE: _("to the minute"),
        Rounding.NEAREST_MINUTE: _("nearest minute"),
        Rounding.FULL_MINUTE: _("full minutes only"),
        Rounding.EXACT_SECOND: _("exact to the second"),
    }[rounding]


def own_tariff(one: CustomerTariff) -> str:
    """Return what an own tariff changes."""
    parts = [
        text.money(one.price_cents) if one.price_cents is not None else "",
        rounding_word(one.rounding) if one.rounding else "",
    ]
    return text.list_sentence([part for part in parts if part])


def visit(one: Customer) -> str:
    """Return what a visit costs and how far it is."""
    parts: list[str] = []
    if one.on_site_cents is not None:
        parts.append(_("%(price)s flat") % {"price": text.money(one.on_site_cents)})
    elif one.on_site_hourly_cents is not None:
        if one.on_site_travel_cents:
            parts.append(_("%(price)s travel") % {"price": text.money(one.on_site_travel_cents)})
        parts.append(_("%(price)s per hour") % {"price": text.money(one.on_site_hourly_cents)})
    elif one.on_site_travel_cents is not None:
        parts.append(_("%(price)s travel") % {"price": text.money(one.on_site_travel_cents)})
    if one.on_site_km is not None:
        parts.append(f"{text.number(one.on_site_km)}{text.NBSP}km")
    return text.list_sentence(parts)


def invoice_facts(one: Customer) -> list[Fact]:
    """Return what electronic invoices know of a customer."""
    leitweg = Fact(_("Leitweg-ID"), one.leitweg_id)
    if not one.leitweg_id:
        missing = one.invoice_format is InvoiceFormat.XRECHNUNG
        sentence = _("missing for the XRechnung") if missing else _("only for public bodies")
        leitweg = Fact(_("Leitweg-ID"), sentence, absent=True)
    facts = [
        _fact(_("Format"), words.invoice_format(one.invoice_format)),
        _fact(_("VAT ID"), one.vat_id),
        leitweg,
    ]
    if one.electronic_address:
        facts.append(_fact(_("Electronic address"), one.electronic_address))
    return facts


def _fact(name: str, value: str) -> Fact:
    return Fact(name, value) if value else Fact(name, _NONE, absent=True)

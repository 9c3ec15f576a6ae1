"""How the import says what a heading can mean, and what it found."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.importing import customer_columns as columns
from laverma_desk.services.importing import targets
from laverma_desk.services.importing.customers import ExaminedCustomers, ImportedCustomers
from laverma_desk.services.importing.mapping import Mapping
from laverma_desk.services.problems import Problem

_PUT_TOGETHER = {
    columns.POSTCODE: (targets.POSTCODE_AND_CITY,),
    columns.CITY: (targets.POSTCODE_AND_CITY,),
    columns.STREET: (targets.HOUSE_NUMBER,),
    columns.CONTACT: (targets.LAST_NAME, targets.FIRST_NAME),
    columns.NAME: (columns.CONTACT, targets.LAST_NAME, targets.FIRST_NAME),
}


def meaning(target: str) -> str:
    """Return what a column is called in the interface language; its heading in files is German always."""
    return {
        columns.NUMBER: _("Customer number"),
        columns.NAME: _("Practice"),
        columns.STREET: _("Street"),
        targets.HOUSE_NUMBER: _("House number"),
        columns.POSTCODE: _("Postcode"),
        columns.CITY: _("Town"),
        targets.POSTCODE_AND_CITY: _("Postcode and town"),
        columns.COUNTRY: _("Country"),
        columns.PHONE: _("Phone"),
        columns.EMAIL_REPORT: _("E-mail for reports"),
        columns.EMAIL_INVOICE: _("E-mail for invoices"),
        columns.CONTACT: _("Contact person"),
        columns.SALUTATION: _("Salutation"),
        targets.TITLE: _("Title"),
        targets.FIRST_NAME: _("First name"),
        targets.LAST_NAME: _("Last name"),
        columns.ROLE: _("Role"),
        columns.CONTACT_PHONE: _("Direct phone"),
        columns.CONTACT_MOBILE: _("Mobile"),
        columns.CONTACT_EMAIL: _("E-mail of the person"),
        columns.GETS_REPORTS: _("Gets reports"),
        columns.GETS_INVOICES: _("Gets invoices"),
        columns.SIGNS: _("Signs the DPA"),
        columns.WORKSTATION: _("Workstation"),
        columns.PLACE: _("Place of the workstation"),
        columns.PARTNER_ID: _("Partner ID"),
        columns.TOOL: _("Remote-support program"),
        columns.WORKSTATION_ARCHIVED: _("Workstation archived"),
        columns.SOFTWARE: _("Software"),
        columns.SINCE: _("Customer since"),
        columns.PAYMENT_DAYS: _("Days to pay"),
        columns.DEBTOR_ACCOUNT: _("Debtor account"),
        columns.ON_SITE: _("On-site flat price"),
        columns.ON_SITE_KM: _("Distance in km"),
        columns.ON_SITE_TRAVEL: _("Travel"),
        columns.ON_SITE_HOURLY: _("On-site hourly rate"),
        columns.TARIFF_FROM: _("Own tariff from"),
        columns.MINUTE_PRICE: _("Price per minute"),
        columns.ROUNDING: _("Rounding"),
        columns.VAT_ID: _("VAT ID"),
        targets.VAT_COUNTRY: _("Country of the VAT ID"),
        columns.LEITWEG_ID: _("Leitweg-ID"),
        columns.INVOICE_FORMAT: _("Invoice format"),
        columns.ELECTRONIC_ADDRESS: _("Electronic address"),
        columns.LANGUAGE: _("Language"),
        columns.AGREEMENT_FROM: _("DPA from"),
        columns.AGREEMENT_UNTIL: _("DPA until"),
        columns.AGREEMENT_ENDED: _("DPA ended on"),
        columns.ARCHIVED: _("Archived"),
    }[target]


def rows_read(count: int) -> str:
    """Return how many rows a file has."""
    return ngettext("%(n)s row", "%(n)s rows", count) % {"n": text.number(count)}


def customer_counts(imported: ImportedCustomers) -> list[tuple[str, str]]:
    """Return number and word of what becomes of the customers, for the large figures."""
    tally = imported.tally
    return [
        (text.number(tally.customers_added), _("new")),
        (text.number(tally.customers_changed), _("changed")),
        (text.number(imported.unchanged), _("unchanged")),
    ]


def part_counts(imported: ImportedCustomers) -> str:
    """Return what becomes of people, machines and agreements, in one line."""
    tally = imported.tally
    return _(
        "Contacts: %(people)s new, %(people_changed)s changed. "
        "Workstations: %(machines)s new, %(machines_changed)s changed. DPA: %(agreements)s new."
    ) % {
        "people": text.number(tally.contacts_added),
        "people_changed": text.number(tally.contacts_changed),
        "machines": text.number(tally.workstations_added),
        "machines_changed": text.number(tally.workstations_changed),
        "agreements": text.number(tally.agreements_added),
    }


def numbering_rule(*, numbered: bool) -> str:
    """Return by what customers of a file are known again."""
    if numbered:
        return _("Customers are known by their customer number.")
    return _(
        "There is no customer number: the same customer is who has the same name and the same postcode or "
        "town. Everybody else gets a new number."
    )


def faulty_rows(seen: ExaminedCustomers, *, mapped: bool) -> str:
    """Return that rows are faulty, and how something can be imported all the same."""
    if not mapped:
        return ngettext(
            "%(n)s faulty card. Mend the file: all of it is imported, or nothing.",
            "%(n)s faulty cards. Mend the file: all of it is imported, or nothing.",
            seen.faulty_rows,
        ) % {"n": text.number(seen.faulty_rows)}
    return ngettext(
        "%(n)s faulty row. Mend the file, or give the column no meaning: all of it is imported, or nothing.",
        "%(n)s faulty rows. Mend the file, or give the column no meaning: all of it is imported, or nothing.",
        seen.faulty_rows,
    ) % {"n": text.number(seen.faulty_rows)}


def headings_of(mapping: Mapping) -> dict[str, str]:
    """Return column → what the file calls it, also where it is put together from another column."""
    by_target = {target: key for key, target in mapping.items()}
    for column, parts in _PUT_TOGETHER.items():
        part = next((by_target[one] for one in parts if one in by_target), None)
        if part is not None:
            by_target.setdefault(column, part)
    return by_target


def problem_line(problem: Problem, headings: dict[str, str]) -> str:
    """Return what is wrong, with its line and its column as the file calls it."""
    sentence = explain(problem.error)
    if problem.line is None:
        return sentence
    if not problem.place:
        return _("Line %(line)s: %(sentence)s") % {"line": text.number(problem.line), "sentence": sentence}
    return _("Line %(line)s, “%(column)s”: %(sentence)s") % {
        "line": text.number(problem.line),
        "column": headings.get(problem.place) or meaning(problem.place),
        "sentence": sentence,
    }

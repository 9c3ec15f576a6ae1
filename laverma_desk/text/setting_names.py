"""What each setting is called: as the pages of the settings call it."""

from __future__ import annotations

from collections.abc import Callable

from laverma_desk.i18n import gettext_in

_TAX = frozenset({"tax_number", "tax_office", "vat_id", "small_business", "vat_on_receipt"})
_BANK = frozenset({"account_holder", "iban", "bic", "bank"})


def setting_field_name(field: str, tongue: str) -> str:
    """Return page and name of a setting; those of a newer program keep their own names."""
    section, _dot, name = field.partition(".")
    page = _section_name(section, name, tongue)
    names = _FIELD_NAMES[section](tongue) if section in _FIELD_NAMES else {}
    return f"{page}: {names.get(name, name)}"


def _section_name(section: str, field: str, tongue: str) -> str:
    if section == "company" and field in _TAX | _BANK:
        return gettext_in(tongue, "Tax and bank")
    return {
        "company": gettext_in(tongue, "Company"),
        "vat": gettext_in(tongue, "VAT"),
        "tariff": gettext_in(tongue, "Tariff and rounding"),
        "invoice": gettext_in(tongue, "Invoice"),
        "reminders": gettext_in(tongue, "Reminders"),
        "bookkeeping": gettext_in(tongue, "Bookkeeping (DATEV)"),
        "mail": gettext_in(tongue, "Mail account"),
        "reasons": gettext_in(tongue, "Reasons"),
        "wording": gettext_in(tongue, "Report wording"),
        "agreement": gettext_in(tongue, "DPA template"),
        "supporters": gettext_in(tongue, "Supporters"),
        "figures": gettext_in(tongue, "Supporters"),
        "remote": gettext_in(tongue, "Remote support"),
        "backup": gettext_in(tongue, "Backup"),
    }.get(section, section)


def _company(tongue: str) -> dict[str, str]:
    return {
        "name": gettext_in(tongue, "Name"),
        "slogan": gettext_in(tongue, "Line below the name"),
        "street": gettext_in(tongue, "Street and number"),
        "postcode": gettext_in(tongue, "Postcode"),
        "city": gettext_in(tongue, "City"),
        "country": gettext_in(tongue, "Country"),
        "phone": gettext_in(tongue, "Phone"),
        "email": gettext_in(tongue, "E-mail"),
        "website": gettext_in(tongue, "Website"),
        "register": gettext_in(tongue, "Register entry"),
        "tax_number": gettext_in(tongue, "Tax number"),
        "tax_office": gettext_in(tongue, "Tax office"),
        "vat_id": gettext_in(tongue, "VAT ID"),
        "small_business": gettext_in(tongue, "Small business under § 19 UStG"),
        "vat_on_receipt": gettext_in(tongue, "VAT is owed when the customer has paid (§ 20 UStG)"),
        "account_holder": gettext_in(tongue, "Account holder"),
        "iban": gettext_in(tongue, "IBAN"),
        "bic": gettext_in(tongue, "BIC"),
        "bank": gettext_in(tongue, "Bank"),
    }


def _vat(tongue: str) -> dict[str, str]:
    return {"rate": gettext_in(tongue, "Rate")}


def _tariff(tongue: str) -> dict[str, str]:
    return {"terms": gettext_in(tongue, "Tariff")}


def _invoice(tongue: str) -> dict[str, str]:
    pattern = gettext_in(tongue, "Pattern of the numbers: %(document)s")
    return {
        "number_format": pattern % {"document": gettext_in(tongue, "Invoice")},
        "cancellation_format": pattern % {"document": gettext_in(tongue, "Cancellation invoice")},
        "reminder_format": pattern % {"document": gettext_in(tongue, "Payment reminder")},
        "dunning_format": pattern % {"document": gettext_in(tongue, "Dunning letter")},
        "payment_days": gettext_in(tongue, "Days to pay"),
        "format": gettext_in(tongue, "Format"),
    }


def _reminders(tongue: str) -> dict[str, str]:
    days = gettext_in(tongue, "Days to pay: %(letter)s")
    fee = gettext_in(tongue, "Fee: %(letter)s")
    return {
        **{f"days_{level}": days % {"letter": name} for level, name in letter_names(tongue).items()},
        **{f"fee_{level}": fee % {"letter": name} for level, name in letter_names(tongue).items()},
        "interest": gettext_in(tongue, "Ask default interest (§ 288 Abs. 2 BGB)"),
        "lump_sum": gettext_in(tongue, "Ask the lump sum of 40 € (§ 288 Abs. 5 BGB)"),
        "base_rate": gettext_in(tongue, "Base rate (§ 247 BGB)"),
        "title": gettext_in(tongue, "Title"),
        "opening": gettext_in(tongue, "Opening"),
        "request": gettext_in(tongue, "Request to pay"),
        "closing": gettext_in(tongue, "Closing"),
    }


def letter_names(tongue: str) -> dict[int, str]:
    """Return what the letters about open invoices are called, by their level."""
    return {
        1: gettext_in(tongue, "Payment reminder"),
        2: gettext_in(tongue, "Dunning letter"),
        3: gettext_in(tongue, "Final dunning letter"),
    }


def _bookkeeping(tongue: str) -> dict[str, str]:
    return {
        "consultant": gettext_in(tongue, "Tax adviser's number"),
        "client": gettext_in(tongue, "Client number"),
        "chart": gettext_in(tongue, "Chart of accounts"),
        "account_length": gettext_in(tongue, "Length of general accounts"),
        "fiscal_month": gettext_in(tongue, "Fiscal year begins in"),
        "revenue": gettext_in(tongue, "Revenue account"),
        "bank": gettext_in(tongue, "Bank"),
        "first_debtor": gettext_in(tongue, "First debtor account"),
        "payments": gettext_in(tongue, "Hand over payments as well"),
        "service_dates": gettext_in(tongue, "State the day of the service"),
        "committed": gettext_in(tongue, "Hand over as committed (Festschreibung)"),
    }


def _mail(tongue: str) -> dict[str, str]:
    return {
        "host": gettext_in(tongue, "Server"),
        "port": gettext_in(tongue, "Port"),
        "security": gettext_in(tongue, "Encryption"),
        "user": gettext_in(tongue, "User name"),
        "sender": gettext_in(tongue, "Address"),
        "sender_name": gettext_in(tongue, "Name"),
        "copy_to_self": gettext_in(tongue, "Copy of every report to the own address (BCC)"),
        "collect_offline": gettext_in(
            tongue, "Without a network, collect in the outbox and send later by itself"
        ),
        "always_preview": gettext_in(tongue, "Show the preview before every sending"),
    }


def _reasons(tongue: str) -> dict[str, str]:
    return {"name": gettext_in(tongue, "Reason"), "on_invoice": gettext_in(tongue, "shows on the invoice")}


def _wording(tongue: str) -> dict[str, str]:
    return {
        "subject": gettext_in(tongue, "Subject"),
        "body": gettext_in(tongue, "Text"),
        "guide": gettext_in(tongue, "Steps"),
        "guide_subject": gettext_in(tongue, "Subject of the mail"),
        "guide_body": gettext_in(tongue, "Text of the mail"),
        "download_link": gettext_in(tongue, "Link to the download"),
    }


def _agreement(tongue: str) -> dict[str, str]:
    return {
        "file": gettext_in(tongue, "DPA template as PDF"),
        "subject": gettext_in(tongue, "Subject"),
        "body": gettext_in(tongue, "Text"),
    }


def _supporters(tongue: str) -> dict[str, str]:
    return {
        "name": gettext_in(tongue, "Name"),
        "email": gettext_in(tongue, "E-mail"),
        "role": gettext_in(tongue, "Login"),
        "rights": gettext_in(tongue, "Rights"),
    }


def _remote(tongue: str) -> dict[str, str]:
    return {
        "reconnect_minutes": gettext_in(tongue, "Join with a pause under (minutes)"),
        "long_session_hours": gettext_in(tongue, "Remind of a session from (hours)"),
    }


def _figures(tongue: str) -> dict[str, str]:
    return {"per_supporter": gettext_in(tongue, "Show figures for each supporter")}


def _backup(tongue: str) -> dict[str, str]:
    return {
        "folder": gettext_in(tongue, "Folder for the backups"),
        "sealed": gettext_in(tongue, "Encrypt backups with a passphrase"),
    }


_FIELD_NAMES: dict[str, Callable[[str], dict[str, str]]] = {
    "company": _company,
    "vat": _vat,
    "tariff": _tariff,
    "invoice": _invoice,
    "reminders": _reminders,
    "bookkeeping": _bookkeeping,
    "mail": _mail,
    "reasons": _reasons,
    "wording": _wording,
    "agreement": _agreement,
    "supporters": _supporters,
    "figures": _figures,
    "remote": _remote,
    "backup": _backup,
}

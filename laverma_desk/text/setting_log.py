"""What a line of the log of settings says: which one, what it was, and what it is now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as calendar_day
from decimal import Decimal, InvalidOperation

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.domain.tariff import Rounding
from laverma_desk.i18n import gettext_in
from laverma_desk.text.charges import rounding_name
from laverma_desk.text.names import country
from laverma_desk.text.numbers import money, percent
from laverma_desk.text.setting_names import letter_names, setting_field_name
from laverma_desk.text.times import date, duration_words, month_name


def setting_change_words(field: str, subject: str, old: str, new: str, tongue: str) -> tuple[str, str, str]:
    """Return which setting a line is about and whose it is, and its value before and after.

    `field` is "section.field"; values may have several lines.
    """
    name = setting_field_name(field, tongue)
    whose = _subject(field, subject, tongue)
    named = f"{name} ({whose})" if whose else name
    return named, _value(field, old, tongue), _value(field, new, tongue)


def _subject(field: str, subject: str, tongue: str) -> str:
    """Return whose value it is: from which day on, of whom, of which letter, of which way of taxing."""
    section = field.partition(".")[0]
    try:
        if field == "bookkeeping.revenue":
            category, rate = subject.split()
            return _way_of_taxing(VatCategory(category), Decimal(rate), tongue)
        if section == "reminders" and " " in subject:
            level, language, day = subject.split()
            return ", ".join(
                (letter_names(tongue)[int(level)], _language(language, tongue), _since(day, tongue))
            )
        if section in _DATED:
            return _since(subject, tongue)
    except (ValueError, KeyError, InvalidOperation):
        pass  # A program of another time: as it was kept, rather than not at all.
    return subject


_DATED = frozenset({"vat", "tariff", "reminders"})


def _since(day: str, tongue: str) -> str:
    if not day:
        return ""
    return gettext_in(tongue, "from %(date)s on") % {"date": date(calendar_day.fromisoformat(day), tongue)}


def _language(code: str, tongue: str) -> str:
    return {"de": gettext_in(tongue, "German"), "en": gettext_in(tongue, "English")}[code]


def _way_of_taxing(category: VatCategory, rate: Decimal, tongue: str) -> str:
    if category is VatCategory.STANDARD:
        return gettext_in(tongue, "Revenue with %(rate)s VAT") % {"rate": percent(rate, tongue)}
    return {
        VatCategory.EXEMPT: gettext_in(tongue, "Revenue as a small business (§ 19 UStG)"),
        VatCategory.REVERSE_CHARGE: gettext_in(tongue, "Services to other EU states (§ 13b UStG)"),
    }.get(category, gettext_in(tongue, "Services that are not taxable in Germany"))


def _value(field: str, kept: str, tongue: str) -> str:
    name = field.rpartition(".")[2]
    form = _FORMS.get(field) or (_money if name.startswith("fee_") else None)
    if field in _SWITCHES:
        form = _yes_or_no
    if not kept or form is None:
        return kept
    try:
        return form(kept, tongue)
    except (ValueError, InvalidOperation):
        return kept


def _yes_or_no(kept: str, tongue: str) -> str:
    return {"yes": gettext_in(tongue, "yes"), "no": gettext_in(tongue, "no")}.get(kept, kept)


def _percent(kept: str, tongue: str) -> str:
    return percent(Decimal(kept), tongue)


def _money(kept: str, tongue: str) -> str:
    return money(int(kept), tongue)


def _terms(kept: str, tongue: str) -> str:
    """Return a tariff on one line, without what counts for nothing in it."""
    values = dict(one.split("=", 1) for one in kept.split())
    price = money(int(values.get("price_cents", "")), tongue)
    words = [
        gettext_in(tongue, "%(price)s per minute") % {"price": price},
        rounding_name(Rounding(values.get("rounding", "")), tongue),
    ]
    for name, said in (
        ("minimum_seconds", gettext_in(tongue, "at least %(time)s")),
        ("free_seconds", gettext_in(tongue, "%(time)s free at the beginning")),
    ):
        if seconds := int(values.get(name, "0")):
            words.append(said % {"time": duration_words(seconds, tongue)})
    return ", ".join(words)


def _format(kept: str, tongue: str) -> str:
    return {
        InvoiceFormat.HOUSE: "",
        InvoiceFormat.PDF: gettext_in(tongue, "PDF"),
        InvoiceFormat.ZUGFERD: gettext_in(tongue, "ZUGFeRD, PDF with XML"),
        InvoiceFormat.XRECHNUNG: gettext_in(tongue, "XRechnung, XML"),
    }[InvoiceFormat(kept)]


def _security(kept: str, tongue: str) -> str:
    return {"none": gettext_in(tongue, "none (this machine only)")}.get(kept, kept.upper())


_SWITCHES = frozenset(
    {
        "company.small_business", "company.vat_on_receipt", "reminders.interest", "reminders.lump_sum",
        "bookkeeping.payments", "bookkeeping.service_dates", "bookkeeping.committed", "mail.copy_to_self",
        "mail.collect_offline", "mail.always_preview", "reasons.on_invoice", "figures.per_supporter",
        "backup.sealed",
    }
)  # fmt: skip
_FORMS: dict[str, Callable[[str, str], str]] = {
    "company.country": country,
    "vat.rate": _percent,
    "reminders.base_rate": _percent,
    "tariff.terms": _terms,
    "invoice.format": _format,
    "mail.security": _security,
    "bookkeeping.chart": lambda kept, _tongue: f"SKR{kept}",
    "bookkeeping.fiscal_month": lambda kept, tongue: month_name(calendar_day(2000, int(kept), 1), tongue),
}

"""What a session costs, and by which rule."""

from __future__ import annotations

from laverma_desk.domain.money import Charge
from laverma_desk.domain.tariff import Rounding
from laverma_desk.i18n import ngettext_in
from laverma_desk.text.numbers import money
from laverma_desk.text.times import minutes
from laverma_desk.text.tongue import _, spoken


def billed_time(charge: Charge, language: str | None = None) -> str:
    """Return the billed time as screens show it: 13 Min, or 12:22 under the exact-second rule."""
    if charge.rounding.counts_seconds:
        whole, rest = divmod(charge.billed_seconds, 60)
        return f"{whole}:{rest:02d}"
    return minutes(charge.billed_minutes, language)


def charge_formula(charge: Charge, language: str | None = None) -> str:
    """Return how the net amount comes about: 13 Minuten × 2,25 €, or 742 Sekunden × 2,25 € / 60."""
    tongue = spoken(language)
    price = money(charge.price_cents, tongue)
    if charge.rounding.counts_seconds:
        count = charge.billed_seconds
        time_ = ngettext_in(tongue, "%(n)d second", "%(n)d seconds", count) % {"n": count}
        return f"{time_} × {price} / 60"
    count = charge.billed_minutes
    return f"{ngettext_in(tongue, '%(n)d minute', '%(n)d minutes', count) % {'n': count}} × {price}"


def rounding_rule(rounding: Rounding, language: str | None = None) -> str:
    """Return the sentence that every report and invoice prints about the rounding."""
    return {
        Rounding.STARTED_MINUTE: _("Billing exact to the minute, every started minute counts.", language),
        Rounding.NEAREST_MINUTE: _(
            "Billing exact to the minute, from 30 seconds on a minute counts in full.", language
        ),
        Rounding.FULL_MINUTE: _("Billing exact to the minute, only full minutes count.", language),
        Rounding.EXACT_SECOND: _("Billing exact to the second, the amount is rounded to the cent.", language),
    }[rounding]


def rounding_name(rounding: Rounding, language: str | None = None) -> str:
    """Return a rounding rule's short name, as choices and key figures show it."""
    return {
        Rounding.STARTED_MINUTE: _("every started minute", language),
        Rounding.NEAREST_MINUTE: _("nearest minute", language),
        Rounding.FULL_MINUTE: _("full minutes only", language),
        Rounding.EXACT_SECOND: _("exact to the second", language),
    }[rounding]

"""What an invoice still lacks, in words: fields by their names, and what stands in the way of issuing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from laverma_desk import text
from laverma_desk.domain.errors import Rule, Trouble
from laverma_desk.i18n import _

if TYPE_CHECKING:
    from laverma_desk.domain.einvoice_needs import Need


def need_name(need: Need) -> str:
    """Return a missing field in the interface language, with whose it is."""
    from laverma_desk.domain.einvoice_needs import Need  # noqa: PLC0415 (no start needs an invoice's rules)

    return {
        Need.COMPANY_NAME: _("the house's name"),
        Need.COMPANY_STREET: _("the house's street"),
        Need.COMPANY_POSTCODE: _("the house's postcode"),
        Need.COMPANY_CITY: _("the house's town"),
        Need.COMPANY_TAX_ID: _("the house's tax number or VAT ID"),
        Need.COMPANY_VAT_ID: _("the house's VAT ID"),
        Need.COMPANY_VAT_RATE: _("a VAT rate for the day of service"),
        Need.COMPANY_IBAN: _("the house's IBAN"),
        Need.COMPANY_PHONE: _("the house's phone number"),
        Need.COMPANY_EMAIL: _("the house's e-mail address"),
        Need.SUPPORTER_NAME: _("the supporter's name"),
        Need.CUSTOMER_NAME: _("the customer's name"),
        Need.CUSTOMER_STREET: _("the customer's street"),
        Need.CUSTOMER_POSTCODE: _("the customer's postcode"),
        Need.CUSTOMER_CITY: _("the customer's town"),
        Need.CUSTOMER_COUNTRY: _("a country of the customer within the EU"),
        Need.CUSTOMER_VAT_ID: _("the customer's VAT ID"),
        Need.CUSTOMER_REFERENCE: _("the customer's Leitweg-ID"),
        Need.CUSTOMER_ELECTRONIC_ADDRESS: _("the customer's electronic address"),
    }[need]


def obstacle_name(kind: str) -> str:
    """Return what stands in the way, from the value of a `services.invoicing.obstacles.ObstacleKind`."""
    return {
        "no_notes": _("a session has no notes"),
        "no_reason": _("a free session has no reason"),
        "gap_open": _("nobody has decided about a gap in the time of a session"),
        "no_address": _("the customer's address is incomplete"),
        "agreement_reason_missing": _("a session without an agreement has no reason"),
        "overlap": _("two sessions overlap"),
        "long": _("a session lasted more than two hours"),
        "locked": _("the customer is locked by data protection"),
        "e_invoice_field": _("a field of the e-invoice is missing"),
    }[kind]


def _needs(parameters: Mapping[str, Any]) -> str:
    from laverma_desk.domain.einvoice_needs import Need  # noqa: PLC0415 (see need_name)

    missing = [one for one in parameters["needs"] if one is not Need.CUSTOMER_COUNTRY]
    said = []
    if missing:
        # A name may end with the full stop of an abbreviation.
        names = text.list_sentence([need_name(one) for one in missing]).removesuffix(".")
        said.append(_("This is still missing for the invoice: %(names)s.") % {"names": names})
    if Need.CUSTOMER_COUNTRY in parameters["needs"]:
        said.append(
            _(
                "The customer is outside the EU: the service is not taxable in Germany (§ 3a UStG), and "
                "invoices without VAT for that are not written here."
            )
        )
    return " ".join(said)


def _obstacles(parameters: Mapping[str, Any]) -> str:
    names = _once(obstacle_name(one.kind.value) for one in parameters["obstacles"])
    return _("This stands in the way of the invoice: %(names)s.") % {"names": text.list_sentence(names)}


def _findings(parameters: Mapping[str, Any]) -> str:
    return _("Nothing was issued. The check found: %(findings)s") % {
        "findings": " ".join(_once(parameters["findings"]))
    }


def _once(said: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(said))


CASES: Mapping[Rule | Trouble, Callable[[Any], str]] = {
    Rule.INVOICE_NEEDS: _needs,
    Rule.INVOICE_OBSTACLES: _obstacles,
    Rule.INVOICE_REFUSED: _findings,
}
"""Failures whose sentence depends on what was found."""

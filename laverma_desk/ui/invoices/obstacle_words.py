"""What stands in the way of an invoice, in sentences, each with the way to mend it."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.einvoice_needs import Need, place_of
from laverma_desk.domain.einvoice_needs import Place as NeedPlace
from laverma_desk.i18n import _
from laverma_desk.services.invoicing.obstacles import Obstacle, ObstacleKind
from laverma_desk.ui.invoices.hints import Hint, Place, Way

_TAX = frozenset({Need.COMPANY_TAX_ID, Need.COMPANY_VAT_ID, Need.COMPANY_IBAN})


def obstacle_hint(obstacle: Obstacle, customer_id: int, when: str = "") -> Hint:
    """Return an obstacle as a line; `when` names its session where the line does not stand below it."""
    if obstacle.kind is ObstacleKind.E_INVOICE_FIELD:
        return need_hint(Need(obstacle.detail), customer_id)
    if obstacle.kind is ObstacleKind.NO_ADDRESS and f"customer_{obstacle.detail}" in set(Need):
        return need_hint(Need(f"customer_{obstacle.detail}"), customer_id)
    sentence = _sentence(obstacle)
    if when and obstacle.session_id is not None:
        sentence = f"{when}: {sentence}"
    if obstacle.session_id is not None:
        way, link = Way(Place.SESSION, obstacle.session_id), _("To the session")
    else:
        way, link = Way(Place.CUSTOMER, customer_id), _("To the customer")
    return Hint(sentence, obstacle.blocking, link, way)


def _sentence(obstacle: Obstacle) -> str:
    kind, detail = obstacle.kind, obstacle.detail
    if kind is ObstacleKind.OVERLAP:
        return _("Overlaps with %(session)s.") % {"session": detail}
    if kind is ObstacleKind.LONG:
        return _("Longer than two hours: %(time)s.") % {"time": text.duration(int(detail or 0))}
    return {
        ObstacleKind.NO_NOTES: _("There are no notes."),
        ObstacleKind.NO_REASON: _("Free of charge, but no reason says why."),
        ObstacleKind.GAP_OPEN: _("Nobody has decided about a gap in its time."),
        ObstacleKind.NO_ADDRESS: _("The customer's address is not complete."),
        ObstacleKind.AGREEMENT_REASON_MISSING: _("Started without a DPA, and no reason says why."),
        ObstacleKind.LOCKED: _("The customer is locked for data protection."),
    }[kind]


def need_hint(need: Need, customer_id: int) -> Hint:
    """Return a field that an invoice lacks as a line that leads to it."""
    place = place_of(need)
    if place is NeedPlace.CUSTOMER:
        way = Way(Place.CUSTOMER, customer_id)
    elif place is NeedPlace.SUPPORTER:
        way = Way(Place.SETTINGS, page="supporters")
    else:
        page = "vat" if need is Need.COMPANY_VAT_RATE else "tax" if need in _TAX else "company"
        way = Way(Place.SETTINGS, page=page)
    # A country is not missing: there is something to decide, not to fill in.
    link = _("To the customer") if need is Need.CUSTOMER_COUNTRY else _("Complete")
    return Hint(need_sentence(need), True, link, way)


def need_sentence(need: Need) -> str:
    """Return which field is missing."""
    return {
        Need.COMPANY_NAME: _("The invoice lacks the name of your own company."),
        Need.COMPANY_STREET: _("The invoice lacks the street of your own company."),
        Need.COMPANY_POSTCODE: _("The invoice lacks the postcode of your own company."),
        Need.COMPANY_CITY: _("The invoice lacks the city of your own company."),
        Need.COMPANY_TAX_ID: _("The invoice lacks your own tax number or VAT ID."),
        Need.COMPANY_VAT_ID: _("The invoice without VAT lacks your own VAT ID."),
        Need.COMPANY_VAT_RATE: _("0 % VAT without a reason: the rate of a day of service is missing."),
        Need.COMPANY_IBAN: _("The e-invoice lacks your own IBAN."),
        Need.COMPANY_PHONE: _("The e-invoice lacks your own phone number."),
        Need.COMPANY_EMAIL: _("The e-invoice lacks your own e-mail address."),
        Need.SUPPORTER_NAME: _("The e-invoice lacks the name of the contact person."),
        Need.CUSTOMER_NAME: _("The invoice lacks the customer's name."),
        Need.CUSTOMER_STREET: _("The invoice lacks the customer's street."),
        Need.CUSTOMER_POSTCODE: _("The invoice lacks the customer's postcode."),
        Need.CUSTOMER_CITY: _("The invoice lacks the customer's city."),
        Need.CUSTOMER_COUNTRY: _("The customer is outside the EU: the service is not taxable in Germany."),
        Need.CUSTOMER_VAT_ID: _("The invoice without VAT lacks the customer's VAT ID."),
        Need.CUSTOMER_REFERENCE: _("The e-invoice lacks the Leitweg-ID."),
        Need.CUSTOMER_ELECTRONIC_ADDRESS: _("The e-invoice lacks the customer's electronic address."),
    }[need]

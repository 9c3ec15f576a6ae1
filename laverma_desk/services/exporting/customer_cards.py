"""A customer as cards for an address book (vCard 3.0, RFC 2426): one of the practice, one of each person."""

from __future__ import annotations

from typing import Any

from laverma_desk import text
from laverma_desk.domain.customer import Contact, Customer, Salutation
from laverma_desk.services.importing.customer_columns import SALUTATION_WORDS
from laverma_desk.services.importing.vcard_values import NUMBER_PROPERTY
from laverma_desk.storage.customer_export import FullCustomer


def cards(one: FullCustomer) -> bytes:
    """Return the cards of a customer, each with the customer number in X-LAVERMA-NUMBER."""
    return b"".join([_practice(one.customer), *(_person(one.customer, person) for person in one.contacts)])


def _practice(customer: Customer) -> bytes:
    card = _card(customer, customer.name)
    card.add("x-abshowas").value = "COMPANY"
    _reach(card, "tel", customer.phone, "WORK")
    _reach(card, "email", customer.email_report, "WORK")
    return _written(card)


def _person(customer: Customer, person: Contact) -> bytes:
    import vobject  # noqa: PLC0415 (43 ms that no start should pay)

    card = _card(customer, person.name)
    given, _blank, family = person.name.rpartition(" ")
    prefix = SALUTATION_WORDS[person.salutation] if person.salutation is not Salutation.NONE else ""
    card.n.value = vobject.vcard.Name(family=family, given=given, prefix=prefix)
    if person.role:
        card.add("title").value = person.role
    _reach(card, "tel", person.phone, "WORK")
    _reach(card, "tel", person.mobile, "CELL")
    _reach(card, "email", person.email, "WORK")
    return _written(card)


def _card(customer: Customer, name: str) -> Any:
    import vobject  # noqa: PLC0415

    card = vobject.vCard()
    card.add("n").value = vobject.vcard.Name()
    card.add("fn").value = name
    card.add("org").value = [customer.name]
    card.add(NUMBER_PROPERTY).value = customer.number
    if customer.street or customer.postcode or customer.city:
        address = card.add("adr")
        address.type_param = "WORK"
        address.value = vobject.vcard.Address(
            street=customer.street,
            city=customer.city,
            code=customer.postcode,
            country=text.country(customer.country, "de"),
        )
    return card


def _reach(card: Any, kind: str, value: str, place: str) -> None:
    if value:
        line = card.add(kind)
        line.type_param = place
        line.value = value


def _written(card: Any) -> bytes:
    words: str = card.serialize(validate=False)
    return words.encode()

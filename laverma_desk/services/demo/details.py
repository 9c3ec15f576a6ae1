"""What the sample practices have beyond their address: programs, rooms, who gets what, who signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from laverma_desk.domain.customer import Contact, Customer, InvoiceFormat
from laverma_desk.services.demo.practices import Person

_SOFTWARE = (
    "Synadoc, Röntgen, KIM",
    "Synadoc, KIM",
    "Praxisplan, Röntgen",
    "Praxisplan, Bildarchiv, KIM",
    "Dentakt, Modellscan",
)
_ROOMS = {
    "rezeption": "Empfang, EG",
    "empfang": "Empfang, EG",
    "anmeldung": "Empfang, EG",
    "tresen": "Empfang, EG",
    "server": "Technikraum, UG",
    "archiv": "Technikraum, UG",
    "behandlung": "Zimmer 2, EG",
    "büro": "Verwaltung, 1. OG",
    "leitung": "Verwaltung, 1. OG",
    "labor": "Labor, UG",
    "röntgen": "Röntgenraum, EG",
}
_SIGNING_ROLES = frozenset({"Inhaber", "Inhaberin", "Praxisleitung"})


def room_of(workstation: str) -> str:
    """Return where a machine of that name stands, "" where nobody has written it down."""
    folded = workstation.lower()
    return next((room for word, room in _ROOMS.items() if word in folded), "")


def with_details(one: Customer, place: int, today: date) -> Customer:
    """Return a record filled up; `place` is the practice's place in the list."""
    return replace(
        one,
        software=_SOFTWARE[place % len(_SOFTWARE)],
        since=today - timedelta(days=1400 + 37 * place),
        on_site_km=4 + place * 7 % 38,
        payment_days=30 if place % 9 == 4 else None,
        invoice_format=InvoiceFormat.ZUGFERD if place % 3 == 0 else InvoiceFormat.HOUSE,
        email_invoice=f"abrechnung@{one.email_report.partition('@')[2]}" if place % 2 == 0 else "",
    )


def people_of(people: tuple[Person, ...]) -> list[Contact]:
    """Return the practice's people: the first gets the reports, an owner signs."""
    return [
        Contact(
            0,
            one.name,
            one.role,
            one.salutation,
            gets_reports=place == 0,
            signs_agreement=one.role in _SIGNING_ROLES,
        )
        for place, one in enumerate(people)
    ]


def signer_of(people: tuple[Person, ...]) -> str:
    """Return who signed for the practice."""
    owners = [one.name for one in people if one.role in _SIGNING_ROLES]
    return (owners or [people[0].name])[0]

"""What a card says becomes the values of a customer's row."""

from __future__ import annotations

from typing import Any

from laverma_desk.domain.folding import fold
from laverma_desk.services.importing import customer_columns as columns
from laverma_desk.services.importing.delimited import Row

NUMBER_PROPERTY = "x-laverma-number"
"""In which our own cards carry the customer number."""

LEFT_OUT = frozenset({"NOTE", "URL", "BDAY", "ANNIVERSARY", "CATEGORIES", "NICKNAME", "IMPP", "RELATED"})
"""Properties that people fill and that a customer has no place for."""

_OF_THE_PRACTICE = frozenset(columns.CUSTOMER_FIELDS) | {columns.POSTCODE}
_NO_VOICE = frozenset({"FAX", "PAGER", "VIDEO", "MODEM", "TEXTPHONE", "TEXT"})
_MOBILE = frozenset({"CELL", "MOBILE", "IPHONE"})


def card_row(card: Any, line: int) -> Row | None:
    """Return the row of a card (a vobject component), None for a list of other cards.

    What a person's card says of the practice only fills what nothing else says of it.
    """
    if _text(card, "kind").casefold() == "group" or _text(card, "x-addressbookserver-kind") == "group":
        return None
    organisation = _organisation(card)
    person, salutation = _person(card)
    if _is_company(card, organisation, person):
        values = _practice(card, organisation or person)
        values |= _reached(card, columns.PHONE, "", columns.EMAIL_REPORT)
        return Row(line, values)
    values = _practice(card, organisation or person) | {columns.CONTACT: person}
    values[columns.SALUTATION] = salutation or (columns.NO_SALUTATION if person else "")
    values[columns.ROLE] = _text(card, "role") or _text(card, "title")
    values |= _reached(card, columns.CONTACT_PHONE, columns.CONTACT_MOBILE, columns.CONTACT_EMAIL)
    if not organisation:
        # Somebody who works for nobody is the customer; the numbers are the customer's too.
        values |= _reached(card, columns.PHONE, "", columns.EMAIL_REPORT)
    return Row(line, values, _OF_THE_PRACTICE)


def _text(card: Any, name: str) -> str:
    found = card.contents.get(name)
    value = found[0].value if found else ""
    if isinstance(value, list):
        value = " ".join(str(one) for one in value if one)
    return " ".join(str(value).split())


def _joined(value: Any) -> str:
    parts = value if isinstance(value, list | tuple) else [value]
    return " ".join(" ".join(str(one) for one in parts if one).split())


def _organisation(card: Any) -> str:
    found = card.contents.get("org")
    value = found[0].value if found else ""
    return _joined(value[0] if isinstance(value, list) and value else value)


def _person(card: Any) -> tuple[str, str]:
    """Return the name and how the person is addressed (the word of the column, or "")."""
    found = card.contents.get("n")
    name = found[0].value if found else None
    before = _joined(getattr(name, "prefix", "")).split()
    salutation = next((one for one in map(columns.known_salutation, before) if one), None)
    titles = [one for one in before if columns.known_salutation(one) is None]
    composed = " ".join(
        (*titles, *(_joined(getattr(name, part, "")) for part in ("given", "additional", "family")))
    )
    said = _text(card, "fn") or " ".join(composed.split())
    first, _blank, rest = said.partition(" ")
    if rest and columns.known_salutation(first) is not None:
        salutation, said = salutation or columns.known_salutation(first), rest
    return said, columns.SALUTATION_WORDS[salutation] if salutation else ""


def _is_company(card: Any, organisation: str, person: str) -> bool:
    if _text(card, "x-abshowas").casefold() == "company" or _text(card, "kind").casefold() == "org":
        return True
    return bool(organisation) and fold(organisation) == fold(person)


def _practice(card: Any, name: str) -> dict[str, str]:
    values = {columns.NAME: name, columns.NUMBER: _text(card, NUMBER_PROPERTY)}
    # In a card whose parts are mixed up it comes as one word, of which nobody can tell the street.
    parted = (one for one in card.contents.get("adr", ()) if not isinstance(one.value, str))
    addresses = sorted(parted, key=_rank)
    if addresses:
        place = addresses[0].value
        values |= {
            columns.STREET: _joined(place.street) or _joined(place.box),
            columns.POSTCODE: _joined(place.code),
            columns.CITY: _joined(place.city),
            columns.COUNTRY: _joined(place.country),
        }
    return values


def _types(line: Any) -> frozenset[str]:
    stated = [word for value in line.params.get("TYPE", ()) for word in str(value).split(",")]
    return frozenset(word.strip().upper() for word in (*stated, *line.singletonparams))


def _rank(line: Any) -> tuple[bool, bool]:
    """Sort what is of work before what is of home, and what is preferred before the rest."""
    kinds = _types(line)
    preferred = "PREF" in kinds or bool(line.params.get("PREF"))
    return "HOME" in kinds and "WORK" not in kinds, not preferred


def _reached(card: Any, phone: str, mobile: str, mail: str) -> dict[str, str]:
    """Return phone, mobile and mail by the names of columns; without one for mobiles, either counts."""
    values: dict[str, str] = {}
    for line in sorted(card.contents.get("tel", ()), key=_rank):
        kinds = _types(line)
        number = str(line.value).removeprefix("tel:").partition(";")[0].strip()
        column = mobile if kinds & _MOBILE and mobile else phone
        if number and not kinds & _NO_VOICE:
            values.setdefault(column, number)
    for line in sorted(card.contents.get("email", ()), key=_rank):
        address = str(line.value).removeprefix("mailto:").strip()
        if "@" in address and "X400" not in _types(line):
            values.setdefault(mail, address)
    return values

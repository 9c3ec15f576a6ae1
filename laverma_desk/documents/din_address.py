"""Who a letter goes to, line by line as the post reads it."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.customer import Salutation
from laverma_desk.domain.invoice import Buyer
from laverma_desk.i18n import gettext_in


def address_lines(buyer: Buyer, language: str, home: str, *, attention: bool = True) -> tuple[str, ...]:
    """Return name, person, street, town and, outside the house's own country, the country in capitals.

    `home` is the house's country. With `attention` the person is led by "z. Hd.".
    """
    country = ""
    if buyer.country and buyer.country != home:
        country = text.country(buyer.country, language).upper()
    town = f"{buyer.postcode} {buyer.city}".strip()
    lines = (buyer.name, _person(buyer, language, attention=attention), buyer.street, town, country)
    return tuple(line for line in lines if line.strip())


def _person(buyer: Buyer, language: str, *, attention: bool) -> str:
    name = buyer.contact.strip()
    if not name or name == buyer.name.strip():
        return ""
    addressed = {
        Salutation.MS: gettext_in(language, "Ms %(name)s"),
        Salutation.MR: gettext_in(language, "Mr %(name)s"),
        Salutation.NONE: "%(name)s",
    }[buyer.salutation] % {"name": name}
    if not attention:
        return addressed
    return gettext_in(language, "attn. %(name)s") % {"name": addressed}

"""What the bookkeeping has to know of a debtor: who it is and where, and nothing else."""

from __future__ import annotations

from laverma_desk.domain.customer import Customer
from laverma_desk.domain.taxing import EU_STATES
from laverma_desk.services.datev import columns
from laverma_desk.services.datev.postings import fitting

_COMPANY = "2"
_STREET = "STR"
_LIMITS = {
    columns.COMPANY_NAME: 50,
    columns.SHORT_NAME: 15,
    columns.STREET: 36,
    columns.COUNTRY: 2,
    columns.CUSTOMER_NUMBER: 15,
}
_LONGEST_POSTCODE = 10
_LONGEST_CITY = 30
_NO_GAPS = str.maketrans("", "", " -\u00a0")
_GREECE = {"GR": "EL"}
"""The letters of a VAT ID where they are not those of the country."""


def debtor_cells(account: int, one: Customer) -> dict[str, str]:
    """Return the columns of a debtor that are not empty; what is too long for the format is cut.

    A number of the customer that is too long is left out: half a number would be another one.
    """
    number = one.number if len(one.number) <= _LIMITS[columns.CUSTOMER_NUMBER] else ""
    texts = {
        columns.COMPANY_NAME: one.name,
        columns.SHORT_NAME: one.name,
        columns.STREET: one.street,
        columns.COUNTRY: one.country,
        columns.CUSTOMER_NUMBER: number,
    }
    values = {columns.ACCOUNT: str(account), columns.ADDRESSEE: _COMPANY}
    values |= {name: fitting(value, _LIMITS[name]) for name, value in texts.items()}
    values |= _place(one)
    if one.street:
        values[columns.ADDRESS_KIND] = _STREET
    state = _GREECE.get(one.country, one.country)
    if one.vat_id.startswith(state) and one.country in EU_STATES:
        values |= {columns.VAT_STATE: state, columns.VAT_NUMBER: one.vat_id.removeprefix(state)}
    return values


def _place(one: Customer) -> dict[str, str]:
    """Return postcode and town: DATEV takes digits alone, so a postcode with letters goes before the town."""
    digits = one.postcode.translate(_NO_GAPS)
    if digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_POSTCODE:
        return {columns.POSTCODE: digits, columns.CITY: fitting(one.city, _LONGEST_CITY)}
    return {columns.CITY: fitting(f"{one.postcode} {one.city}", _LONGEST_CITY)}

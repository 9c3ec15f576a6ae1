"""The sentences about what the tax adviser gets: accounts, numbers, and what DATEV does not take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from laverma_desk import text
from laverma_desk.domain.errors import Rule, Trouble
from laverma_desk.explain.parameters import Parameters
from laverma_desk.i18n import _, ngettext


def sentences() -> dict[Rule | Trouble, str]:
    """Return a sentence for each code, with places for the values that the error carries."""
    return {
        Rule.DATEV_AMOUNT: _(
            "The amount of %(number)s is longer than DATEV takes: at most 9,999,999,999.99."
        ),
        Rule.DATEV_CHARACTER: _(
            "%(file)s, row %(line)s, field %(column)s: DATEV's files cannot hold “%(characters)s”. "
            "Write it with other letters in the record of %(name)s."
        ),
        Rule.DATEV_EMPTY: _("From %(first)s to %(last)s there is nothing to hand over. Choose other days."),
        Rule.DATEV_NUMBER_REFUSED: _(
            "DATEV does not take the number %(number)s. Leave out the days of this document, and give it to "
            "the tax adviser as a file."
        ),
        Rule.DATEV_NUMBERS_MISSING: _(
            "The tax adviser's number and your client number are missing. Ask for them and enter both in the "
            "settings under Bookkeeping (DATEV)."
        ),
        Rule.DATEV_SUMS: _(
            "The lines of %(number)s do not add up to its total. Run the check of all invoices."
        ),
        Rule.DEBTOR_ACCOUNT_LENGTH: _(
            "The account %(account)s of %(name)s does not fit. With your accounts debtors lie between "
            "%(lowest)s and %(highest)s: change it in the customer's record, or the digits in the settings."
        ),
        Rule.DEBTOR_ACCOUNT_MISSING: _(
            "%(name)s (%(number)s) has no debtor account. Assign one, or enter it in the customer's record."
        ),
        Rule.DEBTOR_ACCOUNT_TAKEN: _("%(name)s has the account %(account)s. Choose another one."),
        Rule.DEBTOR_ACCOUNTS_USED_UP: _(
            "No debtor account is free up to %(highest)s. Lower the first one in the settings under "
            "Bookkeeping (DATEV)."
        ),
    }


def _obstacles(parameters: Parameters) -> str:
    count = int(parameters["count"] or 0)
    return ngettext(
        "%(n)s thing stands in the way. Nothing was written.",
        "%(n)s things stand in the way. Nothing was written.",
        count,
    ) % {"n": text.number(count)}


def _revenue_missing(parameters: Parameters) -> str:
    rate = text.percent(Decimal(parameters["rate"] or 0))
    what = {
        "S": _("There is no revenue account for %(rate)s VAT, as on %(number)s."),
        "E": _(
            "There is no revenue account for sales of a small business (§ 19 UStG), as on %(number)s; SKR04 "
            "has no usual one."
        ),
        "AE": _("There is no revenue account for services whose VAT the customer owes, as on %(number)s."),
    }.get(
        str(parameters["category"]),
        _("There is no revenue account for services that are not taxable in Germany, as on %(number)s."),
    )
    remedy = _("Ask the tax adviser for it and enter it in the settings under Bookkeeping (DATEV).")
    return f"{what % {'rate': rate, 'number': parameters['number']}} {remedy}"


CASES: Mapping[Rule | Trouble, Callable[[Parameters], str]] = {
    Rule.DATEV_OBSTACLES: _obstacles,
    Rule.DATEV_REVENUE_MISSING: _revenue_missing,
}
"""Those whose sentence depends on what the error carries."""

"""Why whoever sits here may not do something, and what each right is called."""

from __future__ import annotations

from laverma_desk.domain.rights import Right, Rights
from laverma_desk.i18n import _


def right_name(right: Right) -> str:
    """Return what a right is called, with what belongs to it."""
    names = {
        Right.CALLS: _("Calls: sessions, notes, customers, agreements, mails"),
        Right.BILLING: _("Billing: drafts, invoices, cancellations, payments, reminders"),
        Right.HOUSE: _("House: settings, supporters, prices, merging and erasing"),
    }
    return names[right]


def missing(rights: Rights, *either: Right) -> str | None:
    """Return why something is not possible that takes one of some rights, None where it is."""
    if any(rights.may(one) for one in either):
        return None
    reasons = {
        Right.CALLS: _("Your login may look at calls and customers, and change none."),
        Right.BILLING: _("Your login may look at invoices, and write none."),
        Right.HOUSE: _("Your login may look at the settings of the house, and change none."),
    }
    return reasons[either[0]]

"""The sentences about invoices, payments and reminders."""

from __future__ import annotations

from laverma_desk.domain.errors import Rule, Trouble
from laverma_desk.i18n import _


def sentences() -> dict[Rule | Trouble, str]:
    """Return a sentence for each code, with places for the values that the error carries."""
    return {
        Rule.DRAFT_UNKNOWN: _("This draft is no longer there: it was issued or thrown away meanwhile."),
        Rule.INCLUDED_TOO_MANY: _(
            "More minutes are included (%(included)s) than are billed (%(billed)s). Lower their number."
        ),
        Rule.INVOICE_CANCELLED: _("%(number)s is cancelled already, by %(by)s."),
        Rule.INVOICE_DATE_EARLY: _(
            "The day is before that of the service or of the invoice it belongs to. Choose a later one."
        ),
        Rule.INVOICE_DATE_FUTURE: _("The date of an invoice is not in the future. Choose today or earlier."),
        Rule.INVOICE_EMPTY: _("There is nothing on this invoice. Tick a session or add an item."),
        Rule.INVOICE_ERASED: _("The words of %(number)s were erased after the time that the law sets."),
        Rule.INVOICE_IS_CANCELLATION: _("%(number)s is a cancellation itself and cannot be cancelled."),
        Rule.INVOICE_NEGATIVE: _("What is taken off is more than what is billed. Lower it."),
        Rule.INVOICE_UNKNOWN: _("There is no invoice with the number %(number)s."),
        Rule.NUMBER_FORMAT_LONG: _("With a long counter this number has more than %(limit)s characters."),
        Rule.NUMBER_FORMAT_REFUSED: _(
            "“%(character)s” cannot stand in a number. DATEV takes letters A–Z, digits and $ & %% * + - /"
        ),
        Rule.NUMBER_FORMATS_MEET: _(
            "“%(first)s” and “%(second)s” could give the same number. Let one begin differently."
        ),
        Rule.INCLUDED_NOT_NEGATIVE: _(
            "Included minutes are taken off: write their number with a minus sign."
        ),
        Rule.ITEM_UNKNOWN: _("This item is no longer in the draft."),
        Rule.OPEN_SESSIONS_CHANGED: _(
            "These sessions have changed meanwhile: one is billed, in a draft or no longer there. "
            "Show the list again."
        ),
        Rule.QUANTITY_INVALID: _("A quantity is more than 0 and has at most three digits after the comma."),
        Rule.STATEMENT_EMPTY: _("There is no session in this period that the customer could be shown."),
        Rule.INVOICE_ON_ITS_WAY: _(
            "A mail with %(number)s is on its way already or may have arrived. Look at it in the outbox."
        ),
        Rule.AMOUNT_TOO_HIGH: _("At most %(most)s are possible here."),
        Rule.BASE_RATE_DAY_INVALID: _("The base rate changes on 1 January and on 1 July. Give one of them."),
        Rule.BASE_RATE_INVALID: _("A base rate looks like 1.27 or -0.88."),
        Rule.PAYMENT_BEFORE_INVOICE: _("%(number)s is of %(day)s. A payment before it belongs elsewhere."),
        Rule.PAYMENT_IN_FUTURE: _("The day of the payment lies in the future."),
        Rule.PAYMENT_ON_CANCELLATION: _("%(number)s is a cancellation. Nobody pays it."),
        Rule.PAYMENT_REFUNDED: _("This money has gone back already. Take the refund back first."),
        Rule.PAYMENT_TAKEN_BACK: _("This entry has been taken back already."),
        Rule.PAYMENT_UNASSIGNED: _(
            "%(amount)s of this customer lie on %(number)s and are not owed there."
            " Pay them back, or record them for the open invoice, before a letter is written."
        ),
        Rule.PAYMENT_UNKNOWN: _("This payment is not there any more. Open the invoice again."),
        Rule.PAYMENT_WITHOUT_AMOUNT: _("Give the amount that came in."),
        Rule.REFUND_TOO_HIGH: _("At most %(most)s can go back: that much was paid beyond what is asked."),
        Rule.REMINDER_ISSUED_TODAY: _("%(number)s of today names these invoices already."),
        Rule.REMINDER_NOT_DUE: _("No invoice of %(name)s is overdue."),
        Rule.REMINDER_UNKNOWN: _("This letter is not there any more. Open the list again."),
    }

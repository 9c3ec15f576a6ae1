"""What the mail of a reminder says: the letter itself is attached."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.reminder import Reminder
from laverma_desk.i18n import gettext_in


def mail_body(record: Reminder) -> str:
    """Return the text of a letter's mail: what is open and asked on top, until when, and what is attached."""
    tongue = record.language
    words = record.texts
    lines = [
        gettext_in(tongue, "%(number)s of %(date)s, due on %(due)s: %(amount)s")
        % {
            "number": line.number,
            "date": text.date(line.issued_on, tongue),
            "due": text.date(line.due_on, tongue),
            "amount": text.money(line.open_cents, tongue),
        }
        for line in record.lines
    ]
    on_top = (
        (gettext_in(tongue, "Dunning fee: %(amount)s"), record.fee_cents),
        (gettext_in(tongue, "Default interest: %(amount)s"), record.interest_cents),
        (gettext_in(tongue, "Lump sum (§ 288 Abs. 5 BGB): %(amount)s"), record.lump_cents),
    )
    lines += [said % {"amount": text.money(cents, tongue)} for said, cents in on_top if cents]
    attached = gettext_in(tongue, "You will find letter %(number)s and copies of the invoices attached.") % {
        "number": record.number
    }
    greeting = [gettext_in(tongue, "Kind regards"), record.supporter_name, record.company.name]
    blocks = [
        words.salutation,
        words.opening,
        "\n".join(lines),
        f"{words.request.splitlines()[0]}\n{attached}",
        words.closing,
        "\n".join(one for one in greeting if one),
    ]
    return "\n\n".join(blocks)

"""Who may do what on a server, as its own privileges: whoever asks it past this program may no more.

Everybody reads. A right is a group of its own; a login is a member of some. What a whole table does not say
is said by columns, by conditions on rows, and where statements name more columns than change, by guards.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, text

from laverma_desk.domain.retention import ERASED
from laverma_desk.domain.rights import ALL_RIGHTS, Right, Rights

MEMBERS = "members"
CALLS, BILLING, HOUSE = Right.CALLS.value, Right.BILLING.value, Right.HOUSE.value
WRITE = "INSERT, UPDATE, DELETE"

_ERASED = (
    "requested_by", "partner_id", "notes", "internal_note", "recipient", "report_open", "customer_name",
    "workstation_name", "exception_reason", "exception_by", "version",
)  # fmt: skip
_PERSON = "(name, email, archived)"
_ADDRESS = "sender, recipient, bcc, content_id"

GRANTS: dict[str, dict[str, str]] = {
    MEMBERS: {
        "attempt": "INSERT",
        "heartbeat": WRITE,
        # Whichever desk is awake sends what waits, and says what came of it.
        "message": "UPDATE (state, data_started, tries, claim, due_at)",
    },
    CALLS: {
        "agreement": "INSERT, UPDATE",
        "contact": WRITE,
        "customer": WRITE,
        "customer_change": "INSERT",
        "customer_tariff": WRITE,
        "document": "INSERT",
        "former_partner_id": WRITE,
        "gap": WRITE,
        "log_reading": WRITE,
        "message": f"INSERT, UPDATE ({_ADDRESS}, attachment_id)",
        "message_attachment": "INSERT",
        "number_range": "INSERT, UPDATE",
        "remote_connection": WRITE,
        "segment": WRITE,
        "session": "INSERT, UPDATE (*-invoice_number)",
        "session_change": "INSERT",
        "session_text": WRITE,
        "setting": WRITE,
        "telephone_session": WRITE,
        "unreadable_line": WRITE,
        "workstation": WRITE,
    },
    BILLING: {
        "customer": "UPDATE",
        "customer_change": "INSERT",
        "customer_tariff": WRITE,
        "document": "INSERT",
        "draft_item": WRITE,
        "draft_session": WRITE,
        "invoice": "INSERT",
        "invoice_draft": WRITE,
        "invoice_line": "INSERT",
        "message": f"INSERT, UPDATE ({_ADDRESS}, invoice_id, reminder_id)",
        "message_attachment": "INSERT",
        "number_range": "INSERT, UPDATE",
        "payment": "INSERT",
        "reminder": "INSERT",
        "reminder_invoice": "INSERT",
        "session": "UPDATE (invoice_number, version)",
        "session_change": "INSERT",
        "setting": WRITE,
    },
    HOUSE: {
        "agreement": "UPDATE",
        "attempt": "UPDATE",
        "contact": WRITE,
        "customer": "UPDATE",
        "customer_change": "INSERT, UPDATE",
        "customer_tariff": WRITE,
        "document": "INSERT, UPDATE",
        "former_partner_id": WRITE,
        "free_reason": WRITE,
        "invoice": "UPDATE",
        "invoice_line": "UPDATE",
        "message": "UPDATE (customer_name, recipient, bcc, subject, body)",
        "payment": "UPDATE",
        "remote_connection": "UPDATE",
        "reminder": "UPDATE",
        "session": f"UPDATE ({', '.join(_ERASED)})",
        "session_change": "INSERT, UPDATE",
        "session_text": WRITE,
        "setting": WRITE,
        "setting_change": "INSERT",
        "snippet": WRITE,
        # Whose login is whose says whoever looks after the server.
        "supporter": f"INSERT {_PERSON}, UPDATE {_PERSON}",
        "tariff": WRITE,
        "unreadable_line": "UPDATE",
        "vat_rate": WRITE,
        "workstation": WRITE,
    },
}
"""For each group its privileges on tables; `UPDATE (*-one)` is on every column but that one."""

_LETTERS = "kind IN ('invoice', 'reminder')"

POLICIES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "message": (
        (MEMBERS, "UPDATE", "true"),
        (CALLS, "INSERT", f"NOT ({_LETTERS})"),
        (BILLING, "INSERT", _LETTERS),
    ),
    "number_range": (
        (CALLS, "ALL", "kind IN ('session', 'customer')"),
        (BILLING, "ALL", "kind NOT IN ('session', 'customer')"),
    ),
    "setting": (
        (CALLS, "ALL", "key = 'import_mappings'"),
        (BILLING, "ALL", "key = 'audit'"),
        (HOUSE, "ALL", "true"),
    ),
}
"""For tables that several groups write: group, what for, and on which rows. Every row is read by all."""


class Guard(NamedTuple):
    """Changes of a table's columns that take one of some rights; no columns: each new or removed row.

    `rows`: only of rows that come out like this.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    rights: tuple[str, ...]
    rows: str = "true"


_PRICES = ("on_site_cents", "on_site_travel_cents", "on_site_hourly_cents", "payment_days")
_CARRIED = (
    "sender", "recipient", "bcc", "subject", "body", "content_id", "attachment_id",
    "invoice_id", "reminder_id",
)  # fmt: skip
_BLANK = f"(NEW.recipient = '{ERASED}' AND NEW.bcc = '')"

GUARDS = (
    Guard("right_prices", "customer", _PRICES, (BILLING, HOUSE)),
    Guard("right_account", "customer", ("debtor_account",), (BILLING, HOUSE)),
    Guard("right_kept", "customer", ("merged_into", "restricted_at", "erased_at"), (HOUSE,)),
    Guard("right_tariff", "customer_tariff", (), (BILLING, HOUSE)),
    # Where a mail goes, and what with, says whoever may write one of its kind; else it can only be erased.
    Guard("right_mail", "message", _CARRIED, (CALLS,), f"NOT {_BLANK} AND NOT NEW.{_LETTERS}"),
    Guard("right_letter", "message", _CARRIED, (BILLING,), f"NOT {_BLANK} AND NEW.{_LETTERS}"),
    Guard("right_erasing", "message", _CARRIED, (HOUSE,), _BLANK),
)

MAY = "laverma_may"
"""The server's function that tells whether whoever asks has a right: the owner of the tables has each."""


def rights_of(connection: Connection) -> Rights:
    """Return what the login may do. A server that nobody has prepared for others has one user, its owner."""
    there = connection.execute(text(f"SELECT to_regprocedure('public.{MAY}(text)')")).scalar()
    if there is None:
        return ALL_RIGHTS
    asked = text(f"SELECT one FROM unnest(CAST(:rights AS text[])) AS one WHERE public.{MAY}(one)")  # nosec B608 # noqa: S608 (a name of ours)
    found = connection.execute(asked, {"rights": [one.value for one in Right]}).scalars()
    return Rights(frozenset(map(Right, found)))

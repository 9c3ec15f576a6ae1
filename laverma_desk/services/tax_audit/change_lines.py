"""A change in words: on what, which field, what stood there and what stands there now, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from laverma_desk import i18n, text
from laverma_desk.domain.change_log import ChangeKind, LoggedChange
from laverma_desk.domain.folding import fold
from laverma_desk.i18n import _
from laverma_desk.services.privacy import change_words
from laverma_desk.services.privacy.plan import MARKS
from laverma_desk.storage.session_history import Change
from laverma_desk.text import session_log
from laverma_desk.text.setting_log import setting_change_words
from laverma_desk.text.setting_names import setting_field_name

_PAGE_END = ": "
_OF_SESSIONS = (ChangeKind.CORRECTION, ChangeKind.COURSE)


class ChangeLine(NamedTuple):
    """The words of a change. `subject` names the session or document and the customer."""

    when: str
    who: str
    kind: str
    subject: str
    field: str
    old: str
    new: str
    reason: str


def kind_name(kind: ChangeKind) -> str:
    """Return what changes of a kind are called."""
    return {
        ChangeKind.CORRECTION: _("Corrections of sessions"),
        ChangeKind.COURSE: _("Course of sessions"),
        ChangeKind.CUSTOMER: _("Customer records"),
        ChangeKind.CANCELLATION: _("Cancelled invoices"),
        ChangeKind.PAYMENT: _("Payments taken back"),
        ChangeKind.SETTING: _("Settings"),
    }[kind]


def change_line(change: LoggedChange) -> ChangeLine:
    """Return the words of a change in the language of the window.

    Where data protection has locked the customer, neither name nor values are said, only that and when the
    lock came.
    """
    field, old, new = _moved(change)
    subject, reason = subject_of(change), change.reason
    if change.kind is ChangeKind.SETTING and (parts := field.partition(_PAGE_END))[2]:
        # The page of the settings stands where others have a number: names of settings are long.
        subject, field = f"{subject}, {parts[0]}", parts[2]
    if change.locked and change.field not in MARKS:
        old = new = ""
        reason = _("locked for data protection")
    return ChangeLine(
        when=text.date_time(change.at),
        who=change.who,
        kind=kind_name(change.kind),
        subject=subject,
        field=field,
        old=old,
        new=new,
        reason=reason,
    )


def subject_of(change: LoggedChange) -> str:
    """Return on what a change is: number of session or document, and the customer (locked: its number)."""
    if change.kind is ChangeKind.SETTING:
        return kind_name(change.kind)
    customer = change.customer_name or change.customer_number
    return ", ".join(part for part in (change.subject, customer) if part)


def settings_named(fields: Iterable[str], typed: str) -> frozenset[str]:
    """Return the settings ("section.field") whose names have a text in them."""
    wanted, tongue = fold(typed.strip()), i18n.current()
    return frozenset(one for one in fields if wanted in fold(setting_field_name(one, tongue)))


def fields_named(fields: Iterable[str], typed: str) -> frozenset[str]:
    """Return the fields of sessions and records whose names have a text in them."""
    wanted, tongue = fold(typed.strip()), i18n.current()
    found = set()
    for one in fields:
        name = one.rpartition(".")[2]
        said = {session_log.field_name(one), change_words.field_name(name, tongue)} - {one, name}
        if any(wanted in fold(words) for words in said):
            found.add(one)
    return frozenset(found)


def _moved(change: LoggedChange) -> tuple[str, str, str]:
    """Return the field's name, and what it said before and after."""
    if change.kind is ChangeKind.CANCELLATION:
        return _("Invoice cancelled"), text.money(int(change.old)), change.new
    if change.kind is ChangeKind.PAYMENT:
        day = text.date(date.fromisoformat(change.new))
        paid = _("%(amount)s of %(day)s") % {"amount": text.money(int(change.old)), "day": day}
        return _("Payment taken back"), paid, ""
    if change.kind in _OF_SESSIONS:
        name = session_log.field_name(change.field)
        return name, _said(change.field, change.old), _said(change.field, change.new)
    if change.kind is ChangeKind.SETTING:
        name, old, new = setting_change_words(
            change.field, change.subject, change.old, change.new, i18n.current()
        )
        return name, _one_line(old), _one_line(new)
    logged = Change(change.at, change.who, change.field, change.old, change.new, change.reason)
    field, old, new = change_words.change_words(logged, i18n.current())
    return field, _one_line(old), _one_line(new)


def _said(field: str, value: str) -> str:
    return _one_line(session_log.value_words(field, value, whole=True)) if value else ""


def _one_line(value: str) -> str:
    return " / ".join(part for line in value.splitlines() if (part := line.strip(" /")))

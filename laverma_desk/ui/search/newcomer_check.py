"""What is wrong in the small form, field by field, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.customers.callers import check_field
from laverma_desk.ui.search.typed_customer import FIELDS, TypedAgreement, TypedCustomer


def field_problem(field: str, typed: TypedCustomer, today: date) -> str:
    """Return what is wrong in one field as it is left; an empty one is nothing wrong yet."""
    if field == "agreement_until":
        return _day_problem(typed.agreement, today)
    try:
        check_field(field, getattr(typed, field))
    except RuleBroken as error:
        return explain(error)
    return ""


def problems(typed: TypedCustomer, today: date, *, known: bool, gate_open: bool) -> Iterator[tuple[str, str]]:
    """Yield each wrong field with its sentence, in the order of the form.

    `known`: the practice exists, only its machine is new. `gate_open`: its agreement is valid.
    """
    needed = {"workstation"} if known else {"name", "phone"}
    for field in FIELDS:
        sentence = "" if known and field in FIELDS[:4] else field_problem(field, typed, today)
        if field in needed and not getattr(typed, field):
            sentence = explain(RuleBroken(Rule.TEXT_MISSING, field=field))
        if sentence:
            yield field, sentence
    if not gate_open:
        yield from _agreement_problem(typed.agreement, today)


def _agreement_problem(typed: TypedAgreement, today: date) -> Iterator[tuple[str, str]]:
    if typed.signed:
        sentence = _day_problem(typed, today)
        if not sentence and typed.until is None and not typed.open_ended:
            sentence = _("Enter the last day, or tick “no end date”.")
        if sentence:
            yield "agreement_until", sentence
    elif not typed.reason.strip():
        yield "reason", explain(RuleBroken(Rule.EXCEPTION_WITHOUT_REASON))
    elif not typed.decided_by:
        yield "decided_by", explain(RuleBroken(Rule.EXCEPTION_WITHOUT_NAME))


def _day_problem(typed: TypedAgreement, today: date) -> str:
    if not typed.signed or typed.open_ended:
        return ""
    if typed.wrong_day:
        return _("There is no such day. Write it like 31.12.2026.")
    if typed.until is not None and typed.until < today:
        return _("On that day the DPA has already expired.")
    return ""

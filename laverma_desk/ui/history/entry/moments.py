"""Reads what stands in the two fields for instants, and says at the field what is wrong."""

from __future__ import annotations

from datetime import datetime

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.corrections import typed_moment
from laverma_desk.ui.history.entry.moment_field import MomentField


def read_moment(field: MomentField, key: str, *, strict: bool) -> datetime | None:
    """Return the instant (UTC) of a field, None where there is none; `strict` says why at the field.

    While somebody is typing (not strict), only the question about an hour that comes twice is asked.
    """
    typed = field.typed()
    if typed.untouched is not None:
        return typed.untouched
    sentence = ""
    try:
        if typed.day is None:
            sentence = _("A day looks like 01.03.2022.")
        elif not typed.time:
            sentence = _("A time looks like 10:22.")
        else:
            instant = typed_moment(typed.day, typed.time, key, fold=typed.fold)
            if not _comes_twice(field, key):
                field.ask_hour(wanted=False)
            return instant
    except RuleBroken as error:
        field.ask_hour(wanted=error.code is Rule.LOCAL_TIME_TWICE)
        sentence = _("A time looks like 10:22.") if error.code is Rule.DATE_INVALID else explain(error)
    if strict:
        field.show_error(sentence)
    return None


def _comes_twice(field: MomentField, key: str) -> bool:
    typed = field.typed()
    if typed.day is None:
        return False
    try:
        typed_moment(typed.day, typed.time, key)
    except RuleBroken as error:
        return error.code is Rule.LOCAL_TIME_TWICE
    return False

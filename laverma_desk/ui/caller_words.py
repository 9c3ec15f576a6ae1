"""Who calls, in the words of the search page and of the bar that says it beside other work."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.services.telephone import Caller, CallerHit


def subtitle(caller: Caller) -> str:
    """Return what stands below the question on the search page."""
    values = {"number": caller.shown, "name": _name(caller), "count": text.number(len(caller.customers))}
    if caller.caller_id.is_hidden:
        return _("Anonymous call")
    if not caller.customers:
        return _unknown(caller) % values
    if len(caller.customers) > 1 and caller.certain:
        return _("Call from %(number)s: %(count)s customers have this number") % values
    if len(caller.customers) > 1:
        return _("Call from %(number)s: the numbers of %(count)s customers end alike") % values
    if caller.certain:
        return _("Call from %(number)s: %(name)s") % values
    return _("Call from %(number)s, probably %(name)s") % values


def bar_sentence(caller: Caller) -> str:
    """Return what the bar says: Anruf: ZAP Dr. Bohrer, 030 23125 014."""
    values = {"number": caller.shown, "name": _name(caller), "count": text.number(len(caller.customers))}
    if caller.caller_id.is_hidden:
        return _("Anonymous call")
    if not caller.customers:
        number = caller.caller_id.is_number
        return (_("Call: %(number)s, unknown number") if number else _("Call: %(number)s")) % values
    if len(caller.customers) > 1:
        return _("Call: %(number)s, one of %(count)s customers") % values
    if caller.certain:
        return _("Call: %(name)s, %(number)s") % values
    return _("Call: probably %(name)s, %(number)s") % values


def field_words(caller: Caller) -> str:
    """Return what goes into the search field: nothing that could be found by chance alone."""
    return caller.shown if caller.customers or caller.can_be_looked_for else ""


def _unknown(caller: Caller) -> str:
    if not caller.caller_id.is_number:
        return _("Call from %(number)s")
    if caller.can_be_looked_for:
        return _("Call from %(number)s, unknown number")
    return _("Call from %(number)s, too short to tell whose number it is")


def _name(caller: Caller) -> str:
    return _full_name(caller.customers[0]) if caller.customers else ""


def _full_name(hit: CallerHit) -> str:
    return ", ".join(part for part in (hit.person, hit.customer_name) if part)

"""Which changes an audit sees with their values: those of figures, times and addresses on invoices.

The same goes for settings: those on which documents and postings depend. Of all others (notes, people, phone
numbers, partner IDs, reasons of data protection, the mail account) it sees that there was one, when and by
whom.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from laverma_desk import text
from laverma_desk.domain.clock import local
from laverma_desk.domain.setting_change import TAX_RELEVANT
from laverma_desk.domain.tariff import Rounding
from laverma_desk.services.privacy import change_words
from laverma_desk.services.tax_audit.cells import money
from laverma_desk.storage.session_history import Change
from laverma_desk.storage.tax_audit_rows import AuditedChange
from laverma_desk.text.setting_log import setting_change_words
from laverma_desk.text.setting_names import setting_field_name

_GERMAN = "de"


@dataclass(frozen=True)
class AuditChange:
    """A line of the log as the export writes it; without `shown` its values stay in the house."""

    line: AuditedChange
    field: str
    old: str
    new: str
    reason: str
    shown: bool


def of(line: AuditedChange) -> AuditChange:
    """Return a line of a log in German words."""
    if line.session_number is not None:
        return _of_session(line)
    return _of_setting(line) if line.customer_number is None else _of_customer(line)


def _of_session(line: AuditedChange) -> AuditChange:
    field, form = SESSION_FIELDS.get(line.field, (line.field, None))
    if form is None:
        reason = "" if line.field == "exception" else line.reason
        return AuditChange(line, field, "", "", reason, shown=False)
    reason = _DECISIONS.get(line.reason, line.reason) if line.field == "gap" else line.reason
    return AuditChange(line, field, _in_words(form, line.old), _in_words(form, line.new), reason, shown=True)


def _of_customer(line: AuditedChange) -> AuditChange:
    if line.field not in CUSTOMER_FIELDS:
        kind, _dot, name = line.field.rpartition(".")
        names = [change_words.field_name(one, _GERMAN) for one in (kind, name) if one]
        return AuditChange(line, ": ".join(names), "", "", line.reason, shown=False)
    change = Change(line.at, line.who, line.field, line.old, line.new, line.reason)
    field, old, new = change_words.change_words(change, _GERMAN)
    field = _FURTHER_NAMES.get(line.field, field)
    return AuditChange(line, field, old, new, line.reason, shown=True)


def _of_setting(line: AuditedChange) -> AuditChange:
    if line.field.partition(".")[0] not in TAX_RELEVANT:
        return AuditChange(line, setting_field_name(line.field, _GERMAN), "", "", "", shown=False)
    words = setting_change_words(line.field, line.subject, line.old, line.new, _GERMAN)
    return AuditChange(line, *words, "", shown=True)


def _in_words(form: Callable[[str], str], kept: str) -> str:
    """Return a value as it is read, as it was kept where it cannot be."""
    if not kept:
        return ""
    try:
        return form(kept)
    except ValueError:
        return kept


def _as_kept(kept: str) -> str:
    return kept


_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00")


def _moments(kept: str) -> str:
    return _INSTANT.sub(lambda found: f"{local(datetime.fromisoformat(found[0])):%d.%m.%Y %H:%M:%S}", kept)


def _money(kept: str) -> str:
    return money(int(kept))


def _yes_or_no(kept: str) -> str:
    return {"yes": "ja", "no": "nein"}.get(kept, kept)


def _rounding(kept: str) -> str:
    return text.rounding_name(Rounding(kept), _GERMAN)


def _attempt(kept: str) -> str:
    return text.logged_attempt(kept, _GERMAN)


def _origin(kept: str) -> str:
    return ORIGINS.get(kept, kept)


def _state(kept: str) -> str:
    return {"ended": "beendet", "running": "läuft", "paused": "unterbrochen"}.get(kept, kept)


_DECISIONS = {"keep": "Zeit behalten", "deduct": "Zeit abgezogen", "split": "Sitzung geteilt"}
"""What the reason of an interruption's line says."""

_FURTHER_NAMES = {"debtor_account": "Debitorenkonto"}

ORIGINS = {
    "stopwatch": "Stoppuhr",
    "import": "Import",
    "manual": "nachgetragen",
    "log": "Verbindungsprotokoll",
}
"""How a session came into the desk."""

SESSION_FIELDS: Mapping[str, tuple[str, Callable[[str], str] | None]] = {
    "recorded": ("nachgetragen", _origin),
    "partner": ("Kunde und Arbeitsplatz", _as_kept),
    "supporter": ("Supporter", _as_kept),
    "begin": ("Beginn", _moments),
    "end": ("Ende", _moments),
    "times": ("Zeiten", _moments),
    "gaps": ("Unterbrechungen", _moments),
    "gap": ("Unterbrechung", _moments),
    "split": ("geteilt", _moments),
    "state": ("Stand", _state),
    "billable": ("Abrechnen", _yes_or_no),
    "free_reason": ("Grund ohne Berechnung", _as_kept),
    "attempt": ("nicht möglich", _attempt),
    "not_possible": ("nicht möglich", _attempt),
    "origin": ("Herkunft", _origin),
    "price_cents": ("Minutenpreis", _money),
    "rounding": ("Rundung", _rounding),
    "net_cents": ("Netto", _money),
    "notes": ("Notizen", None),
    "internal_note": ("interne Notiz", None),
    "requested_by": ("Auftrag durch", None),
    "channel": ("Auftragsweg", None),
    "tool": ("Fernwartungsprogramm", None),
    "partner_id": ("Partner-ID", None),
    "connected": ("Verbindung gestartet", None),
    "exception": ("Ausnahme ohne AVV", None),
}
"""What a field of a session is called, and how its values are read; None: they are not given out."""

CUSTOMER_FIELDS = frozenset(
    {
        "created", "number", "name", "street", "postcode", "city", "country", "vat_id",
        "leitweg_id", "electronic_address", "invoice_format", "payment_days", "debtor_account", "archived",
        "on_site_cents", "on_site_travel_cents", "on_site_hourly_cents", "on_site_km", "tariff.price_cents",
        "tariff.rounding", "merged_from", "merged_into", "restricted_at", "erased", "erased_at",
    }
)  # fmt: skip
"""The fields of a record whose values are given out."""

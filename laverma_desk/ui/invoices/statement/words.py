"""What a statement comes to, in words."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.statement import Statement
from laverma_desk.i18n import _


def sums_of(one: Statement) -> list[tuple[str, str]]:
    """Return sessions, minutes, net and gross; the gross at the end."""
    lines = [(_("Sessions"), text.number(len(one.lines)))]
    if one.minutes is not None:
        lines.append((_("Minutes"), text.number(one.minutes)))
    lines.append((_("Net"), text.money(one.net_cents)))
    if one.vat_cents:
        lines.append((_("VAT"), text.money(one.vat_cents)))
    return [*lines, (_("Total"), text.money(one.gross_cents))]


def file_name(one: Statement, ending: str) -> str:
    """Return the name that a file is proposed to have."""
    return f"{_('Statement')}-{one.buyer.number}-{one.first:%Y-%m-%d}-{one.last:%Y-%m-%d}.{ending}"

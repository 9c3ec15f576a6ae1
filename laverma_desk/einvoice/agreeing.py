"""Holds the figures of an XML file against the record that it was made from, to the cent.

The official rules let a VAT pass that is a euro wrong (BR-CO-17, BR-S-09), so they are not enough.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.einvoice_needs import buyer_reference
from laverma_desk.domain.invoice import Invoice, InvoiceLine
from laverma_desk.domain.money import half_up, vat_on
from laverma_desk.einvoice import codes
from laverma_desk.einvoice.cleaning import cleaned
from laverma_desk.einvoice.figures import FigureGroup, FigureLine, Figures


@dataclass(frozen=True)
class Disagreement:
    """A figure that is not what it must be; `place` is a field of Figures, with a line's position."""

    place: str
    expected: str
    found: str


def agree(invoice: Invoice, figures: Figures) -> tuple[Disagreement, ...]:
    """Return every figure that differs from the record, or does not follow from the file's own lines.

    The VAT of each rate is the one that the net sum of its lines gives, rounded half up once.
    """
    return (*_against_record(invoice, figures), *_within(figures))


def meant(invoice: Invoice) -> Figures:
    """Return the figures that an invoice's XML has to say."""
    record = cleaned(invoice)
    guideline = InvoiceFormat.XRECHNUNG if record.format is InvoiceFormat.XRECHNUNG else InvoiceFormat.ZUGFERD
    number = record.number or codes.NO_NUMBER
    return Figures(
        guideline=codes.GUIDELINES[guideline],
        number=number,
        type_code=codes.TYPE_CODES[record.kind],
        issued_on=record.issued_on,
        due_on=record.due_on,
        first=record.first,
        last=record.last,
        currency=codes.CURRENCY,
        remittance=number,
        lines=tuple(_meant_line(line) for line in record.lines),
        groups=tuple(
            FigureGroup(one.category.value, one.rate, one.net_cents, one.vat_cents) for one in record.groups
        ),
        line_total_cents=sum(line.net_cents for line in record.lines),
        net_cents=record.net_cents,
        vat_cents=record.vat_cents,
        gross_cents=record.gross_cents,
        due_cents=record.gross_cents,
        seller_name=record.company.name,
        seller_vat_id=record.company.vat_id,
        seller_tax_number=record.company.tax_number,
        buyer_name=record.buyer.name,
        buyer_number=record.buyer.number,
        buyer_vat_id=record.buyer.vat_id,
        buyer_reference=buyer_reference(record),
        iban=record.company.plain_iban,
        cancels=record.cancels.number if record.cancels else "",
        cancels_on=record.cancels.issued_on if record.cancels else None,
    )


def _meant_line(line: InvoiceLine) -> FigureLine:
    return FigureLine(
        position=str(line.position),
        quantity=line.quantity,
        unit=line.unit.value,
        price_cents=line.price_cents,
        base=Decimal(line.base),
        base_unit="" if line.base == 1 else line.unit.value,
        net_cents=line.net_cents,
        vat_category=line.vat_category.value,
        vat_rate=line.vat_rate,
        first=line.first,
        last=line.last,
    )


def _against_record(invoice: Invoice, figures: Figures) -> list[Disagreement]:
    wanted = meant(invoice)
    found: list[Disagreement] = []
    for field in fields(Figures):
        ours, theirs = getattr(wanted, field.name), getattr(figures, field.name)
        if field.name in ("lines", "groups") and len(ours) == len(theirs):
            for place, (one, other) in enumerate(zip(ours, theirs, strict=True), 1):
                found += _different(one, other, f"{field.name}[{place}]")
        elif ours != theirs:
            found.append(Disagreement(field.name, _words(ours), _words(theirs)))
    return found


def _different(one: Any, other: Any, place: str) -> list[Disagreement]:
    return [
        Disagreement(f"{place}.{field.name}", _words(ours), _words(theirs))
        for field in fields(one)
        if (ours := getattr(one, field.name)) != (theirs := getattr(other, field.name))
    ]


def _within(figures: Figures) -> list[Disagreement]:
    """Return where the file contradicts itself, whatever the record says."""
    wanted: list[tuple[str, int, int]] = []
    bases: dict[tuple[str, Decimal], int] = defaultdict(int)
    for place, line in enumerate(figures.lines, 1):
        bases[line.vat_category, line.vat_rate] += line.net_cents
        if not line.base:
            wanted.append((f"lines[{place}].base", 1, 0))
            continue
        net = half_up(Fraction(line.quantity) * line.price_cents / Fraction(line.base))
        wanted.append((f"lines[{place}].net_cents", net, line.net_cents))
    for place, group in enumerate(figures.groups, 1):
        net = bases.pop((group.category, group.rate), 0)
        wanted.append((f"groups[{place}].net_cents", net, group.net_cents))
        wanted.append((f"groups[{place}].vat_cents", vat_on(net, group.rate), group.vat_cents))
    # A rate that has lines but no group of its own.
    wanted += [(f"groups.{category}.{rate}", net, 0) for (category, rate), net in bases.items()]
    net = sum(line.net_cents for line in figures.lines)
    vat = sum(group.vat_cents for group in figures.groups)
    wanted += [
        ("line_total_cents", net, figures.line_total_cents),
        ("net_cents", net, figures.net_cents),
        ("vat_cents", vat, figures.vat_cents),
        ("gross_cents", net + vat, figures.gross_cents),
        ("due_cents", net + vat, figures.due_cents),
    ]
    return [
        Disagreement(f"sum of {place}", str(ours), str(theirs))
        for place, ours, theirs in wanted
        if ours != theirs
    ]


def _words(value: Any) -> str:
    """Return a figure as text: nothing where the file does not say it, how many of a list."""
    if value is None:
        return ""
    return str(len(value) if isinstance(value, tuple) else value)

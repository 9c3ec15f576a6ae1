"""The statement (Aufstellung) on paper: what was done in a period, and plainly no invoice."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.documents import invoice_words as words
from laverma_desk.documents.conformance import Metadata, finished, new_document
from laverma_desk.documents.din_address import address_lines
from laverma_desk.documents.din_letter import (
    BELOW_TITLE,
    LEFT,
    NEXT_TOP,
    TEXT,
    TEXT_BOLD,
    TITLE,
    WIDTH,
    DinLetter,
    Fact,
    dressed,
    first_page,
    text_bottom,
)
from laverma_desk.documents.din_payment import Below, Remark, Sum, below_height, set_below
from laverma_desk.documents.din_table import set_table
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.invoice_columns import line_table
from laverma_desk.documents.paper import Mark, paint, start_fonts
from laverma_desk.documents.typesetting import one_line
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.statement import Statement
from laverma_desk.i18n import gettext_in

_ABOVE_TABLE = 22.0


def render_statement(statement: Statement) -> bytes:
    """Return the statement as PDF/A-3B; the same statement gives the same bytes.

    Raises OSError when a shipped font is missing.
    """
    period = words.period(statement.first, statement.last, statement.language)
    about = Metadata(
        title=f"{gettext_in(statement.language, 'Statement')} {period}",
        subject=statement.buyer.name,
        author=statement.company.name or statement.supporter_name,
        language=statement.language,
        created_at=statement.created_at,
    )
    pdf = new_document(about)
    start_fonts(pdf)
    for page in lay_out(statement):
        paint(pdf, page)
    return finished(pdf, about)


def lay_out(statement: Statement) -> list[list[Mark]]:
    """Return the marks of every page in reading order."""
    tongue = statement.language
    letter = _letter(statement)
    head, top = first_page(letter)
    flow = Flow(top, NEXT_TOP, text_bottom(letter))
    flow.add(head)
    flow.text(gettext_in(tongue, "Statement"), TITLE, LEFT, WIDTH)
    flow.skip(BELOW_TITLE)
    days = {"first": text.date(statement.first, tongue), "last": text.date(statement.last, tongue)}
    opening = gettext_in(tongue, "Our remote support from %(first)s to %(last)s:") % days
    flow.text(gettext_in(tongue, "This is not an invoice."), TEXT_BOLD, LEFT, WIDTH)
    flow.text(one_line(opening), TEXT, LEFT, WIDTH)
    flow.skip(_ABOVE_TABLE)
    table = line_table(statement.lines, tongue, _billed(statement))
    below = _below(statement)
    tail = below_height(below)
    set_table(flow, table.columns, table.rows, tail, table.carry)
    flow.keep(tail)
    set_below(flow, below)
    return dressed(letter, flow.pages)


def _letter(statement: Statement) -> DinLetter:
    company, tongue = statement.company, statement.language
    facts = (
        Fact(gettext_in(tongue, "Date"), text.date(local_day(statement.created_at), tongue)),
        Fact(gettext_in(tongue, "Customer number"), statement.buyer.number),
        Fact(gettext_in(tongue, "Period"), words.period(statement.first, statement.last, tongue)),
        Fact(gettext_in(tongue, "Your contact"), statement.supporter_name),
        Fact(gettext_in(tongue, "Phone"), text.phone(company.phone) if company.phone else ""),
    )
    title = f"{gettext_in(tongue, 'Statement')} {words.period(statement.first, statement.last, tongue)}"
    return DinLetter(
        company=company,
        language=tongue,
        address=address_lines(statement.buyer, tongue, company.country),
        facts=tuple(fact for fact in facts if fact.value.strip()),
        running_title=", ".join(part for part in (title, statement.buyer.name) if part),
        abroad=statement.buyer.country != company.country,
    )


def _billed(statement: Statement) -> list[str]:
    """Return for each line on which invoice it stands; a free one stands on none and says so itself."""
    open_ = gettext_in(statement.language, "not billed yet")
    billed = gettext_in(statement.language, "billed with %(number)s")
    return [
        billed % {"number": number} if number else "" if line.free_reason else open_
        for line, number in zip(statement.lines, statement.invoices, strict=True)
    ]


def _below(statement: Statement) -> Below:
    tongue = statement.language
    remarks = (*(text.rounding_rule(one, tongue) for one in statement.roundings), *statement.allowances)
    return Below(
        language=tongue,
        sums=words.sums(tongue, statement.groups, statement.net_cents, statement.minutes),
        total=Sum(gettext_in(tongue, "Total"), text.signed_money(statement.gross_cents, tongue)),
        remarks=(
            *words.remarks(remarks, statement.notices),
            Remark(gettext_in(tongue, "This is not an invoice."), TEXT_BOLD),
        ),
        payment=None,
        closing=(gettext_in(tongue, "Kind regards"), statement.supporter_name),
    )

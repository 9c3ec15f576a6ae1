"""A list of the invoices page as it is read in one go, with how much stands in each tab."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import DraftRow, drafts
from laverma_desk.services.invoicing.open_sessions import OpenCustomer, open_customers
from laverma_desk.services.invoicing.register import InvoiceCounts, InvoiceRow, InvoiceTab, counts, invoices
from laverma_desk.ui.invoices.rows import Tab


@dataclass(frozen=True)
class Wanted:
    """Which list: the tab, the last day that is billed, and what is searched in issued ones."""

    tab: Tab
    until: date
    text: str = ""


@dataclass(frozen=True)
class Loaded:
    """A list as it was read; the rows of the other two kinds are empty."""

    wanted: Wanted
    counts: InvoiceCounts
    customers: tuple[OpenCustomer, ...] = ()
    drafts: tuple[DraftRow, ...] = ()
    invoices: tuple[InvoiceRow, ...] = ()


def load(desk: Desk, wanted: Wanted) -> Loaded:
    """Read a list, and how much stands in each tab."""
    found = counts(desk, wanted.until)
    if wanted.tab is Tab.OPEN:
        return Loaded(wanted, found, customers=open_customers(desk, wanted.until))
    if wanted.tab is Tab.DRAFTS:
        return Loaded(wanted, found, drafts=drafts(desk))
    rows = invoices(desk, InvoiceTab(wanted.tab.value), wanted.text)
    return Loaded(wanted, found, invoices=rows)

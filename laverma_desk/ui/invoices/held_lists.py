"""The lists as they were read, what is ticked and unfolded in them, what that comes to; knows no widget."""

from __future__ import annotations

from datetime import date

from laverma_desk.i18n import _
from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.ui.invoices.choosing import DraftChoice, OpenChoice
from laverma_desk.ui.invoices.draft_content import DraftContent
from laverma_desk.ui.invoices.issued_content import IssuedContent
from laverma_desk.ui.invoices.list_loader import Loaded, Wanted
from laverma_desk.ui.invoices.open_content import OpenContent
from laverma_desk.ui.invoices.papers import Subject, draft_subject, issued_subject, open_subject
from laverma_desk.ui.invoices.rows import Kind, RowKey, Tab, Tick

Content = OpenContent | DraftContent | IssuedContent


class HeldLists:
    """One list for each tab, of which one is shown; ticks outlive what is read anew.

    `until` is the last day that is billed; `text` and `only_overdue` narrow what was issued; `refused` says
    why drafts could not be issued.
    """

    def __init__(self, until: date) -> None:
        """Begin with what is open to bill, of which nothing has been read yet."""
        self.tab, self.until, self.text, self.only_overdue = Tab.OPEN, until, "", False
        self.open_choice, self.draft_choice = OpenChoice(), DraftChoice()
        self.refused: dict[int, str] = {}
        self._contents: dict[Tab, Content] = {}

    # --- what was read

    def wanted(self) -> Wanted:
        """Return what is to be read for the list that is shown."""
        return Wanted(self.tab, self.until, self.text)

    def take(self, loaded: Loaded) -> None:
        """Keep a list that was read."""
        tab = loaded.wanted.tab
        if tab is Tab.OPEN:
            self._contents[tab] = OpenContent(loaded.customers, self.open_choice)
        elif tab is Tab.DRAFTS:
            self._contents[tab] = DraftContent(loaded.drafts, self.draft_choice, self.refused)
        else:
            overdue = self.only_overdue and tab is Tab.ISSUED
            self._contents[tab] = IssuedContent(tab, loaded.invoices, only_overdue=overdue)

    def content(self) -> Content | None:
        """Return the list that is shown, None before it was read."""
        return self._contents.get(self.tab)

    def forget_without(self, tab: Tab, key: RowKey) -> None:
        """Forget a list that was read before a row was there: another would be acted upon in its place."""
        content = self._contents.get(tab)
        if content is not None and key not in content.keys:
            del self._contents[tab]

    def subject(self, key: RowKey | None) -> Subject | None:
        """Return what the right part is to show for a row of the list that is shown."""
        content = self.content()
        if key is None or content is None:
            return None
        if isinstance(content, OpenContent):
            return self._open_subject(content, key)
        if isinstance(content, DraftContent):
            draft = content.drafts.get(key.id)
            return draft_subject(draft, content.hints(draft)) if draft else None
        row = content.invoices.get(key.id)
        return issued_subject(row) if row else None

    def _open_subject(self, content: OpenContent, key: RowKey) -> Subject | None:
        customer = content.customer_of(key)
        if customer is None:
            return None
        hints = content.hints(customer)
        reason = next((one.sentence for one in hints if one.blocking), "")
        if not reason and not self.open_choice.is_possible(customer):
            reason = _("No session that costs something is ticked.")
        return open_subject(customer, self.open_choice.wish(customer), self.until, hints, reason)

    # --- what is ticked

    def wishes(self) -> list[DraftWish]:
        """Return the ticked customers as wishes for drafts."""
        content = self.content()
        if not isinstance(content, OpenContent):
            return []
        return [self.open_choice.wish(one) for one in self.open_choice.chosen(content.customers)]

    def ticked_drafts(self) -> list[int]:
        """Return the ticked drafts."""
        content = self.content()
        return [one.id for one in content.chosen()] if isinstance(content, DraftContent) else []

    def toggle(self, key: RowKey) -> bool:
        """Tick or untick a row; return whether it can be."""
        content = self.content()
        if isinstance(content, DraftContent):
            if content.tick_of(content.drafts[key.id]) is Tick.BLOCKED:
                return False
            self.draft_choice.toggle(key.id)
            return True
        if not isinstance(content, OpenContent):
            return False
        if key.kind is Kind.SESSION:
            self.open_choice.toggle_session(key.id)
            return True
        customer = content.customer_of(key) if key.kind is Kind.CUSTOMER else None
        return customer is not None and self.open_choice.toggle(customer)

    def tick_all(self, *, ticked: bool) -> bool:
        """Tick or untick every row of the list that is shown; return whether it has ticks."""
        content = self.content()
        if isinstance(content, OpenContent):
            self.open_choice.tick_all(content.customers, ticked=ticked)
        elif isinstance(content, DraftContent):
            self.draft_choice.tick_all(tuple(content.drafts), ticked=ticked)
        else:
            return False
        return True

    def head_of(self, key: RowKey) -> RowKey | None:
        """Return the row that can be unfolded for a row: a customer's own, for a session its customer's."""
        content = self.content()
        customer = content.customer_of(key) if isinstance(content, OpenContent) else None
        return None if customer is None else RowKey(Kind.CUSTOMER, customer.customer_id)

    def fold(self, customer_id: int) -> None:
        """Unfold a customer or fold it in."""
        content = self.content()
        if isinstance(content, OpenContent):
            self.open_choice.fold(customer_id)
            self._contents[Tab.OPEN] = OpenContent(content.customers, self.open_choice)

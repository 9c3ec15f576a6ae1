"""The rows of the drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.services.invoicing.drafts import DraftRow
from laverma_desk.ui.history.words import count_words
from laverma_desk.ui.invoices.choosing import DraftChoice
from laverma_desk.ui.invoices.hints import Hint
from laverma_desk.ui.invoices.obstacle_words import obstacle_hint
from laverma_desk.ui.invoices.rows import Foot, Kind, Row, RowKey, Tick
from laverma_desk.ui.invoices.words import drafts_ticked, hints_counted, net
from laverma_desk.ui.look import Look


class DraftContent:
    """Turns drafts and their ticks into rows, sums and hints. `refused` says why one was not issued."""

    def __init__(self, drafts: Sequence[DraftRow], choice: DraftChoice, refused: Mapping[int, str]) -> None:
        """Lay out which rows there are."""
        self.drafts = {one.id: one for one in drafts}
        self._choice, self._refused = choice, refused
        choice.ticked &= set(self.drafts)
        self.keys = [RowKey(Kind.DRAFT, one) for one in self.drafts]

    def row(self, place: int) -> Row:
        """Return the words of a row."""
        key = self.keys[place]
        draft = self.drafts[key.id]
        words = {"sessions": count_words(draft.sessions), "day": text.date(draft.until)}
        below = Look(_("%(sessions)s until %(day)s") % words)
        hints = self.hints(draft)
        if hints and (hints[0].blocking or draft.id in self._refused):
            below = Look(hints[0].sentence, "warning", "red")
        elif hints:
            below = Look(f"{words['sessions']}, {hints_counted(len(hints))}", "info", "amber")
        return Row(
            key=key,
            title=draft.customer_name,
            amount=text.money(draft.net_cents),
            below=below,
            aside=Look(text.minutes(draft.minutes)),
            tick=self.tick_of(draft),
        )

    def tick_of(self, draft: DraftRow) -> Tick:
        """Return the box of a draft; what is in the way keeps it from being ticked."""
        if any(one.blocking for one in draft.obstacles):
            return Tick.BLOCKED
        return Tick.ON if draft.id in self._choice.ticked else Tick.OFF

    def hints(self, draft: DraftRow) -> tuple[Hint, ...]:
        """Return what to say above the paper: why it was refused, then what is in the way."""
        found = [obstacle_hint(one, draft.customer_id) for one in draft.obstacles]
        found.sort(key=lambda one: not one.blocking)
        reason = self._refused.get(draft.id, "")
        # It does not keep from trying again: what was wrong may be mended, which only trying tells.
        return ((Hint(reason, blocking=False),) if reason else ()) + tuple(found)

    def chosen(self) -> list[DraftRow]:
        """Return the ticked drafts, in the order of the list."""
        return [one for one in self.drafts.values() if self.tick_of(one) is Tick.ON]

    def ticks(self) -> Qt.CheckState:
        """Return whether all, some or none are ticked."""
        states = {self.tick_of(one) for one in self.drafts.values()}
        if Tick.ON not in states:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if Tick.OFF not in states else Qt.CheckState.PartiallyChecked

    def foot(self) -> Foot:
        """Return the sum of what is ticked and the button that issues it."""
        chosen = self.chosen()
        return Foot(
            words=drafts_ticked(len(chosen), sum(one.minutes for one in chosen)),
            amount=net(sum(one.net_cents for one in chosen)),
            label=_("Issue invoices (%(n)s)") % {"n": text.number(len(chosen))},
            icon="check",
            filled=True,
            blocked=None if chosen else _("No draft is selected."),
        )

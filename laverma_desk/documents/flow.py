"""Blocks on pages from top to bottom: what does not fit goes on, what belongs together stays together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from laverma_desk.documents.paper import Mark, Words
from laverma_desk.documents.typesetting import Style, wrap


class Flow:
    """A growing list of pages with a pen that moves down; all measures in px.

    `first_top` is where the first page begins below its letterhead, `next_top` the later ones below
    the running head, `bottom` the end of the text on each.
    """

    def __init__(self, first_top: float, next_top: float, bottom: float) -> None:
        """Open the first page."""
        self.pages: list[list[Mark]] = [[]]
        self.y = first_top
        self._next_top = next_top
        self._bottom = bottom

    def add(self, marks: Iterable[Mark]) -> None:
        """Put marks on the current page, wherever they say."""
        self.pages[-1] += marks

    def keep(self, height: float) -> None:
        """Go to a new page unless so much still fits; a block taller than a page starts where it is."""
        if self.y + height > self._bottom and height <= self._bottom - self._next_top:
            self.next_page()

    def next_page(self) -> None:
        """Open a page."""
        self.pages.append([])
        self.y = self._next_top

    def skip(self, height: float) -> None:
        """Leave a gap, which a new page swallows."""
        if not self.at_top:
            self.y += height

    @property
    def at_top(self) -> bool:
        """Return whether nothing is on a later page yet."""
        return len(self.pages) > 1 and self.y == self._next_top

    @property
    def room(self) -> float:
        """Return how much height the page has left."""
        return self._bottom - self.y

    def take(self, height: float) -> float:
        """Return the top of a strip that stays in one piece, and move below it."""
        if self.y + height > self._bottom:
            self.next_page()
        top = self.y
        self.y += height
        return top

    def lines(self, lines: Sequence[str], style: Style, x: float, paragraph: str) -> None:
        """Set the lines of a paragraph, over as many pages as they need."""
        for line in lines:
            self.add([Words(x, self.take(style.line) + style.baseline, line, style, paragraph)])

    def text(self, text: str, style: Style, x: float, room: float) -> None:
        """Wrap and set one paragraph of prepared text."""
        self.lines(wrap(text, style, room), style, x, text)

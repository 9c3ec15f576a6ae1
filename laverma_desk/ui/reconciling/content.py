"""The rows of the page as they follow from what was read, what is folded and what was just decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from laverma_desk.services.reconciling.records import (
    IgnoredConnection,
    LooseSession,
    MatchedGroup,
    OpenConnection,
    Overview,
)
from laverma_desk.ui.reconciling.decisions import Decision, Decisions
from laverma_desk.ui.reconciling.row_words import (
    decided_row,
    group_row,
    ignored_row,
    loose_row,
    matched_row,
    open_row,
    unreadable_row,
)
from laverma_desk.ui.reconciling.rows import Kind, Line, Row, RowKey, Section

_ASKING = (Kind.OPEN, Kind.LOOSE)
Subject = OpenConnection | LooseSession | MatchedGroup | IgnoredConnection | Decision


class Content:
    """Holds an overview. `matched` is None until somebody unfolds what is assigned."""

    def __init__(self) -> None:
        """Begin with nothing read, and with what asks for a decision unfolded."""
        self.overview: Overview | None = None
        self.decisions = Decisions()
        self.matched: tuple[MatchedGroup, ...] | None = None
        self._unfolded = {Section.OPEN, Section.LOOSE}
        self._subjects: dict[RowKey, Subject] = {}

    def take(self, overview: Overview, matched: tuple[MatchedGroup, ...] | None) -> None:
        """Keep what was read."""
        self.overview, self.matched = overview, matched

    def is_unfolded(self, section: Section) -> bool:
        """Return whether the rows of a group are shown."""
        return section in self._unfolded

    def fold(self, section: Section, *, unfolded: bool) -> None:
        """Show the rows of a group, or its head alone."""
        (self._unfolded.add if unfolded else self._unfolded.discard)(section)

    def rows(self) -> list[Line]:
        """Return all rows in their order; none before a file was read."""
        self._subjects = {}
        if self.overview is None or self.overview.reading is None:
            return []
        return list(self._rows(self.overview))

    def subject(self, key: RowKey) -> Subject | None:
        """Return what a row stands for, None for a group or a line of the file."""
        return self._subjects.get(key)

    def first_open(self) -> int:
        """Return the first row that asks for a decision, else the first group."""
        asking = (key for key in self._subjects if key.kind in _ASKING)
        return next(asking, RowKey(Kind.GROUP, Section.OPEN)).number

    def next_asking(self, before: list[Line], gone: int, after: list[Line]) -> int:
        """Return the row that asks for a decision next, in the place of one that is gone."""
        place = next((at for at, row in enumerate(before) if row.number == gone), 0)
        behind = {row.key for row in before[place + 1 :]}
        asking = [row.key for row in after if row.key.kind in _ASKING]
        following = next((key for key in asking if key in behind), None)
        if following is not None:
            return following.number
        return asking[-1].number if asking else RowKey(Kind.GROUP, Section.OPEN).number

    def open_connections(self) -> list[OpenConnection]:
        """Return the connections that nobody has decided about."""
        covered = self.decisions.connections()
        found = self.overview.open if self.overview is not None else ()
        return [one for one in found if not covered.intersection(one.ids)] if covered else list(found)

    def _loose(self, overview: Overview) -> list[LooseSession]:
        decided = self.decisions.sessions()
        return [one for one in overview.without_connection if one.session_id not in decided]

    def _rows(self, overview: Overview) -> Iterator[Line]:
        counts = self._counts(overview)
        for section in Section:
            held = list(self._held(section, overview))
            if held or counts[section] or section in (Section.OPEN, Section.MATCHED):
                unfolded = section in self._unfolded
                folded = 0 if unfolded else counts[section] - len(held)
                make = partial(group_row, section, overview, counts[section], opened=unfolded, folded=folded)
                yield Line(RowKey(Kind.GROUP, section), make)
                yield from held

    def _counts(self, overview: Overview) -> dict[Section, int]:
        return {
            Section.OPEN: len(self.open_connections()),
            Section.LOOSE: len(self._loose(overview)),
            Section.MATCHED: overview.matched.sessions,
            Section.IGNORED: len(overview.ignored),
            Section.UNREADABLE: len(overview.unreadable),
        }

    def _held(self, section: Section, overview: Overview) -> Iterator[Line]:
        """Yield the rows of a group; of a folded one what is still to be looked at."""
        unfolded = section in self._unfolded
        asking = {Section.OPEN: self._open_lines, Section.LOOSE: self._loose_lines}
        settled = {
            Section.MATCHED: self._matched_lines,
            Section.IGNORED: self._ignored_lines,
            Section.UNREADABLE: self._unreadable_lines,
        }
        if section in asking and unfolded:
            yield from asking[section](overview)
        for one in self.decisions.within(section):
            yield self._of(Kind.DECIDED, one.number, one, partial(decided_row, one))
        if section is Section.MATCHED or (section in settled and unfolded):
            yield from settled[section](overview)

    def _open_lines(self, _overview: Overview) -> Iterator[Line]:
        for one in self.open_connections():
            yield self._of(Kind.OPEN, one.ids[0], one, partial(open_row, one))

    def _loose_lines(self, overview: Overview) -> Iterator[Line]:
        for one in self._loose(overview):
            yield self._of(Kind.LOOSE, one.session_id, one, partial(loose_row, one))

    def _matched_lines(self, overview: Overview) -> Iterator[Line]:
        covered = self.decisions.connections()
        groups = self.matched if Section.MATCHED in self._unfolded else None
        for one in overview.matched.joined if groups is None else groups:
            if not covered.intersection(one.ids):
                yield self._of(Kind.MATCHED, one.ids[0], one, partial(matched_row, one))

    def _ignored_lines(self, overview: Overview) -> Iterator[Line]:
        covered = self.decisions.connections()
        for one in overview.ignored:
            if not covered.intersection(one.ids):
                yield self._of(Kind.IGNORED, one.ids[0], one, partial(ignored_row, one))

    def _unreadable_lines(self, overview: Overview) -> Iterator[Line]:
        for one in overview.unreadable:
            yield Line(RowKey(Kind.UNREADABLE, one.line_number), partial(unreadable_row, one))

    def _of(self, kind: Kind, number: int, subject: Subject, make: Callable[[], Row]) -> Line:
        key = RowKey(kind, number)
        self._subjects[key] = subject
        return Line(key, make)

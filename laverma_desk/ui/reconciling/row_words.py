"""Makes the rows of the reconciliation: what each says, and what can be done in it."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.connection import UnreadableLine
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.reconciling.records import (
    IgnoredConnection,
    LooseSession,
    MatchedGroup,
    OpenConnection,
    Overview,
)
from laverma_desk.ui.look import Look
from laverma_desk.ui.reconciling import words
from laverma_desk.ui.reconciling.decisions import Decision, Verdict
from laverma_desk.ui.reconciling.rows import Act, Kind, Offer, Place, Row, RowKey, Section

MANY = 20
"""More open connections than anybody decides about one by one."""

_LONGEST = 500
"""Letters of an unreadable line that are shown: a file that is no text may have a single one."""


def group_row(section: Section, overview: Overview, count: int, *, opened: bool, folded: int) -> Row:
    """Return the row of a group with how much is in it, and how many of them are not shown."""
    title = {
        Section.OPEN: _("Connections without a session (%(n)s)"),
        Section.LOOSE: _("Sessions without a connection (%(n)s)"),
        Section.MATCHED: _("Assigned (%(n)s)"),
        Section.IGNORED: _("Skipped (%(n)s)"),
        Section.UNREADABLE: _("Unreadable lines (%(n)s)"),
    }[section] % {"n": text.number(count)}
    aside = {
        Section.OPEN: _("not charged yet") if count else _("every connection is assigned"),
        Section.LOOSE: _("the file holds nothing for this time"),
        Section.MATCHED: _matched_aside(overview, folded),
        Section.IGNORED: _("stay without a session"),
        Section.UNREADABLE: _("as they stand in %(file)s") % {"file": _file(overview)},
    }[section]
    older = section is Section.OPEN and count > MANY
    return Row(
        RowKey(Kind.GROUP, section),
        section,
        title=title,
        aside=aside,
        opened=opened,
        offers=(Offer(Act.IGNORE_OLDER, _("Skip older ones"), Place.LAST),) if older else (),
        enter=Act.FOLD,
        remove=Act.IGNORE_OLDER if older else None,
    )


def _file(overview: Overview) -> str:
    return overview.reading.file_name if overview.reading else ""


def _matched_aside(overview: Overview, folded: int) -> str:
    matched = overview.matched
    connections = ngettext(
        "from %(n)s connection", "from %(n)s connections", matched.connections
    ) % {"n": text.number(matched.connections)}  # fmt: skip
    joined = len(matched.joined)
    parts = [
        connections,
        _("%(n)s folded") % {"n": text.number(folded)} if folded > 0 else "",
        _("%(n)s joined") % {"n": text.number(joined)} if joined else "",
    ]
    return ", ".join(filter(None, parts))


def open_row(one: OpenConnection) -> Row:
    """Return the row of a connection without a session."""
    skip = Offer(Act.IGNORE, _("Skip"), Place.LAST)
    apart = (Offer(Act.SEPARATE, _("Separate"), Place.FRONT, quiet=True),) if one.joined > 1 else ()
    if one.place is None:
        offers: tuple[Offer, ...] = (
            Offer(Act.TIE, _("Assign workstation"), Place.WIDE_BOX, icon="monitor"),
            skip,
            *apart,
        )
        enter, assign = Act.TIE, Act.TIE
    else:
        join = Offer(Act.JOIN, _("Assign"), Place.MIDDLE)
        can_be_made = one.reason_not is None
        make = (Offer(Act.MAKE, _("Create session"), Place.BOX),) if can_be_made else ()
        offers = (*make, join, skip, *apart)
        enter, assign = Act.MAKE if can_be_made else Act.JOIN, Act.JOIN
    return Row(
        RowKey(Kind.OPEN, one.ids[0]),
        Section.OPEN,
        lines=words.times_of(one.begin, one.end),
        duration=text.duration(one.seconds) if one.end is not None else "",
        partner_id=words.id_words(one.partner_id),
        place=words.place_look(one),
        below=words.below_open(one),
        offers=offers,
        enter=enter,
        assign=assign,
        part=Act.SEPARATE if apart else None,
        remove=Act.IGNORE,
    )


def loose_row(one: LooseSession) -> Row:
    """Return the row of a session for which no connection is known."""
    return Row(
        RowKey(Kind.LOOSE, one.session_id),
        Section.LOOSE,
        lines=words.times_of(one.begin, one.end),
        duration=text.duration(one.seconds),
        partner_id=words.id_words(one.partner_id),
        place=Look(words.machine_words(one), tone="text"),
        below=words.below_session(one),
        offers=(
            Offer(Act.TELEPHONE, _("By telephone only"), Place.BOX),
            Offer(Act.JOIN, _("Assign"), Place.MIDDLE),
        ),
        enter=Act.TELEPHONE,
        assign=Act.JOIN,
    )


def matched_row(one: MatchedGroup) -> Row:
    """Return the row of connections that belong to a session."""
    joined = one.joined > 1
    asked = joined and not one.confirmed
    if joined:
        state, below = _("joined"), words.below_joined(one.joined, one.restart)
        apart = Offer(Act.SEPARATE, _("Separate"), Place.MIDDLE, quiet=not asked)
    else:
        state = _("assigned by hand") if one.by_hand else _("assigned")
        below = f"{one.session.number}, {words.below_session(one.session)}"
        apart = Offer(Act.TAKE_BACK, _("Take apart"), Place.MIDDLE, quiet=True)
    confirm = (Offer(Act.CONFIRM, _("Confirm"), Place.LAST, quiet=True),) if asked else ()
    return Row(
        RowKey(Kind.MATCHED, one.ids[0]),
        Section.MATCHED,
        lines=words.times_of(one.begin, one.end),
        duration=text.duration(one.seconds) if one.end is not None else "",
        partner_id=words.id_words(one.partner_id),
        place=Look(words.machine_words(one.session), tone="text"),
        below=below,
        state=Look(state, "check", "green"),
        offers=(apart, *confirm),
        enter=Act.CONFIRM if asked else None,
        part=Act.SEPARATE if joined else None,
        remove=apart.act,
    )


def ignored_row(one: IgnoredConnection) -> Row:
    """Return the row of a connection that was passed over."""
    who = one.decided_by
    if one.decided_at is not None:
        who = " ".join(filter(None, (who, text.date_time(one.decided_at))))
    place = Look(words.machine_words(one.place), tone="text") if one.place else None
    return Row(
        RowKey(Kind.IGNORED, one.ids[0]),
        Section.IGNORED,
        lines=words.times_of(one.begin, one.end),
        duration=text.duration(one.seconds) if one.end is not None else "",
        partner_id=words.id_words(one.partner_id),
        place=place or Look(_("unknown partner ID"), "help", "amber"),
        below=", ".join(filter(None, (one.reason, who))),
        offers=(Offer(Act.TAKE_BACK, _("Take it back"), Place.MIDDLE),),
        enter=Act.TAKE_BACK,
    )


def unreadable_row(one: UnreadableLine) -> Row:
    """Return the row of a line that could not be read."""
    return Row(
        RowKey(Kind.UNREADABLE, one.line_number),
        Section.UNREADABLE,
        lines=(_("Line %(n)s") % {"n": text.number(one.line_number)}, ""),
        place=Look(text.line_problem(one.problem), tone="amber"),
        below=" ".join(one.raw[:_LONGEST].split()),
    )


def decided_row(one: Decision) -> Row:
    """Return the row of what somebody has just decided; it can be taken back where it stands."""
    state = {
        Verdict.MADE: Look(_("Session created"), "check", "green"),
        Verdict.JOINED: Look(_("assigned"), "check", "green"),
        Verdict.CONFIRMED: Look(_("confirmed"), "check", "green"),
        Verdict.IGNORED: Look(_("skipped"), "minus", "muted"),
        Verdict.TELEPHONE: Look(_("by telephone only"), "phone", "muted"),
    }[one.verdict]
    return Row(
        RowKey(Kind.DECIDED, one.number),
        one.section,
        lines=words.times_of(one.begin, one.end),
        duration=text.duration(one.seconds) if one.end is not None else "",
        partner_id=words.id_words(one.partner_id),
        place=one.place,
        below=one.said,
        state=state,
        offers=(Offer(Act.TAKE_BACK, _("Take it back"), Place.MIDDLE),),
        remove=Act.TAKE_BACK,
    )

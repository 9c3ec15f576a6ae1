"""The preview of a handover to the tax adviser in words, each obstacle with the way to its mending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from laverma_desk import text
from laverma_desk.domain.errors import Rule
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.datev.exporting import DatevFile, DatevPreview, DatevResult, Obstacle
from laverma_desk.ui.handover.reading import FileReading, ObstacleReading, Place, PreviewReading, Way
from laverma_desk.ui.settings.revenue_accounts import field_of

SHOWN = 12
"""Obstacles that are named; the others are counted."""
_NAMED = 3
_SETTINGS = "bookkeeping"
_OF_A_CUSTOMER = frozenset({Rule.DEBTOR_ACCOUNT_LENGTH, Rule.DATEV_CHARACTER})


def preview_reading(found: DatevPreview) -> PreviewReading:
    """Return what an export would write, in words."""
    obstacles = tuple(_obstacle_readings(found.obstacles))
    left_out = len(obstacles) - SHOWN
    more = ngettext("and %(n)s further thing", "and %(n)s further things", left_out)
    return PreviewReading(
        files=tuple(FileReading(one.name, _content(one)) for one in found.files),
        total=_total(found) if found.bookings else "",
        obstacles=obstacles[:SHOWN],
        more=more % {"n": text.number(left_out)} if left_out > 0 else "",
    )


def written_sentence(result: DatevResult) -> str:
    """Return what was written, and into which folder."""
    files = len(result.files)
    words = ngettext(
        "%(n)s file written to %(folder)s: %(total)s.",
        "%(n)s files written to %(folder)s: %(total)s.",
        files,
    )
    return words % {"n": text.number(files), "folder": result.folder.name, "total": _total(result)}


def assigned_sentence(count: int) -> str:
    """Return how many customers have got an account."""
    words = ngettext("%(n)s debtor account assigned.", "%(n)s debtor accounts assigned.", count)
    return words % {"n": text.number(count)}


def _content(one: DatevFile) -> str:
    if one.first is None:
        return ngettext("%(n)s debtor", "%(n)s debtors", one.rows) % {"n": text.number(one.rows)}
    return _postings(one.rows)


def _postings(count: int) -> str:
    return ngettext("%(n)s posting", "%(n)s postings", count) % {"n": text.number(count)}


def _total(found: DatevPreview | DatevResult) -> str:
    parts = [
        _postings(found.bookings),
        _("%(amount)s gross billed") % {"amount": text.money(found.billed_cents)},
    ]
    if found.paid_cents:
        parts.append(_("%(amount)s paid") % {"amount": text.money(found.paid_cents)})
    return text.list_sentence(parts)


def _obstacle_readings(obstacles: Sequence[Obstacle]) -> Iterator[ObstacleReading]:
    mended: dict[object, list[Obstacle]] = {}
    for one in obstacles:
        mended.setdefault(_mending(one), []).append(one)
    for some in mended.values():
        missing = some[0].kind is Rule.DEBTOR_ACCOUNT_MISSING
        yield _without_account(some) if missing else _reading(some)


def _mending(one: Obstacle) -> object:
    """Return what is the same for obstacles that one mending takes away."""
    if one.kind is Rule.DEBTOR_ACCOUNT_MISSING:
        return one.kind
    if one.kind is Rule.DATEV_CHARACTER:
        # A name stands in every posting, and twice among the debtors.
        return one.kind, one.customer_id, one.error.parameters["characters"]
    return id(one)


def _without_account(missing: Sequence[Obstacle]) -> ObstacleReading:
    ids = tuple(one.customer_id for one in missing if one.customer_id is not None)
    way = Way(Place.ACCOUNTS, ids=ids)
    link = _("Assign debtor accounts")
    if len(missing) == 1:
        return ObstacleReading(explain(missing[0].error), link, way)
    names = [str(one.error.parameters["name"]) for one in missing[:_NAMED]]
    if len(missing) > _NAMED:
        others = len(missing) - _NAMED
        names.append(ngettext("%(n)s other", "%(n)s others", others) % {"n": text.number(others)})
    words = _("%(n)s customers have no debtor account: %(names)s.")
    sentence = words % {"n": text.number(len(missing)), "names": text.list_sentence(names)}
    return ObstacleReading(sentence, link, way)


def _reading(some: Sequence[Obstacle]) -> ObstacleReading:
    sentence = explain(some[0].error)
    further = sum(one.rows for one in some) - 1
    if further:
        more = ngettext("… and in %(n)s further row", "… and in %(n)s further rows", further)
        sentence = f"{sentence} {more % {'n': text.number(further)}}"
    return ObstacleReading(sentence, *_way(some[0]))


def _way(one: Obstacle) -> tuple[str, Way]:
    if one.kind in _OF_A_CUSTOMER and one.customer_id is not None:
        return _("To the customer"), Way(Place.CUSTOMER, ids=(one.customer_id,))
    if one.kind is Rule.DATEV_EMPTY:
        return _("Choose other days"), Way(Place.PERIOD)
    if one.kind is Rule.DATEV_NUMBERS_MISSING:
        return _("To the settings"), Way(Place.SETTINGS, f"{_SETTINGS}/consultant")
    if one.kind is Rule.DATEV_REVENUE_MISSING:
        return _("To the settings"), Way(Place.SETTINGS, _revenue_field(one))
    return _("To the invoice"), Way(Place.INVOICE, str(one.error.parameters["number"]))


def _revenue_field(one: Obstacle) -> str:
    category, rate = (one.error.parameters[name] for name in ("category", "rate"))
    return f"{_SETTINGS}/{field_of((VatCategory(str(category)), Decimal(str(rate))))}"

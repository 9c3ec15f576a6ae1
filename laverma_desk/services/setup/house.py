"""Read and keep what the house sets once: sender, tariff, people, mail account, phrases, wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeAlias, TypeVar

from laverma_desk.domain.company import (
    Company,
    FiguresSettings,
    FreeReason,
    InvoiceSettings,
    RemoteSettings,
    ReportTemplate,
    Snippet,
    Supporter,
)
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.tariff import FIRST_DAY, Tariff
from laverma_desk.domain.vat import LEGAL_RATES, VatRate
from laverma_desk.domain.wording import GUIDE_PLACEHOLDERS, REPORT_PLACEHOLDERS, check_template
from laverma_desk.services import checks
from laverma_desk.services.alone import seen_alone
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup import defaults
from laverma_desk.storage import house as stored
from laverma_desk.storage.database import Connection
from laverma_desk.storage.mine import me
from laverma_desk.storage.vat_rates import vat_rates

R = TypeVar("R")

FurtherSettings: TypeAlias = Callable[[Connection], Iterable[tuple[str, str, Mapping[str, object]]]]
"""Yields settings by section and subject, as `changing_settings` compares them."""


@dataclass(frozen=True)
class House:
    """All that the house has set. `supporter` is the one at this desk; what has dates comes oldest first.

    The rate of VAT of a day is in `vat_rates`, not in `tariffs`: `tariff_on` brings both together.
    """

    company: Company
    tariffs: tuple[Tariff, ...]
    vat_rates: tuple[VatRate, ...]
    supporters: tuple[Supporter, ...]
    supporter: Supporter | None
    snippets: tuple[Snippet, ...]
    free_reasons: tuple[FreeReason, ...]
    template: ReportTemplate
    mail: MailAccount
    invoice: InvoiceSettings
    remote: RemoteSettings
    figures: FiguresSettings
    set_up: bool

    @property
    def supporter_name(self) -> str:
        """Return who sits at this desk, "" before anybody was named."""
        return self.supporter.name if self.supporter else ""


@seen_alone
def read_house(desk: Desk) -> House:
    """Return the settings of the house, defaults where nothing was saved yet."""
    with desk.database.read() as connection:
        return house_on(connection)


def house_on(connection: Connection) -> House:
    """Return the settings as one transaction sees them."""
    people = tuple(one for one in stored.supporters(connection) if not one.archived)
    saved = stored.sections(connection)
    state = saved["desk"]
    return House(
        company=_record(Company(), saved["company"]),
        tariffs=stored.tariffs(connection) or (Tariff(FIRST_DAY),),
        vat_rates=vat_rates(connection) or LEGAL_RATES,
        supporters=people,
        supporter=_chosen(people, state, me(connection)),
        snippets=stored.snippets(connection),
        free_reasons=tuple(one for one in stored.free_reasons(connection) if not one.archived),
        template=_template(saved["template"]),
        mail=_mail(saved["mail"]),
        invoice=_invoice(saved["invoice"]),
        remote=_record(RemoteSettings(), saved["remote"]),
        figures=_record(FiguresSettings(), saved["figures"]),
        set_up=bool(state.get("set_up")),
    )


def _chosen(
    people: tuple[Supporter, ...], state: Mapping[str, Any], logged_in: int | None
) -> Supporter | None:
    wanted = state.get("supporter_id") if logged_in is None else logged_in
    here = (one for one in people if one.id == wanted)
    return next(here, people[0] if people else None)


def mail_on(connection: Connection) -> MailAccount:
    """Return the mail account as one transaction sees it."""
    return _mail(stored.read_section(connection, "mail"))


def _mail(values: dict[str, Any]) -> MailAccount:
    if "security" in values:
        values["security"] = Security(values["security"])
    return _record(MailAccount(), values)


def invoice_on(connection: Connection) -> InvoiceSettings:
    """Return how invoices are numbered and sent as one transaction sees it."""
    return _invoice(stored.read_section(connection, "invoice"))


def _invoice(values: dict[str, Any]) -> InvoiceSettings:
    if "format" in values:
        values["format"] = InvoiceFormat(values["format"])
    return _record(InvoiceSettings(), values)


def remote_on(connection: Connection) -> RemoteSettings:
    """Return how connections are joined as one transaction sees it."""
    return _record(RemoteSettings(), stored.read_section(connection, "remote"))


def figures_on(connection: Connection) -> FiguresSettings:
    """Return what statistics may show as one transaction sees it."""
    return _record(FiguresSettings(), stored.read_section(connection, "figures"))


def template_on(connection: Connection) -> ReportTemplate:
    """Return the house's wording as one transaction sees it."""
    return _template(stored.read_section(connection, "template"))


def _template(values: dict[str, Any]) -> ReportTemplate:
    if "guide" in values:
        values["guide"] = tuple(values["guide"])
    return _record(defaults.report_template(), values)


def _record(fallback: R, values: Mapping[str, Any]) -> R:
    """Lay saved values over a record; what a newer program saved and this one does not know is left out."""
    known = {one.name for one in fields(fallback)}  # type: ignore[arg-type]
    return replace(fallback, **{key: value for key, value in values.items() if key in known})  # type: ignore[type-var]


@contextmanager
def changing_settings(
    desk: Desk, who: str = "", further: FurtherSettings | None = None
) -> Iterator[Connection]:
    """Open a write transaction in which settings are changed: each change leaves a line in their log.

    `who` is empty for the one at this desk. `further` reads what another room keeps and changes here.
    """
    from laverma_desk.services.setup.expecting import check_expected  # noqa: PLC0415 (no start changes one)
    from laverma_desk.services.setup.trace import traced  # noqa: PLC0415

    with desk.database.write() as connection:

        def seen() -> tuple[str, dict[str, Any]]:
            house = house_on(connection)
            check_expected(house)
            return house.supporter_name, vars(house)

        with traced(connection, desk.clock.now(), who, seen, further):
            yield connection


def prepare_new_desk(desk: Desk) -> None:
    """Give a desk without phrases and reasons those to begin with; does nothing to one that has any."""
    with desk.database.write() as connection:
        if stored.read_section(connection, "desk").get("prepared"):
            return
        stored.replace_snippets(connection, defaults.snippets())
        stored.replace_free_reasons(
            connection, [(None, name, on_invoice) for name, on_invoice in defaults.free_reasons()]
        )
        remember(connection, prepared=True)


def remember(connection: Connection, **values: Any) -> None:
    """Note something about the desk itself: `prepared`, `set_up`, `supporter_id`."""
    state = stored.read_section(connection, "desk")
    stored.write_section(connection, "desk", {**state, **values})


def finish_setup(desk: Desk) -> Done[None]:
    """Note that the assistant need not come again."""
    with desk.database.write() as connection:
        remember(connection, set_up=True)
    return done(None, Topic.HOUSE)


def save_company(desk: Desk, company: Company) -> Done[None]:
    """Keep the sender of every document. Expects values that `checks` has normalised."""
    with changing_settings(desk) as connection:
        stored.write_section(connection, "company", asdict(company))
    return done(None, Topic.HOUSE)


def save_tariff(desk: Desk, tariff: Tariff) -> Done[None]:
    """Keep a tariff; running sessions take the one of their first day when they end.

    Raises RuleBroken AMOUNT_INVALID for a negative price.
    """
    _check_price(tariff, "price_per_minute")
    with changing_settings(desk) as connection:
        stored.put_tariff(connection, tariff)
    return done(None, Topic.HOUSE, Topic.SESSIONS)


def _check_price(tariff: Tariff, field: str) -> None:
    if tariff.price_cents < 0:
        raise RuleBroken(Rule.AMOUNT_INVALID, field=field)


def save_tariffs(desk: Desk, tariffs: Sequence[Tariff]) -> Done[None]:
    """Keep these tariffs and no other, all or nothing; ended sessions keep theirs.

    Raises RuleBroken FIELD_CONTRADICTS where two begin on the same day, with the `place` of the second,
    AMOUNT_INVALID for a negative price, TEXT_MISSING where none is left.
    """
    if not tariffs:
        raise RuleBroken(Rule.TEXT_MISSING, field="price")
    checks.each_once([one.valid_from for one in tariffs], "valid_from")
    for one in tariffs:
        _check_price(one, "price")
    with changing_settings(desk) as connection:
        for known in stored.tariffs(connection):
            stored.remove_tariff(connection, known.valid_from)
        for one in tariffs:
            stored.put_tariff(connection, one)
    return done(None, Topic.HOUSE, Topic.SESSIONS)


def save_supporter(desk: Desk, name: str, email: str, *, known: int | None = None) -> Done[int]:
    """Keep a technician and return the number. Raises RuleBroken TEXT_MISSING without a name."""
    if not name.strip():
        raise RuleBroken(Rule.TEXT_MISSING, field="name")
    with changing_settings(desk) as connection:
        number = stored.put_supporter(connection, name.strip(), email, known=known)
    return done(number, Topic.HOUSE)


def choose_supporter(desk: Desk, supporter_id: int) -> Done[None]:
    """Say who sits at this desk now; new sessions are theirs."""
    with desk.database.write() as connection:
        remember(connection, supporter_id=supporter_id)
    return done(None, Topic.HOUSE)


def save_snippets(desk: Desk, pairs: Sequence[tuple[str, str]]) -> Done[None]:
    """Keep the phrases as pairs of label and text, in their order; empty ones are left out."""
    from laverma_desk.services.setup.expecting import check_expected  # noqa: PLC0415 (see changing_settings)

    kept = [(label.strip() or text.strip(), text.strip() or label.strip()) for label, text in pairs]
    with desk.database.write() as connection:
        check_expected(house_on(connection))
        stored.replace_snippets(connection, [pair for pair in kept if pair[0]])
    return done(None, Topic.HOUSE)


def save_free_reasons(desk: Desk, wanted: Sequence[tuple[int | None, str, bool]]) -> Done[None]:
    """Keep the reasons as (number or None, name, on the invoice), in their order.

    Raises RuleBroken VALUE_NOT_IN_LIST where a name stands twice.
    """
    kept = [(number, name.strip(), on_invoice) for number, name, on_invoice in wanted if name.strip()]
    names = [name for _number, name, _on_invoice in kept]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise RuleBroken(Rule.FIELD_CONTRADICTS, field="free_reasons", value=twice)
    with changing_settings(desk) as connection:
        stored.replace_free_reasons(connection, kept)
    return done(None, Topic.HOUSE)


def save_template(desk: Desk, template: ReportTemplate) -> Done[None]:
    """Keep the house's wording. Raises RuleBroken PLACEHOLDER_UNKNOWN at the field that has one."""
    check_template(template.subject, REPORT_PLACEHOLDERS, "subject")
    check_template(template.body, REPORT_PLACEHOLDERS, "body")
    check_template(template.guide_subject, GUIDE_PLACEHOLDERS, "guide_subject")
    check_template(template.guide_body, GUIDE_PLACEHOLDERS, "guide_body")
    for step in template.guide:
        check_template(step, GUIDE_PLACEHOLDERS, "guide")
    values = asdict(template)
    values["guide"] = list(template.guide)
    with changing_settings(desk) as connection:
        stored.write_section(connection, "template", values)
    return done(None, Topic.HOUSE)

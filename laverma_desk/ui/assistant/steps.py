"""The steps of the first start in their order: what each asks, and what is shown once it is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.tariff import FIRST_DAY, Tariff, tariff_on
from laverma_desk.i18n import _
from laverma_desk.services.setup.house import House
from laverma_desk.ui.assistant.supporter_section import SupporterForm, SupporterSection
from laverma_desk.ui.settings.company_section import company_section
from laverma_desk.ui.settings.first_tariff_section import FirstTariffSection
from laverma_desk.ui.settings.mail_section import mail_section
from laverma_desk.ui.settings.page_frame import PageFrame
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.settings.tariff_fields import TariffFields
from laverma_desk.ui.surroundings import Surroundings

WIDEST = 864


@dataclass(frozen=True)
class Step:
    """One step.

    `answer` says what the house has answered to it, "" for nothing yet; it is told whether somebody
    has gone on from this step, for what is right from the beginning. `proposal` is what its empty
    fields begin with.
    """

    name: str
    asks: str
    section: Section
    frame: PageFrame
    answer: Callable[[House, bool], str]
    proposal: Callable[[House], dict[str, str]] = lambda _house: {}


def make_steps(surroundings: Surroundings, login: str, parent: QObject) -> list[Step]:
    """Make all steps; `login` is the name that the system knows the user by."""
    company = company_section(surroundings, parent)
    tariff = FirstTariffSection(TariffFields(widest=WIDEST), surroundings, parent)
    supporter = SupporterSection(SupporterForm(login), surroundings, parent)
    mail = mail_section(surroundings, parent)
    return [
        Step(
            _("Company"),
            _("Name and address"),
            company,
            _framed(_("Company"), _("This stands at the head of every report."), company),
            _company_answer,
        ),
        Step(
            _("Tariff"),
            _("Price and rounding"),
            tariff,
            _framed(
                _("Tariff"),
                _("Counts for all customers. Something else can be entered later for a single one."),
                tariff,
                below_lead=28,
            ),
            _TariffAnswer(surroundings),
        ),
        Step(
            _("Supporter"),
            _("Who helps on the phone?"),
            supporter,
            _framed(
                _("Supporter"),
                _("This name stands on the reports. More people can be added later."),
                supporter,
            ),
            _supporter_answer,
        ),
        Step(
            _("E-mail"),
            _("Account for reports"),
            mail,
            _framed(
                _("E-mail"),
                _(
                    "Reports go to your customers from this account. "
                    "Without one they open as a draft in the mail program."
                ),
                mail,
            ),
            _mail_answer,
            _mail_proposal,
        ),
    ]


def _framed(title: str, lead: str, section: Section, *, below_lead: int = 28) -> PageFrame:
    return PageFrame(title, lead, section.form, side=64, top=32, below_lead=below_lead)


def _company_answer(house: House, _answered: bool) -> str:
    return text.list_sentence([part for part in (house.company.name, house.company.city) if part])


class _TariffAnswer:
    """Says what a minute costs today; the tariff that every desk is born with is no answer by itself."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._clock = surroundings.desk.clock

    def __call__(self, house: House, answered: bool) -> str:
        if house.tariffs == (Tariff(FIRST_DAY),) and not answered:
            return ""
        today = tariff_on(local_day(self._clock.now()), house.tariffs, vat=house.vat_rates)
        return _("%(price)s per minute") % {"price": text.money(today.price_cents)}


def _supporter_answer(house: House, _answered: bool) -> str:
    return house.supporter_name


def _mail_answer(house: House, _answered: bool) -> str:
    return house.mail.sender if house.mail.complete else ""


def _mail_proposal(house: House) -> dict[str, str]:
    person = house.supporter_name
    return {
        "sender_name": text.list_sentence([part for part in (house.company.name, person) if part]),
        "sender": house.company.email,
    }

"""Every change of a setting leaves a line in the log, with the change itself or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from laverma_desk.domain.bookkeeping import BookkeepingSettings, Chart, RevenueAccount
from laverma_desk.domain.company import Company, FiguresSettings, InvoiceSettings, RemoteSettings
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.interest import BaseRate
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.domain.vat import LEGAL_RATES, VatRate
from laverma_desk.services.agreements import template
from laverma_desk.services.agreements.agreement_file import AgreementFile
from laverma_desk.services.backups.choosing import save_choice
from laverma_desk.services.datev.settings import save_bookkeeping
from laverma_desk.services.invoicing.reminder_settings import read_reminder_settings, save_reminder_settings
from laverma_desk.services.setup import house, house_billing, house_figures, house_mail, house_remote
from laverma_desk.services.setup.setup_file import apply_setup
from laverma_desk.services.setup.supporters import Person, save_supporters
from laverma_desk.storage.setting_changes import every_setting_change
from tests.support.desks import memory_secrets
from tests.support.foreign_deeds import kept_bytes
from tests.support.kept_desks import open_kept


@pytest.fixture
def bare(tmp_path, clock):
    """A desk on which nobody has set anything."""
    opened, _ = open_kept(tmp_path / "neu", clock, memory_secrets(), house.prepare_new_desk)
    yield opened
    opened.close()


class Log:
    """Reads the lines that came since the last look."""

    def __init__(self, desk):
        self._desk = desk
        self._seen = 0
        self.new()

    def new(self) -> list[tuple[str, str, str, str]]:
        """Return section.field, subject, old and new of each line."""
        return [
            (f"{one.what.section}.{one.what.field}", one.what.subject, one.what.old, one.what.new)
            for one in self.lines()
        ]

    def lines(self):
        """Return the lines themselves."""
        with self._desk.database.read() as connection:
            every = list(every_setting_change(connection))
        fresh, self._seen = every[self._seen :], len(every)
        return fresh


@pytest.fixture
def log(desk):
    return Log(desk)


def test_a_new_desk_has_changed_nothing(bare):
    assert Log(bare).lines() == []
    with bare.database.read() as connection:
        assert list(every_setting_change(connection)) == []


def test_who_when_and_only_what_differs(desk, log, clock):
    company = house.read_house(desk).company
    house.save_company(desk, replace(company, tax_number="12/345", small_business=True))
    lines = log.lines()
    assert [(one.what.section, one.what.field, one.what.old, one.what.new) for one in lines] == [
        ("company", "tax_number", "", "12/345"),
        ("company", "small_business", "no", "yes"),
    ]
    assert {(one.who, one.at) for one in lines} == {("Klaus Klassen", clock.now())}
    house.save_company(desk, house.read_house(desk).company)
    assert log.lines() == []


def test_the_first_entry_is_compared_with_what_counted_before(bare):
    log = Log(bare)
    house_billing.save_invoice_settings(bare, InvoiceSettings(payment_days=30, format=InvoiceFormat.ZUGFERD))
    assert log.new() == [("invoice.payment_days", "", "14", "30"), ("invoice.format", "", "pdf", "zugferd")]


def test_what_nobody_has_saved_was_no_tariff(bare):
    log = Log(bare)
    house.save_tariff(bare, Tariff(date(2020, 1, 1), 240))
    assert log.new() == [("tariff.terms", "2020-01-01", "", terms(240))]
    house.save_tariff(bare, Tariff(date(2020, 1, 1), 250))
    assert log.new() == [("tariff.terms", "2020-01-01", terms(240), terms(250))]


def terms(cents: int, rounding: str = "started_minute", minimum: int = 0) -> str:
    return f"price_cents={cents} rounding={rounding} minimum_seconds={minimum} free_seconds=0"


def test_the_first_person_enters_themselves(bare):
    log = Log(bare)
    house.save_company(bare, Company(name="Laverma"))
    house.save_supporter(bare, "Jana Petersen", "")
    first, second = log.lines()
    assert (first.who, first.what.new) == ("laverma-desk", "Laverma")
    assert (second.who, second.what.section, second.what.new) == (
        "Jana Petersen",
        "supporters",
        "Jana Petersen",
    )


def test_tariffs_by_their_first_day(desk, log):
    house.save_tariffs(
        desk,
        [
            Tariff(date(2020, 1, 1), 225, Rounding.EXACT_SECOND),
            Tariff(date(2023, 1, 1), 250, minimum_seconds=300),
        ],
    )
    assert log.new() == [
        ("tariff.terms", "2020-01-01", terms(225), terms(225, "exact_second")),
        ("tariff.terms", "2023-01-01", "", terms(250, minimum=300)),
    ]
    house.save_tariffs(desk, [Tariff(date(2020, 1, 1), 225, Rounding.EXACT_SECOND)])
    assert log.new() == [("tariff.terms", "2023-01-01", terms(250, minimum=300), "")]


def test_rates_of_vat(desk, log):
    kept = list(LEGAL_RATES)
    house_billing.save_vat_rates(desk, [*kept, VatRate(date(2027, 1, 1), Decimal("20.50"))])
    assert log.new() == [("vat.rate", "2027-01-01", "", "20.5")]
    house_billing.save_vat_rates(desk, [replace(one, rate=one.rate + Decimal("0.00")) for one in kept])
    assert log.new() == [("vat.rate", "2027-01-01", "20.5", "")]


def test_people_by_their_number(desk, log):
    klaus = house.read_house(desk).supporters[0]
    save_supporters(
        desk,
        [
            Person(klaus.id, "Klaus Meier", klaus.email, here=True),
            Person(None, "Jana", "jana@laverma.example", here=False),
        ],
        FiguresSettings(per_supporter=False),
    )
    assert sorted(log.new()) == [
        ("figures.per_supporter", "", "yes", "no"),
        ("supporters.email", "Jana", "", "jana@laverma.example"),
        ("supporters.name", "", "", "Jana"),
        ("supporters.name", "", "Klaus Klassen", "Klaus Meier"),
    ]
    save_supporters(desk, [Person(klaus.id, "Klaus Meier", klaus.email, here=True)])
    assert log.new() == [
        ("supporters.name", "", "Jana", ""),
        ("supporters.email", "Jana", "jana@laverma.example", ""),
    ]


def test_who_sits_here_and_phrases_are_no_settings(desk, log):
    other = house.save_supporter(desk, "Jana", "").value
    log.new()
    house.choose_supporter(desk, other)
    house.save_snippets(desk, [("Neu", "Neu gestartet.")])
    house.finish_setup(desk)
    assert log.lines() == []


def test_reasons_without_their_places(desk, log):
    first, second, *others = house.read_house(desk).free_reasons
    rest = [(one.id, one.name, one.on_invoice) for one in others]
    house.save_free_reasons(
        desk, [(second.id, second.name, second.on_invoice), (first.id, first.name, first.on_invoice), *rest]
    )
    assert log.lines() == []
    house.save_free_reasons(desk, [(first.id, "Neu", first.on_invoice), *rest])
    lines = log.new()
    assert ("reasons.name", "", first.name, "Neu") in lines
    assert ("reasons.name", "", second.name, "") in lines


def test_the_mail_account_without_its_password(desk, log):
    account = MailAccount("mail.laverma.example", 465, Security.TLS, "klaus", "info@laverma.example")
    house_mail.save_mail_account(desk, account, "Passwort-17-geheim")
    lines = log.new()
    assert ("mail.host", "", "", "mail.laverma.example") in lines
    assert ("mail.security", "", "starttls", "tls") in lines
    assert "geheim" not in str(lines)
    house_mail.save_mail_account(desk, account, "Anderes-17-geheim")
    assert log.lines() == []
    assert b"mail.laverma.example" in kept_bytes(desk)
    assert b"geheim" not in kept_bytes(desk)
    files = [file for file in desk.data.root.rglob("*") if file.is_file()]
    assert not any(b"geheim" in file.read_bytes() for file in files)


def test_wording_with_old_and_new_text(desk, log):
    before = house.read_house(desk).template
    house.save_template(desk, replace(before, body="Hallo\nWelt", guide=("Eins", "Zwei")))
    assert log.new() == [
        ("wording.body", "", before.body, "Hallo\nWelt"),
        ("wording.guide", "", "\n".join(before.guide), "Eins\nZwei"),
    ]


def test_reminders_with_their_words_and_rates(desk, log):
    before = read_reminder_settings(desk)
    words = replace(before.words[0], opening="Bitte zahlen.")
    save_reminder_settings(
        desk,
        replace(
            before,
            days=(10, 12, 7),
            fees=(0, 250, 500),
            interest=True,
            words=(words, *before.words[1:]),
            base_rates=(*before.base_rates, BaseRate(date(2026, 7, 1), Decimal("1.5"))),
        ),
    )
    assert sorted(log.new()) == sorted(
        [
            ("reminders.days_2", "", "10", "12"),
            ("reminders.fee_2", "", "0", "250"),
            ("reminders.fee_3", "", "0", "500"),
            ("reminders.interest", "", "no", "yes"),
            ("reminders.base_rate", "2026-07-01", "", "1.5"),
            ("reminders.opening", "1 de 2000-01-01", before.words[0].opening, "Bitte zahlen."),
        ]
    )


def test_bookkeeping(desk, log):
    account = RevenueAccount(VatCategory.STANDARD, Decimal("16.0"), 4340)
    save_bookkeeping(desk, BookkeepingSettings(1001, 7, Chart.SKR04, revenue=(account,)))
    assert log.new() == [
        ("bookkeeping.consultant", "", "", "1001"),
        ("bookkeeping.client", "", "", "7"),
        ("bookkeeping.chart", "", "03", "04"),
        ("bookkeeping.revenue", "S 16", "", "4340"),
    ]


def test_remote_support_and_figures(desk, log):
    house_remote.save_remote_settings(desk, RemoteSettings(reconnect_minutes=7))
    house_figures.save_figures_settings(desk, FiguresSettings(per_supporter=False))
    assert log.new() == [
        ("remote.reconnect_minutes", "", "5", "7"),
        ("figures.per_supporter", "", "yes", "no"),
    ]


def test_the_agreements_template(desk, log):
    _subject, body = template.default_wording()
    template.save_wording(desk, "AVV von {company}", body)
    template.keep_template_file(desk, AgreementFile("AVV.pdf", b"%PDF-1.7 1"))
    first, second = log.new()
    assert (first[0], first[3]) == ("agreement.subject", "AVV von {company}")
    assert second[0] == "agreement.file"
    assert second[3].startswith("AVV.pdf (SHA-256 ")
    template.keep_template_file(desk, AgreementFile("AVV.pdf", b"%PDF-1.7 2"))
    assert [line[0] for line in log.new()] == ["agreement.file"]


def test_where_copies_go(desk, log, tmp_path):
    (tmp_path / "kopien").mkdir()
    save_choice(desk, tmp_path / "kopien", sealed=False, passphrase=None)
    assert log.new() == [("backup.folder", "", "", str(tmp_path / "kopien"))]
    save_choice(desk, tmp_path / "kopien", sealed=False, passphrase=None)
    assert log.lines() == []


def test_the_setup_command_says_that_it_was_it(bare, tmp_path):
    log = Log(bare)
    file = tmp_path / "firma.toml"
    file.write_text(
        '[company]\nname = "Laverma"\n[tariff]\nprice_per_minute = 2.40\n[[supporter]]\nname = "Jana"\n'
        "[bookkeeping]\nconsultant = 1001\n",
        "utf-8",
    )
    apply_setup(bare, file)
    lines = log.lines()
    assert {one.who for one in lines} == {"laverma-desk setup"}
    assert [(one.what.section, one.what.field, one.what.new) for one in lines] == [
        ("company", "name", "Laverma"),
        ("tariff", "terms", terms(240)),
        ("bookkeeping", "consultant", "1001"),
        ("supporters", "name", "Jana"),
    ]


def test_what_is_refused_leaves_no_line(desk, log):
    with pytest.raises(RuleBroken):
        house.save_tariffs(desk, [Tariff(date(2020, 1, 1), -1)])
    with pytest.raises(LookupError):
        _give_up(desk)
    assert log.lines() == []
    assert house.read_house(desk).company.name == "Laverma"


def _give_up(desk):
    with house.changing_settings(desk) as connection:
        house.stored.write_section(connection, "company", {"name": "Anders"})
        raise LookupError


def test_a_line_that_cannot_be_written_takes_the_change_along(desk):
    """Both stand or none: here the log is gone."""
    with desk.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE setting_change RENAME TO gone")
    with pytest.raises(Exception, match="setting_change"):
        house.save_company(desk, Company(name="Anders"))
    assert house.read_house(desk).company.name == "Laverma"

"""No room writes settings past their log, and each setting that is logged has a name in both languages."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from laverma_desk.domain.bookkeeping import BookkeepingSettings
from laverma_desk.domain.company import (
    Company,
    FiguresSettings,
    InvoiceSettings,
    RemoteSettings,
    ReportTemplate,
)
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.text.setting_log import setting_change_words
from laverma_desk.text.setting_names import setting_field_name

SERVICES = Path(__file__).parents[2] / "laverma_desk" / "services"
WRITERS = {
    "write_section",
    "put_tariff",
    "remove_tariff",
    "put_supporter",
    "archive_supporter",
    "replace_free_reasons",
    "put_rate",
    "replace_rates",
    "write_invoice_settings",
    "write_figures_settings",
    "write_bookkeeping",
}
NO_SETTINGS = {
    "agreements/template.py: send_template",  # A mail into the outbox.
    "server_people.py: change_rights",  # Rights, which it logs by itself.
    "setup/house_mail.py: save_mail_account",  # The password alone, which is this machine's.
    "importing/remembered.py: remember",  # What columns of foreign files mean.
    "setup/house.py: changing_settings",
    "setup/house.py: choose_supporter",
    "setup/house.py: finish_setup",
    "setup/house.py: prepare_new_desk",  # What the program brings along is nobody's change.
    "setup/house.py: save_snippets",  # Each note stays as it was written.
    "tax_audit/checking.py: _kept",  # What a check found.
}
"""Who opens a plain transaction beside the writers of settings, and why that needs no log."""

RECORDS = {
    "company": Company,
    "invoice": InvoiceSettings,
    "bookkeeping": BookkeepingSettings,
    "mail": MailAccount,
    "wording": ReportTemplate,
    "remote": RemoteSettings,
    "figures": FiguresSettings,
}
SINGLE = {
    "vat": ("rate",),
    "tariff": ("terms",),
    "reminders": (
        *("days_1", "days_2", "days_3", "fee_1", "fee_2", "fee_3", "interest", "lump_sum", "base_rate"),
        *("title", "opening", "request", "closing"),
    ),
    "reasons": ("name", "on_invoice"),
    "supporters": ("name", "email"),
    "agreement": ("file", "subject", "body"),
    "backup": ("folder", "sealed"),
}
_TARIFF = "price_cents=225 rounding=started_minute"
LOGGED = [f"{section}.{field.name}" for section, record in RECORDS.items() for field in fields(record)] + [
    f"{section}.{field}" for section, names in SINGLE.items() for field in names
]


def called(node: ast.AST) -> set[str]:
    """Return the names of what is called within a node."""
    return {
        one.func.attr if isinstance(one.func, ast.Attribute) else one.func.id
        for one in ast.walk(node)
        if isinstance(one, ast.Call) and isinstance(one.func, (ast.Attribute, ast.Name))
    }


def test_settings_are_written_in_a_traced_transaction_alone():
    writers, untraced = set(), set()
    for file in SERVICES.rglob("*.py"):
        name, tree = file.relative_to(SERVICES).as_posix(), ast.parse(file.read_text("utf-8"))
        if called(tree) & WRITERS:
            writers.add(name)
            untraced |= {
                f"{name}: {one.name}"
                for one in ast.walk(tree)
                if isinstance(one, ast.FunctionDef) and "desk.database.write()" in ast.unparse(one)
            }
    assert {"setup/house.py", "setup/setup_file.py", "datev/settings.py", "agreements/template.py"} < writers
    assert untraced == NO_SETTINGS


@pytest.mark.parametrize("field", LOGGED)
def test_each_setting_has_a_name(field):
    """Where one has none it is called as the program calls it, with an underscore or in small letters."""
    page, _colon, english = setting_field_name(field, "en").partition(": ")
    _page, _colon, german = setting_field_name(field, "de").partition(": ")
    own = field.partition(".")[2]
    assert page[0].isupper()
    assert english
    assert german
    assert own not in (english, german)


@pytest.mark.parametrize(
    ("line", "german", "english"),
    [
        (
            ("tariff.terms", "2024-01-01", f"{_TARIFF} minimum_seconds=0 free_seconds=0", ""),
            ("Tarif und Rundung: Tarif (ab 01.01.2024)", "2,25 € je Minute, jede angefangene Minute", ""),
            (
                "Tariff and rounding: Tariff (from 01/01/2024 on)",
                "2.25 € per minute, every started minute",
                "",
            ),
        ),
        (
            ("tariff.terms", "2024-01-01", "", f"{_TARIFF} minimum_seconds=300 free_seconds=60"),
            (
                "Tarif und Rundung: Tarif (ab 01.01.2024)",
                "",
                "2,25 € je Minute, jede angefangene Minute, mindestens 5 Minuten, 1 Minute am Anfang frei",
            ),
            None,
        ),
        (
            ("vat.rate", "2020-07-01", "19", "16"),
            ("Umsatzsteuer: Satz (ab 01.07.2020)", "19 %", "16 %"),
            None,
        ),
        (
            ("company.small_business", "", "no", "yes"),
            ("Steuer und Bank: Kleinunternehmer nach § 19 UStG", "nein", "ja"),
            None,
        ),
        (("company.name", "", "no", "yes"), ("Firma: Name", "no", "yes"), None),
        (("company.country", "", "DE", "AT"), ("Firma: Land", "Deutschland", "Österreich"), None),
        (("invoice.format", "", "pdf", "xrechnung"), ("Rechnung: Format", "PDF", "XRechnung, XML"), None),
        (
            ("reminders.opening", "2 en 2024-01-01", "a", "b"),
            ("Mahnungen: Einleitung (Mahnung, Englisch, ab 01.01.2024)", "a", "b"),
            None,
        ),
        (
            ("reminders.base_rate", "2026-07-01", "", "-0.88"),
            ("Mahnungen: Basiszinssatz (§ 247 BGB) (ab 01.07.2026)", "", "-0,88 %"),
            None,
        ),
        (
            ("bookkeeping.revenue", "S 16", "", "4340"),
            ("Buchhaltung (DATEV): Erlöskonto (Erlöse mit 16 % USt)", "", "4340"),
            None,
        ),
        (
            ("bookkeeping.fiscal_month", "", "1", "7"),
            ("Buchhaltung (DATEV): Wirtschaftsjahr beginnt im", "Januar", "Juli"),
            None,
        ),
        (
            ("mail.security", "", "starttls", "none"),
            ("E-Mail-Konto: Verschlüsselung", "STARTTLS", "keine (nur lokal)"),
            None,
        ),
        (
            ("supporters.email", "Jana", "", "jana@laverma.example"),
            ("Supporter: E-Mail (Jana)", "", "jana@laverma.example"),
            None,
        ),
        (("tariff.terms", "soon", "x", "y z"), ("Tarif und Rundung: Tarif (soon)", "x", "y z"), None),
        (("later.thing", "", "a", "b"), ("later: thing", "a", "b"), ("later: thing", "a", "b")),
    ],
)
def test_a_line_in_words(line, german, english):
    assert setting_change_words(*line, "de") == spaced(german)
    if english:
        assert setting_change_words(*line, "en") == spaced(english)


def spaced(words: tuple[str, ...]) -> tuple[str, ...]:
    """Put the no-break space before units, as figures have it."""
    return tuple(one.replace(" €", "\xa0€").replace(" %", "\xa0%") for one in words)

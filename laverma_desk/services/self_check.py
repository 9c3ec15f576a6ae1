"""Proves that the program itself is whole: what it ships is there, and what it needs does its work.

A stand-alone folder or an installation that lost a file shows it here and not during a call. Every part is
tried, not looked at: a desk is made, invoices are judged, a copy is locked and opened again. All of it
happens in a folder that is gone afterwards; no desk is touched and nothing leaves the machine.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from laverma_desk import i18n, text
from laverma_desk.domain.clock import SystemClock, local, local_day
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.i18n import _, ngettext
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir, resource
from laverma_desk.services import self_check_samples as samples
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.storage.file_state import inspect
from laverma_desk.storage.migrations import REVISIONS


@dataclass(frozen=True)
class Part:
    """One part of the program: whether it works, what was found, and else what to do about it.

    `hint` marks a part that works, but differently from what most expect.
    """

    name: str
    sound: bool
    found: str
    remedy: str = ""
    hint: bool = False


class NotFound(Exception):
    """A part is missing or does not do its work; the text says what of it."""


def tried(name: str, work: Callable[[], str], remedy: str = "") -> Part:
    """Return what came of trying a part. Whatever it raises is a finding: the check itself goes on."""
    try:
        return Part(name, sound=True, found=work())
    except NotFound as missing:
        found = str(missing)
    except Exception as error:  # noqa: BLE001 (what a library raises where a file of it is missing is its own)
        found = f"{type(error).__name__}: {error}"
    return Part(name, sound=False, found=found, remedy=remedy or install_again())


def install_again() -> str:
    """Return what helps where the program lost something of its own."""
    return _("Install the program once more, or unpack its folder again.")


class SelfCheck:
    """The parts that need no window, one after the other. `report` is a PDF once they were tried."""

    def __init__(self) -> None:
        """Begin with nothing made."""
        self.report = b""

    def parts(self) -> Iterator[Part]:
        """Try each part; takes about three seconds."""
        zone = _("Install the time zone data of the system (package tzdata).")
        yield tried(_("Time zone"), _time_zone, zone)
        yield tried(_("Languages"), _languages)
        yield tried(_("Formats"), _formats)
        yield tried(_("Numbers and addresses"), samples.check_numbers)
        yield tried(_("Document fonts"), samples.check_document_fonts)
        with tempfile.TemporaryDirectory(prefix="laverma-desk-self-", ignore_cleanup_errors=True) as folder:
            yield from self._parts_with_desk(Path(folder))
        yield tried(_("Example for the set-up"), _example)
        yield tried(_("Certificates"), samples.check_certificates, _certificate_remedy())
        yield _keyring()

    def _parts_with_desk(self, folder: Path) -> Iterator[Part]:
        desk: Desk | None = None

        def migrate() -> str:
            nonlocal desk
            desk = open_desk(DataDir(folder / "desk"), SystemClock(), Secrets(), demo=True)
            revision = inspect(desk.data.database).revision
            if revision != REVISIONS[-1]:
                raise NotFound(revision)
            count = len(REVISIONS)
            said = ngettext(
                "%(count)s step to the schema of today", "%(count)s steps to the schema of today", count
            )
            return said % {"count": count}

        yield tried(_("Migrations"), migrate)
        if desk is None:
            return
        with closing(desk):
            yield from self._parts_of(desk, folder)

    def _parts_of(self, desk: Desk, folder: Path) -> Iterator[Part]:
        def documents() -> str:
            self.report = samples.make_report(desk)
            return _("a report and an invoice, made and read back")

        filled = tried(_("Sample data"), lambda: samples.fill(desk))
        yield filled
        if not filled.sound:
            return
        yield tried(_("PDF"), documents)
        for chosen in (InvoiceFormat.ZUGFERD, InvoiceFormat.XRECHNUNG):
            name = _("Rules for %(format)s") % {"format": samples.FORMAT_NAMES[chosen]}
            yield tried(name, lambda chosen=chosen: samples.judge_invoice(desk, chosen))  # type: ignore[misc]
        yield tried(_("Rules beside the window"), lambda: samples.judge_apart(desk))
        yield tried(_("Exports"), lambda: samples.export(desk, folder))
        yield tried(_("Encrypted backup"), lambda: samples.lock_and_open(desk, folder))


def _time_zone() -> str:
    summer, winter = datetime(2022, 7, 1, 10, tzinfo=UTC), datetime(2022, 1, 1, 10, tzinfo=UTC)
    if (local(summer).hour, local(winter).hour) != (12, 11):
        raise NotFound("Europe/Berlin")
    return "Europe/Berlin"


def _languages() -> str:
    said = []
    for language, name in i18n.NAMES.items():
        if language != "en" and i18n.gettext_in(language, "Settings") == "Settings":
            raise NotFound(name)
        said.append(name)
    return text.list_sentence(said)


def _formats() -> str:
    amounts = {language: text.money(123450, language) for language in i18n.LANGUAGES}
    day = local_day(datetime(2022, 3, 1, 10, tzinfo=UTC))
    words = [text.long_date(day, "de"), text.country("AT", "de"), text.percent(Decimal(19), "de")]
    if amounts["de"] != "1.234,50\xa0€" or amounts["de"] == amounts["en"] or "Österreich" not in words:
        raise NotFound(text.list_sentence([*amounts.values(), *words]))
    return text.list_sentence([amounts["de"], words[0]])


def _example() -> str:
    size = len(resource("setup-example.toml").read_text(encoding="utf-8").splitlines())
    return ngettext("%(count)s line", "%(count)s lines", size) % {"count": size}


def _certificate_remedy() -> str:
    return _("Install the certificates of the system (package ca-certificates).")


def _keyring() -> Part:
    name = Secrets().keyring_name
    if name:
        return Part(_("Keyring"), sound=True, found=name)
    found = _("none; the mail password is kept until the program is closed")
    return Part(_("Keyring"), sound=True, found=found, hint=True)

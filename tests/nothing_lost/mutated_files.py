"""Files that somebody hands to the desk, none of them as it should be."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from pathlib import Path

from laverma_desk import settings
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.remote.logs import table_preview
from laverma_desk.services.backups.restoring import drop_preview, preview_restore
from laverma_desk.services.importing.customer_columns import COLUMNS
from laverma_desk.services.importing.customers import examine_source, import_source
from laverma_desk.services.importing.opening import open_customers
from laverma_desk.services.importing.session_rows import COLUMNS as SESSION_COLUMNS
from laverma_desk.services.importing.sessions import import_sessions
from laverma_desk.services.setup.setup_file import apply_setup, example
from tests.nothing_lost.mutated_bench import REFUSED, TAKEN, Bench
from tests.nothing_lost.mutating import spoiled_bytes, spoiled_file, spoiled_text
from tests.remote.fuzzing import hold_against, spoiled
from tests.remote.log_samples import SAMPLES

_ROWS = (
    (
        "10017",
        "ZAP Dr. Bohrer",
        "Hauptstraße 5",
        "12345",
        "Musterstadt",
        "DE",
        "030 23125014",
        "rezeption@zap.example",
    ),
    (
        "10099",
        'Praxis "Weiß" & Söhne',
        "Am Markt 1",
        "01067",
        "Dresden",
        "",
        "0351/123 456",
        "post@weiss.example",
    ),
    ("10099", 'Praxis "Weiß" & Söhne', "", "", "", "", "", ""),
    ("20001", "Clinique Ernst", "Rue 1", "75001", "Paris", "FR", "+33 1 44 55 66 77", ""),
)
_MORE = {
    "AVV von": "01.01.2022",
    "AVV bis": "31.12.2026",
    "Arbeitsplatz": "PC Rezeption",
    "Partner-ID": "1 234 567 890",
    "Ansprechpartner": "Sabine Lorenz",
    "Minutenpreis": "2,25",
    "Tarif ab": "01.02.2022",
}
FOREIGN = "Firma,Straße,PLZ,Ort,Telefon,Mail,Ansprechpartner\n" + "".join(
    f"Praxis {n},Weg {n},1234{n},Ort,030 {n}23456,a{n}@b.example,Frau Dr. Anna Muster\n" for n in range(4)
)
_CARD = """BEGIN:VCARD
VERSION:{version}
N:Weiß{version};Anna;;Dr.;
FN:Dr. Anna Weiß
ORG:Praxis Weiß;Empfang
TEL;TYPE=work,voice:0228 123456
EMAIL;TYPE=INTERNET:anna@weiss.example
ADR;TYPE=WORK:;;Weg 1;Bonn;;53111;Deutschland
NOTE;ENCODING=QUOTED-PRINTABLE:Gr=FC=DFe=
 aus Bonn
PHOTO;ENCODING=b;TYPE=JPEG:AAAABBBB
 CCCC
END:VCARD
"""
CARDS = "".join(_CARD.format(version=version).replace("\n", "\r\n") for version in ("2.1", "3.0", "4.0"))


def _customer_table() -> str:
    empty = dict.fromkeys(COLUMNS, "")
    rows = [empty | dict(zip(COLUMNS, row, strict=False)) | _MORE for row in _ROWS]
    quoted = [";".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row.values()) for row in rows]
    return "\n".join([";".join(COLUMNS), *quoted]) + "\n"


CUSTOMERS = _customer_table()
SESSIONS = "\n".join([
    ";".join(SESSION_COLUMNS),
    "10017;PC Rezeption;28.02.2022 10:22;00:12:22;Klaus Klassen;Sabine Lorenz;Drucker eingerichtet;ja;;",
    '10017;Server;31.10.2021 01:59:59;1:02:03;Klaus Klassen;;"zwei\nZeilen; Semikolon";nein;Garantie;',
    "10018;Rezeption 1;31.01.2022 23:59;00:00:00;Jana Petersen;;;nein;;kein Internet",
    "10017;PC Rezeption;30.10.2021 02:30;23:59:59;Klaus Klassen;Chef;x;ja;;",
]) + "\n"  # fmt: skip
SETTINGS = """[window]
theme = dark
language = de
text_size = 125
geometry = AdnQywADAAA=

[desktop]
tray = yes
mini_on_minimise = no
notifications = yes

[tools]
teamviewer_path = C:\\TeamViewer.exe
anydesk_command = anydesk {id}
watched_log = /var/log/x

[mini]
place = 10,20
"""


def customers(bench: Bench, chance: random.Random) -> str:
    """Bring a table in, own or foreign, or look at what it would do."""
    content = spoiled_file(chance.choice((CUSTOMERS, CUSTOMERS, FOREIGN)), chance)
    return _bring_customers(bench, bench.file("kunden.csv", content), chance)


def cards(bench: Bench, chance: random.Random) -> str:
    """Bring an address book in, or look at what it would do."""
    return _bring_customers(bench, bench.file("kunden.vcf", spoiled_file(CARDS, chance)), chance)


def _bring_customers(bench: Bench, file: Path, chance: random.Random) -> str:
    work = examine_source if chance.random() < 0.4 else import_source
    return bench.offered(lambda: work(bench.desk, open_customers(bench.desk, file, guess=True)))


def sessions(bench: Bench, chance: random.Random) -> str:
    """Bring sessions in."""
    file = bench.file("sitzungen.csv", spoiled_file(SESSIONS, chance))
    return bench.offered(lambda: import_sessions(bench.desk, file))


def setup(bench: Bench, chance: random.Random) -> str:
    """Set the house up."""
    file = bench.file("einrichtung.toml", spoiled_file(example(), chance))
    return bench.offered(lambda: apply_setup(bench.desk, file))


def logs(_bench: Bench, chance: random.Random) -> str:
    """Read what a remote tool wrote down."""
    kind = chance.choice(list(SAMPLES))
    content = spoiled(kind, chance.choice((3, 12)), chance)
    if chance.random() < 0.2:
        content = spoiled_bytes(content, chance)
    read, _unreadable = hold_against(content, chance.choice((None, kind)))
    with suppress(RuleBroken):
        preview = table_preview(content)
        assert all(len(row) == len(preview.headings) for row in preview.rows)
    return TAKEN if read else REFUSED


def machine_settings(bench: Bench, chance: random.Random) -> str:
    """Read the settings of the machine; what is broken is as in the beginning, and can be written again."""
    file = bench.file("machine.ini", spoiled_file(SETTINGS, chance))
    found = settings.load(file)
    changed = settings.change(file, theme="light", text_size=150)
    assert settings.load(file) == changed
    return TAKEN if found != settings.MachineSettings() else REFUSED


def copies(bench: Bench, chance: random.Random) -> str:
    """Look into a copy of the desk that was hurt."""
    whole = bench.folder / "whole.sqlite3"
    if not whole.exists():
        shutil.copyfile(bench.shell.database, whole)
    content = whole.read_bytes()
    if chance.random() < 0.2:
        content = b"age-encryption.org/v1\n-> scrypt " + spoiled_text(
            "A" * 22 + " 1\n" + "B" * 43, chance
        ).encode("utf-8", "replace")
    file = bench.file("copy.sqlite3", spoiled_bytes(content, chance))
    return bench.offered(lambda: drop_preview(preview_restore(bench.shell, file, "falsch")))

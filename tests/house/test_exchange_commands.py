"""`import customers` and `export customers` as a shell calls them."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from laverma_desk.__main__ import main
from laverma_desk.services.setup.setup_file import example

ROOT = Path(__file__).parents[2]
FOREIGN = "Firma;Ort;Merkmal\nPraxis Grün;Bonn;Synadoc\nLabor Süd;Köln;\n"
CARD = "BEGIN:VCARD\nVERSION:3.0\nN:Weiß;Anna;;;\nFN:Anna Weiß\nORG:Praxis Weiß\nTEL:0228 123456\nEND:VCARD\n"


@pytest.fixture
def call(tmp_path, capsys):
    def called(*arguments):
        code = main(["--data-dir", str(tmp_path / "daten"), *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    setup = tmp_path / "firma.toml"
    setup.write_text(example(), "utf-8")
    assert called("setup", setup)[0] == 0
    return called


def _file(tmp_path, content, name="fremd.csv"):
    file = tmp_path / name
    file.write_text(content, "utf-8")
    return file


def test_a_foreign_file_needs_a_meaning_once(call, tmp_path):
    file = _file(tmp_path, FOREIGN)
    code, out, err = call("import", "customers", file)
    assert (code, out) == (1, "")
    assert "Die Spalte „Kundennummer“ fehlt." in err
    code, out, err = call("import", "customers", file, "--dry-run")
    assert code == 0
    assert '--map "Firma=Name"' in err
    assert out.startswith("2 Zeilen, nichts wurde geschrieben\nKunden: 2 neu, 0 geändert, 0 unverändert\n")
    code, out, _err = call("import", "customers", file, "--map", "Firma=Name", "--map", "merkmal=software")
    assert (code, out.splitlines()[0]) == (0, "Kunden: 2 neu, 0 geändert, 0 unverändert")
    code, out, _err = call("import", "customers", file)
    assert (code, out.splitlines()[0]) == (0, "Kunden: 0 neu, 0 geändert, 2 unverändert")


@pytest.mark.parametrize(
    ("meaning", "sentence"),
    [
        ("Farbe=Name", "„Farbe“ lässt sich nicht zuordnen. Bekannt sind: Firma, Ort, Merkmal"),
        ("Firma=Farbe", "„Farbe“ lässt sich nicht zuordnen. Bekannt sind: Kundennummer, Name"),
        ("Firma=", "Die Spalte „Name“ fehlt."),
    ],
)
def test_a_wrong_meaning_is_said(call, tmp_path, meaning, sentence):
    code, _out, err = call("import", "customers", _file(tmp_path, FOREIGN), "--map", meaning)
    assert code == 1
    assert sentence in err


def test_a_meaning_without_a_sign_is_a_wrong_call(call, tmp_path, capsys):
    with pytest.raises(SystemExit) as caught:
        call("import", "customers", _file(tmp_path, FOREIGN), "--map", "Firma")
    assert caught.value.code == 2
    assert ": „Firma=Name“" in capsys.readouterr().err


def test_a_dry_run_names_what_is_wrong_and_writes_nothing(call, tmp_path):
    file = _file(tmp_path, "Kundennummer;Name;PLZ\n1;Gut;12345\n2;Schlecht;12\n")
    code, out, err = call("import", "customers", file, "--dry-run")
    assert code == 1
    assert out.startswith("2 Zeilen, nichts wurde geschrieben\nKunden: 1 neu")
    assert "fremd.csv, Zeile 3, Spalte „PLZ“: Eine deutsche Postleitzahl hat fünf Ziffern." in err
    assert call("export", "customers", tmp_path / "leer.csv")[1].startswith("0 Kunden")


def test_address_books_come_in_and_go_out(call, tmp_path):
    code, out, _err = call("import", "customers", _file(tmp_path, CARD, "kontakte.vcf"))
    assert (code, out.splitlines()[0]) == (0, "Kunden: 1 neu, 0 geändert, 0 unverändert")
    target = tmp_path / "heraus.vcf"
    code, out, err = call("export", "customers", target)
    assert (code, out, err) == (0, f"1 Kunde nach {target} geschrieben\n", "")
    assert target.read_text("utf-8").count("BEGIN:VCARD") == 2


def test_what_went_out_as_a_table_comes_back_unchanged(call, tmp_path):
    call("import", "customers", _file(tmp_path, CARD, "kontakte.vcf"))
    target = tmp_path / "heraus.csv"
    assert call("export", "customers", target, "--archived")[0] == 0
    code, out, _err = call("import", "customers", target)
    assert (code, out.splitlines()[0]) == (0, "Kunden: 0 neu, 0 geändert, 1 unverändert")


def test_a_file_of_an_unknown_kind_is_not_written(call, tmp_path):
    code, _out, err = call("export", "customers", tmp_path / "kunden.xls")
    assert code == 1
    assert "kunden.xls lässt sich so nicht schreiben." in err


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
def test_ctrl_c_leaves_nothing_and_the_way_is_shown_on_a_terminal(call, tmp_path):
    rows = "".join(f"{20000 + number};Praxis {number};030 {23125000 + number}\n" for number in range(20_000))
    file = _file(tmp_path, f"Kundennummer;Name;Telefon\n{rows}")
    master, slave = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "laverma_desk",
        "--data-dir",
        str(tmp_path / "daten"),
        "import",
        "customers",
    ]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    with subprocess.Popen(
        [*command, str(file)], stdout=subprocess.PIPE, stderr=slave, env=environment, start_new_session=True
    ) as process:
        os.close(slave)
        seen, patience = b"", time.monotonic() + 60
        while "50\u00a0%".encode() not in seen and time.monotonic() < patience:
            seen += os.read(master, 4096)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        with suppress(OSError):  # the other end of the terminal is gone
            while more := os.read(master, 4096):
                seen += more
    os.close(master)
    assert "Abgebrochen. Nichts wurde halb geschrieben." in seen.decode()
    assert call("export", "customers", tmp_path / "leer.csv")[1].startswith("0 Kunden")

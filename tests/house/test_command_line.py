"""The real process, as scripts call it: exit codes, streams, damage of every kind, and never a traceback."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from pypdf import PdfReader

from laverma_desk import __version__
from laverma_desk.__main__ import main
from laverma_desk.services.setup.setup_file import example
from tests.support.smtp_server import Step
from tests.support.smtp_session import wait_for_ever

ROOT = Path(__file__).parents[2]
CUSTOMERS = (
    "Kundennummer;Name;E-Mail Bericht;Arbeitsplatz;Partner-ID;AVV von;AVV bis\n"
    '10017;"Praxis / .. : ""Weiß""";rezeption@praxis.example;PC Rezeption;1 234 567 890;'
    "01.01.2022;31.12.2022\n"
)
SESSIONS = (
    "Kundennummer;Arbeitsplatz;Anfang;Dauer;Supporter;Notizen;Abrechnen\n"
    "10017;PC Rezeption;01.03.2022 10:22;00:12:22;Erika Beispiel;Geheime Notiz;ja\n"
)


class Shell:
    """Calls the program as a shell would, on a desk of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "daten"
        self.environment = {
            "HOME": str(folder),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "laverma_desk", "--data-dir", str(self.data), *arguments]

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    def ok(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def write(self, name: str, content: str | bytes) -> str:
        file = self.folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(file)

    def fill(self, port: int = 9) -> None:
        """Set the desk up with one customer and one session, and a mail server on this machine.

        In this process, since the same done by a shell takes seconds.
        """
        setup = example()
        local = {
            'host = "smtp.musterhaus.example"': 'host = "127.0.0.1"',
            "port = 587": f"port = {port}",
            'security = "starttls"': 'security = "none"',
            'user = "bericht@musterhaus.example"': 'user = ""',
        }
        for before, after in local.items():
            assert before in setup
            setup = setup.replace(before, after)
        here = ["--data-dir", str(self.data)]
        assert main([*here, "setup", self.write("firma.toml", setup)]) == 0
        assert main([*here, "import", "customers", self.write("kunden.csv", CUSTOMERS)]) == 0
        assert main([*here, "import", "sessions", self.write("sitzungen.csv", SESSIONS)]) == 0


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path)


def test_the_whole_way_from_an_empty_folder_to_a_mail_at_the_server(shell, smtp_server):
    server = smtp_server()
    shell.fill(server.port)
    assert shell.ok("setup", "firma.toml").startswith("Firma: eingerichtet\nTarif: 2,25\u00a0€ je Minute")
    assert "Kunden: 0 neu, 0 geändert, 1 unverändert" in shell.ok("import", "customers", "kunden.csv")
    imported = shell.ok("import", "sessions", "sitzungen.csv")
    assert imported == "Sitzungen: 0 neu, 0 geändert, 1 unverändert\n"
    sent = shell.ok("report", "S-2022-0001", "--pdf", "bericht.pdf", "--send")
    assert "Dem Mailserver übergeben für rezeption@praxis.example" in sent
    assert "Geheime Notiz" in PdfReader(shell.folder / "bericht.pdf").pages[0].extract_text()
    (mail,) = server.wait_for(1)
    (attachment,) = mail.message.iter_attachments()
    assert attachment.get_content() == (shell.folder / "bericht.pdf").read_bytes()
    assert not set('/\\:"') & set(attachment.get_filename())
    head, line = shell.ok("outbox").splitlines()
    assert head.split() == ["Zeit", "Art", "An", "Betreff", "Zustand", "Grund"]
    assert re.search(r"Bericht +rezeption@praxis\.example +Bericht zur .+ übergeben +250", line)
    assert shell.ok("check").startswith(
        "Alles in Ordnung: 1 Kunde, 1 Arbeitsplatz, 1 Sitzung, 2 Dokumente, 1 Mail"
    )
    assert shell.ok("backup", "sicherung.sqlite3").startswith("Sicherung geschrieben: sicherung.sqlite3")
    copy = Shell(shell.folder / "kopie")
    copy.data.mkdir(parents=True)
    (shell.folder / "sicherung.sqlite3").rename(copy.data / "desk.sqlite3")
    assert "1 Sitzung, " in copy.ok("check")


def test_a_mail_that_has_to_wait_is_exit_code_1_and_goes_when_the_server_is_back(shell, smtp_server):
    server = smtp_server()
    server.answer(Step.MAIL, "451 4.3.0 Later", times=1)
    shell.fill(server.port)
    done = shell.run("report", "S-2022-0001", "--pdf", "bericht.pdf", "--send")
    assert done.returncode == 1
    assert "nimmt gerade nichts an" in done.stderr
    assert "451 4.3.0 Later" in done.stderr
    assert (shell.folder / "bericht.pdf").is_file()
    assert "wartet" in shell.ok("outbox")
    assert "Dem Mailserver übergeben" in shell.ok("outbox", "--send")
    assert shell.ok("outbox", "--send") == "Es wartet nichts, was jetzt zu senden wäre.\n"
    assert len(server.mails) == 1


def test_a_refused_address_is_exit_code_1_with_the_way_out(shell, smtp_server):
    server = smtp_server()
    server.answer(Step.RCPT, "550 5.1.1 User unknown")
    shell.fill(server.port)
    done = shell.run("report", "S-2022-0001", "--pdf", "bericht.pdf", "--send")
    assert done.returncode == 1
    assert done.stderr == (
        "rezeption@praxis.example: Der Server hat die Adresse abgelehnt: rezeption@praxis.example. "
        "Adresse prüfen (550 5.1.1 User unknown)\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C is a signal there")
def test_ctrl_c_while_the_server_hangs_leaves_the_mail_waiting(shell, smtp_server):
    server = smtp_server()
    shell.fill(server.port)
    reached = threading.Event()

    async def play(session):
        reached.set()
        await wait_for_ever(session)

    server.act(Step.EHLO, play)
    process = subprocess.Popen(
        shell.command("report", "S-2022-0001", "--pdf", "bericht.pdf", "--send"),
        cwd=shell.folder,
        env=shell.environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        encoding="utf-8",
    )
    assert reached.wait(30)
    process.send_signal(signal.SIGINT)
    _out, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Abgebrochen." in told
    assert "Traceback" not in told
    assert "wartet" in shell.ok("outbox")


def test_a_second_process_works_beside_an_open_desk(shell):
    shell.fill()
    with closing(sqlite3.connect(shell.data / "desk.sqlite3")) as window:
        window.execute("BEGIN")
        assert window.execute("SELECT count(*) FROM customer").fetchone() == (1,)
        shell.ok("import", "customers", shell.write("mehr.csv", "Kundennummer;Name\n2;Zweite Praxis\n"))
        assert window.execute("SELECT count(*) FROM customer").fetchone() == (1,)
    assert "2 Kunden" in shell.ok("check")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["machwas"], "„machwas“ ist bei BEFEHL nicht möglich. Möglich sind: setup, import, export, report"),
        (["import"], "Es fehlt: ART"),
        (["import", "rechnungen", "x.csv"], "„rechnungen“ ist bei ART nicht möglich"),
        (["import", "customers"], "Es fehlt: DATEI"),
        (["report", "S-2022-0001"], "Es fehlt: --pdf"),
        (["report", "--pdf"], "--pdf braucht einen Wert."),
        (["check", "zuviel"], "Nicht bekannt: zuviel"),
        (["--language", "fr", "check"], "„fr“ ist bei --language nicht möglich. Möglich sind: de, en"),
        (["--demo", "check"], "--demo öffnet das Fenster"),
        (["--demo=ja"], "--demo nimmt keinen Wert an, „ja“ ist zu viel."),
        (["--data-dir", "", "check"], "laverma-desk: --data-dir: Der Name des Ordners ist leer."),
        (["--dat", "x", "check"], "--dat"),
        (["--language", "en", "import"], "This is missing: KIND"),
    ],
)
def test_a_wrong_call_is_exit_code_2_with_a_sentence(capsys, arguments, sentence):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.out == ""
    assert told.err.startswith("Usage: " if "en" in arguments else "Aufruf: ")


def test_setup_wants_a_file_or_the_example(capsys):
    assert main(["setup"]) == 2
    assert main(["setup", "firma.toml", "--example"]) == 2
    assert capsys.readouterr().err.count("Entweder eine Datei oder --example angeben") == 2


def test_the_version_is_told_without_loading_the_database_or_the_window():
    code = (
        "import sys\nfrom laverma_desk.__main__ import main\n"
        "try:\n    main(['--version'])\nfinally:\n"
        "    print([one for one in ('sqlalchemy', 'alembic', 'fpdf', 'PySide6') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"Laverma Desk {__version__}\n[]\n")


def test_umlauts_come_out_as_utf8_whatever_the_terminal_says(shell):
    done = shell.run("check", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0
    assert "Arbeitsplätze" in done.stdout
    assert "prüfen" in shell.run("--help", PYTHONIOENCODING="ascii").stdout


def test_a_reader_that_had_enough_is_no_failure(shell):
    process = subprocess.Popen(
        shell.command("setup", "--example"),
        env=shell.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(30) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_output_that_is_full_is_said(shell):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            shell.command("setup", "--example"),
            env=shell.environment,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1
    assert "stdout" in done.stderr
    assert "Traceback" not in done.stderr


def _foreign(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE fremd (x)")
        connection.commit()


@pytest.mark.parametrize(
    ("plant", "sentence"),
    [
        (lambda data: (data / "desk.sqlite3").write_bytes(b"kein SQLite " * 400), "beschädigt"),
        (lambda data: _foreign(data / "desk.sqlite3"), "gehört einem anderen Programm"),
        (lambda data: (data / "desk.sqlite3").mkdir(), "lässt sich nicht lesen"),
        (lambda data: (data.rmdir(), data.write_text("eine Datei")), "lässt sich nichts schreiben"),
    ],
    ids=["broken", "foreign", "folder", "file instead of folder"],
)
def test_a_desk_that_cannot_be_opened_is_said_and_left_alone(shell, plant, sentence):
    shell.data.mkdir()
    plant(shell.data)
    file = shell.data / "desk.sqlite3"
    before = file.read_bytes() if file.is_file() else None
    done = shell.run("check")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert (file.read_bytes() if file.is_file() else None) == before


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a place where nobody may write")
def test_a_folder_in_which_nobody_may_write_is_said(shell):
    shell.data = Path("/proc/laverma")
    done = shell.run("check")
    assert done.returncode == 1
    assert done.stderr == "Im Ordner /proc/laverma lässt sich nichts schreiben. Einen anderen wählen.\n"


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        ("customers", "Nummer;Name\n1;A\n", "Die Spalte „Kundennummer“ fehlt. Die Datei hat: Nummer, Name"),
        ("customers", b"Kundennummer;Name\n1;\x00\n", "In Zeile 2 steht ein NUL-Byte"),
        (
            "customers",
            'Kundennummer;Name;E-Mail Bericht\n1;A;"a@b.de\nBcc: c@d.de"\n',
            "datei.csv, Zeile 2, Spalte „E-Mail Bericht“: Eine Adresse sieht aus wie name@praxis.de.",
        ),
        (
            "sessions",
            SESSIONS.replace("01.03.2022", "31.02.2022"),
            "datei.csv, Zeile 2, Spalte „Anfang“: „31.02.2022“ ist kein Datum",
        ),
        (
            "sessions",
            SESSIONS.replace("00:12:22", "00:75:00"),
            "datei.csv, Zeile 2, Spalte „Dauer“: „00:75:00“ ist keine Dauer.",
        ),
        (
            "sessions",
            SESSIONS.replace("10017", "99999"),
            "datei.csv, Zeile 2, Spalte „Kundennummer“: Einen Kunden mit der Nummer 99999 gibt es nicht.",
        ),
    ],
)
def test_a_bad_file_is_named_by_line_and_column_and_changes_nothing(shell, kind, content, sentence):
    shell.fill()
    before = (shell.data / "desk.sqlite3").read_bytes()
    done = shell.run("import", kind, shell.write("datei.csv", content))
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert (shell.data / "desk.sqlite3").read_bytes() == before


def test_a_setup_file_with_unknown_names_is_refused_whole(shell):
    file = shell.write("firma.toml", '[company]\nname = "Neu"\npostcod = "1"\n[mail]\npassword = "geheim"\n')
    done = shell.run("setup", file)
    assert done.returncode == 1
    assert "firma.toml, company.postcod: Dieser Name ist nicht bekannt." in done.stderr
    assert "Vielleicht ist „postcode“ gemeint." in done.stderr
    assert "firma.toml, mail.password: Ein Kennwort steht nie in einer Datei." in done.stderr
    assert "geheim" not in done.stderr
    assert done.stderr.endswith("2 Fehler in der Datei, nichts wurde übernommen.\n")


def test_english_is_spoken_where_it_is_asked_for(shell):
    done = shell.run("report", "S-1", "--pdf", "x.pdf", "--language", "en")
    assert (done.returncode, done.stderr) == (1, "There is no session S-1.\n")


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_a_bug_is_logged_for_its_owner_alone_and_without_what_customers_said(shell):
    shell.fill()
    with closing(sqlite3.connect(shell.data / "desk.sqlite3")) as connection:
        connection.execute("ALTER TABLE segment RENAME TO weg")
    done = shell.run("import", "sessions", shell.write("neu.csv", SESSIONS.replace("10:22", "11:22")))
    log = shell.data / "laverma-desk.log"
    assert done.returncode == 1
    assert done.stderr.startswith("Etwas Unerwartetes ist passiert")
    assert str(log) in done.stderr
    assert log.stat().st_mode & 0o777 == 0o600
    words = log.read_text("utf-8")
    assert "session_stage.py" in words
    assert "no such table" in words
    assert "Geheime Notiz" not in words
    assert "rezeption@praxis.example" not in words


def test_ctrl_c_while_it_starts_ends_it_without_a_word():
    script = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *_rest):\n"
        "        if name == 'laverma_desk.cli':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from laverma_desk.__main__ import main\n"
        "sys.exit(main(['check']))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")

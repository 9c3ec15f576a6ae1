"""laverma-desk backup and restore as a shell calls them, in a process of their own where it matters."""

from __future__ import annotations

import fcntl
import os
import pty
import sqlite3
import subprocess
import sys
import termios
import time
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from laverma_desk.__main__ import main
from tests.house.test_command_line import Shell
from tests.support.desks import add_bohrer, make_desk
from tests.support.fake_clock import FakeClock

PHRASE = "grüne Bäume im März"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def shell(tmp_path):
    """A shell whose desk has one practice."""
    shell = Shell(tmp_path)
    desk = make_desk(shell.data, FakeClock())
    add_bohrer(desk)
    desk.close()
    return shell


def piped(shell, line, *arguments):
    done = subprocess.run(
        shell.command(*arguments), cwd=shell.folder, env=shell.environment, input=line,
        capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    return done


def rename(shell, name):
    with closing(sqlite3.connect(shell.data / "desk.sqlite3")) as connection, connection:
        connection.execute("UPDATE customer SET name = ?", [name])


def customers(shell):
    with closing(sqlite3.connect(shell.data / "desk.sqlite3")) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM customer")]


def at_terminal(shell, answers, *arguments):
    """Run a command at a terminal where somebody types; return exit code and all that was shown."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        shell.command(*arguments), cwd=shell.folder, env=shell.environment,
        stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        preexec_fn=lambda: _control(slave),  # noqa: PLW1509 (nothing else runs in this process)
    )  # fmt: skip
    os.close(slave)
    shown = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            piece = os.read(master, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        for question, answer in list(answers):
            if question.encode() in shown:
                answers.remove((question, answer))
                os.write(master, f"{answer}\n".encode())
                break
    os.close(master)
    return process.wait(30), shown.decode("utf-8", "replace")


def _control(slave):
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)


def test_there_and_back_through_a_pipe(shell):
    assert "1 Kunde, 2 Arbeitsplätze, 0 Sitzungen" in shell.ok("backup", "kopie.sqlite3")
    rename(shell, "anders")
    asked = shell.run("restore", "kopie.sqlite3")
    assert asked.returncode == 1
    assert "Mit --yes wird nicht gefragt." in asked.stderr
    assert customers(shell) == ["anders"]
    told = shell.ok("restore", "kopie.sqlite3", "--yes").splitlines()
    assert told[0].startswith("Kopie vom ")
    assert told[0].endswith("unbeschädigt: 1 Kunde, 0 Sitzungen, 0 Dokumente, noch keine Sitzung")
    assert told[1] == "Heute: 1 Kunde, 0 Sitzungen, 0 Dokumente, noch keine Sitzung"
    assert told[2].startswith("Wiederhergestellt: der Stand vom ")
    assert customers(shell) == ["ZAP Dr. Bohrer"]
    kept = Path(told[3].removeprefix("Der vorige Stand liegt in "))
    shell.ok("restore", str(kept), "--yes")
    assert customers(shell) == ["anders"]


def test_a_locked_copy_through_a_pipe(shell):
    done = piped(shell, f"{PHRASE}\n", "backup", "--encrypt", "kopie.age")
    assert (done.returncode, done.stderr) == (0, "")
    plain = pyrage.passphrase.decrypt((shell.folder / "kopie.age").read_bytes(), PHRASE)
    assert plain.startswith(b"SQLite format 3")
    rename(shell, "anders")
    wrong = piped(shell, "falsch\n", "restore", "kopie.age", "--yes")
    assert wrong.returncode == 1
    assert wrong.stderr == "Diese Passphrase öffnet kopie.age nicht. Prüfen und nochmal versuchen.\n"
    assert customers(shell) == ["anders"]
    assert piped(shell, f"{PHRASE}\n", "restore", "kopie.age", "--yes").returncode == 0
    assert customers(shell) == ["ZAP Dr. Bohrer"]
    short = piped(shell, "kurz\n", "backup", "--encrypt", "kopie2.age")
    assert (short.returncode, short.stderr) == (1, "Mindestens 10 Zeichen.\n")
    assert not (shell.folder / "kopie2.age").exists()


def test_at_a_terminal_the_passphrase_is_asked_for_twice_and_never_shown(shell):
    code, shown = at_terminal(
        shell, [("Passphrase:", PHRASE), ("Noch einmal:", PHRASE)], "backup", "--encrypt", "kopie.age"
    )
    assert code == 0, shown
    assert "Wer die Passphrase verliert, verliert die Sicherungen" in shown
    assert PHRASE not in shown
    assert "fertig" in shown, "progress is shown at a terminal"
    rename(shell, "anders")
    code, shown = at_terminal(shell, [("Passphrase:", PHRASE), ("(j/n)", "n")], "restore", "kopie.age")
    assert code == 1
    assert customers(shell) == ["anders"]
    code, shown = at_terminal(shell, [("Passphrase:", PHRASE), ("(j/n)", "j")], "restore", "kopie.age")
    assert code == 0, shown
    assert customers(shell) == ["ZAP Dr. Bohrer"]


def test_without_a_file_the_copy_goes_into_the_folder_and_older_ones_go(shell, capsys):
    here = ["--data-dir", str(shell.data)]
    assert main([*here, "backup"]) == 0
    (first,) = (shell.data / "backups").iterdir()
    assert str(first) in capsys.readouterr().out
    assert main([*here, "backup"]) == 0
    told = capsys.readouterr().out
    assert "1 ältere Sicherung ist abgelaufen und wurde entfernt." in told
    (second,) = (shell.data / "backups").iterdir()
    assert second != first


def test_what_is_in_the_way_is_said_in_a_sentence(shell, capsys):
    here = ["--data-dir", str(shell.data)]
    (shell.folder / "kaputt.sqlite3").write_bytes(b"kaputt" * 100)
    (shell.folder / "kaputt.age").write_bytes(b"age-encryption.org/v1\nkaputt")
    with sqlite3.connect(shell.folder / "fremd.sqlite3") as foreign:
        foreign.execute("CREATE TABLE x (y)")
    foreign.close()
    for name, sentence in (
        ("kaputt.sqlite3", "beschädigt oder keine Sicherung"),
        ("fremd.sqlite3", "beschädigt oder keine Sicherung"),
        ("fehlt.sqlite3", "lässt sich nicht lesen"),
    ):
        assert main([*here, "restore", str(shell.folder / name), "--yes"]) == 1
        assert sentence in capsys.readouterr().err
    done = piped(shell, "irgendein Wort\n", "restore", "kaputt.age", "--yes")
    assert "beschädigt oder keine Sicherung" in done.stderr
    assert main([*here, "restore", str(shell.data / "desk.sqlite3"), "--yes"]) == 1
    assert customers(shell) == ["ZAP Dr. Bohrer"]


def test_a_running_window_and_a_running_session_are_in_the_way(shell, capsys):
    here = ["--data-dir", str(shell.data)]
    assert main([*here, "backup", str(shell.folder / "kopie.sqlite3")]) == 0
    capsys.readouterr()
    with closing(sqlite3.connect(shell.data / "desk.sqlite3")) as window:
        window.execute("PRAGMA journal_mode = WAL")
        window.execute("SELECT count(*) FROM customer").fetchone()
        assert main([*here, "restore", str(shell.folder / "kopie.sqlite3"), "--yes"]) == 1
        assert "ist mit diesen Daten schon geöffnet" in capsys.readouterr().err
        with window:
            window.execute(
                'INSERT INTO session (number, customer_id, workstation_id, supporter_id, state, "begin", '
                "day, created_at) VALUES ('S-1', 1, 1, 1, 'paused', '2022-03-01 09:22:00.000000', "
                "'2022-03-01', '2022-03-01 09:22:00.000000')"
            )
    assert main([*here, "restore", str(shell.folder / "kopie.sqlite3"), "--yes"]) == 1
    assert "Vor dem Wiederherstellen beenden" in capsys.readouterr().err


READ_ONLY = """
import subprocess, sys
from pathlib import Path

small = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(small)], check=True)
from tests.support.desks import add_bohrer, make_desk
from tests.support.fake_clock import FakeClock
desk = make_desk(small / "desk", FakeClock())
add_bohrer(desk)
desk.close()
subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
from laverma_desk.__main__ import main
here = ["--data-dir", str(small / "desk")]
print(main([*here, "check"]))
print(main([*here, "backup", str(small.parent / "kopie.sqlite3")]))
print(main([*here, "backup"]))
"""


def test_a_read_only_desk_can_be_checked_and_copied(tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    can = subprocess.run(
        ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", str(small)], capture_output=True, check=False
    )
    if can.returncode:
        pytest.skip("needs a mount of its own")
    done = subprocess.run(
        ["unshare", "--mount", sys.executable, "-c", READ_ONLY, str(small)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Alles in Ordnung: 1 Kunde, 2 Arbeitsplätze"), done.stderr
    assert lines[1] == "0"
    assert lines[2].startswith("Sicherung geschrieben")
    assert lines[3:] == ["0", "1"]
    assert "lässt sich nicht" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "kopie.sqlite3").stat().st_size > 100_000

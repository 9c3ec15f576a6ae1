"""A full day of the real program, and then every file of it: private, and without a single secret."""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from laverma_desk.domain.mail_account import Security
from tests.support.certificates import Certificates
from tests.support.planted_secrets import forms, found_below, found_in
from tests.support.smtp_server import MailServer, Step

ROOT = Path(__file__).parents[2]
SECRETS = {
    "password": "Qx7vBn-Größe?Lp92kd",
    "wrong": "Tf6mRc-grün>Ns51qb",
    "phrase": "Wz4pLg grüne Bäume Hj83tr",
}
PROXY = {"proxy": "Vy2sKd-öffentlich-Mc64wp"}
GIVEN_OUT = {"kunden.csv", "sitzungen.csv", "sitzungen.xlsx"}
"""Files for others: they get the rights that the system gives to any document."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes, and /proc")


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """What was left and told after a day on a machine that keeps nothing private by itself."""
    home = tmp_path_factory.mktemp("day")
    for name in ("Ausgang", "tmp"):
        (home / name).mkdir()
    certificates = Certificates()
    (home / "ca.pem").write_text(certificates.authority_pem(), "ascii")
    tool = home / "tool"
    tool.write_text(
        f"#!/bin/sh\ncat /proc/$$/cmdline /proc/$$/environ >> '{home}/tool.txt'\nsleep 1\n", "utf-8"
    )
    tool.chmod(0o700)
    server = MailServer(certificates, Security.STARTTLS, login=("anna", SECRETS["password"])).start()
    echo = base64.b64encode(f"\0anna\0{SECRETS['wrong']}".encode()).decode()
    server.answer(Step.AUTH, f"535 5.7.8 {SECRETS['wrong']} is wrong, {echo} too", times=1)
    told = {
        **SECRETS, "umask": 0, "home": str(home), "data": str(home / "daten"), "out": str(home / "Ausgang"),
        "port": server.port, "user": "anna", "tool": f"{tool} {{id}}",
    }  # fmt: skip
    environment = {
        "HOME": str(home), "TMPDIR": str(home / "tmp"), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "QT_QPA_PLATFORM": "offscreen",
        "SSL_CERT_FILE": str(home / "ca.pem"), "HTTPS_PROXY": f"http://anna:{PROXY['proxy']}@127.0.0.1:9",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.working_day"], input=json.dumps(told) + "\n", env=environment,
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    server.stop()
    assert done.returncode == 0, done.stdout + done.stderr
    left = json.loads(done.stdout.splitlines()[-1])
    return home, left | {"stderr": done.stderr, "mails": len(server.mails)}


def log_of(home: Path) -> str:
    return (home / "daten" / "laverma-desk.log").read_text("utf-8")


def test_the_day_was_a_full_one(day):
    home, left = day
    assert left["window"] == 0
    assert left["commands"] == [0, 0, 0, 0, 0, 0, 1, 0, 0], left["words"]
    assert left["mails"] == 2
    log = log_of(home)
    assert log.count("RuntimeError: 2 fields cannot be shown") == 3
    assert " DEBUG " in log
    assert "anna" not in log
    assert (home / "tool.txt").read_bytes().count(b"1234567890") == 2
    assert "535 5.7.8" in left["words"][1]
    names = {Path(one).name for one in left["modes"]}
    assert {
        "desk.sqlite3", "desk.sqlite3-wal", "desk.sqlite3-shm", "desk.lock", "laverma-desk.log",
        "backups.json", "machine.ini", "sicherung-1.age", "von-hand.age", "auskunft.zip", "Rechnung.pdf",
    } <= names  # fmt: skip
    assert {stat.S_IFSOCK, stat.S_IFDIR, stat.S_IFREG} == {
        stat.S_IFMT(mode) for mode in left["modes"].values()
    }
    assert any(name.endswith(".eml") for name in names)
    assert any(name.endswith("-before-restore.sqlite3") for name in names)
    assert any(name.endswith(".partial") for name in names), "files that live for a moment were not seen"


def test_nobody_else_can_read_what_the_program_writes(day):
    home, left = day
    private = {
        path: stat.filemode(mode)
        for path, mode in left["modes"].items()
        if Path(path).name.removeprefix(".").removesuffix(".partial") not in GIVEN_OUT | {"tool.txt"}
    }
    # Folders of the system that were not there yet are made as any program makes them.
    private.pop(str(home / ".config"), None)
    wide = {path: mode for path, mode in private.items() if set(mode[4:]) != {"-"}}
    assert not wide
    assert len(private) > 30


def test_no_secret_lies_in_any_file_nor_in_what_was_told(day):
    home, left = day
    told = json.dumps({**left, "words": []}, ensure_ascii=False) + "\n".join(left["words"])
    assert found_in(told.encode(), SECRETS) == set()
    assert found_below(home, SECRETS) == {}


def test_a_password_of_the_surroundings_goes_to_no_file_of_the_program(day):
    home, _left = day
    tool = str(home / "tool.txt")  # a child inherits what the user gave to the program
    assert {path for path in found_below(home, PROXY) if path != tool} == set()


@pytest.mark.parametrize("form", sorted(forms("x" * 9)))
def test_the_search_finds_what_is_planted(tmp_path, form):
    for name, secret in SECRETS.items():
        folder = tmp_path / name
        folder.mkdir()
        coded = forms(secret)[form]
        (folder / "plain.bin").write_bytes(b"\x00before" + coded + b"after")
        with zipfile.ZipFile(folder / "packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inside.txt", coded)
        hits = found_below(folder, SECRETS)
        assert len(hits) == 2
        assert all(f"{name}: {form}" in found for found in hits.values())

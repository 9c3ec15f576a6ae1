"""laverma-desk move, and what check, verify, backup and restore say of a desk on a server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.audited_desks import open_audited
from tests.support.servers import binaries, shared_server

pytestmark = pytest.mark.files("the command names its engines itself")

ROOT = Path(__file__).parents[2]


def call(*words):
    """Run the program and return its code, its result, and what it says besides."""
    done = subprocess.run(
        [sys.executable, "-m", "laverma_desk", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PATH": os.pathsep.join((str(binaries()), os.environ["PATH"]))},
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def address():
    """An empty database of a server."""
    server = shared_server()
    name = server.create()
    yield server.address(name)
    server.drop(name)


def test_there_looked_at_and_back(tmp_path, address):
    story = open_audited(tmp_path / "desk")
    story.desk.close()
    data, url = story.desk.data, address.url
    code, result, aside = call("--data-dir", data.root, "move", "--to", url)
    assert (code, aside) == (0, "")
    lines = result.splitlines()
    assert lines[0].startswith(f"Umgezogen nach {address.shown}: 6 Kunden, 6 Arbeitsplätze, 11 ")
    assert "dieselben Prüfsummen" in lines[1]
    assert (
        lines[2]
        == f"Der Tisch in {data.root} ist, wie er war. Gut aufheben; gearbeitet wird jetzt am Server."
    )
    adding = f'laverma-desk server add "…" --role ZUGANG --may … --database {url}'
    assert lines[-3:] == [
        f"1. Alle, die mitarbeiten, einlassen: {adding}",
        f"2. Den Tisch öffnen: laverma-desk --database {url.replace('//postgres@', '//ZUGANG@')}",
        f"3. Den Server sichern lassen: laverma-desk backup --database {url}",
    ]
    mine = tmp_path / "mine"
    shared = ("--data-dir", mine, "--database", url)
    code, result, aside = call(*shared, "verify")
    assert (code, result) == (
        0,
        "Alles in Ordnung: Jedes gestellte Dokument ist so, wie es gestellt wurde.\n",
    )
    code, result, aside = call(*shared, "check")
    assert (code, aside.count("\n")) == (1, 1), "the story has one session that contradicts itself"
    code, result, aside = call("--data-dir", mine, "backup", "--database", url)
    assert code == 0, aside
    assert result.startswith(f"Sicherung geschrieben: {mine}/backups/desk-")
    assert "pg_dump --format=custom" in aside
    code, result, aside = call(*shared, "restore", "x.dump")
    assert (code, result) == (1, "")
    assert "pg_restore --clean" in aside
    code, result, aside = call(*shared, "move", "--to", tmp_path / "back")
    assert (code, aside) == (0, "")
    assert f"laverma-desk --data-dir {tmp_path / 'back'}" in result
    assert call("--data-dir", tmp_path / "back", "verify")[0] == 0


def test_wrong_ways_are_said_plainly(tmp_path, address):
    code, result, aside = call("--data-dir", tmp_path / "a", "move", "--to", tmp_path / "b")
    assert (code, result) == (1, "")
    assert aside.startswith("Von Ordner zu Ordner zieht nichts um")
    code, result, aside = call("--data-dir", tmp_path / "a", "move", "--to", address.url)
    assert (code, result) == (1, "")
    assert aside.startswith("Hier liegt kein Tisch")
    secret = address.url.replace("postgres@", "postgres:geheim@")
    code, result, aside = call("--data-dir", tmp_path / "a", "move", "--to", secret)
    assert (code, result) == (2, "")
    assert "geheim" not in aside

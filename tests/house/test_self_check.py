"""check --self: a whole program says so part by part, and one that lost files names each of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from laverma_desk.cli.self_check import tell_parts
from laverma_desk.services import self_check_samples as samples
from laverma_desk.services.self_check import NotFound, Part, SelfCheck, tried

ROOT = Path(__file__).parents[2]


def run(folder: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "laverma_desk", *arguments],
        cwd=folder,
        env={"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_the_whole_program_says_so_and_leaves_nothing_behind(tmp_path):
    done = run(ROOT, tmp_path, "check", "--self")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [one for one in lines if one.startswith("fehlt")] == []
    for name in ("Migrationen", "PDF", "Regeln für XRechnung", "Schriften", "Symbole", "PDF-Vorschau"):
        assert [one for one in lines if one.split(maxsplit=1)[0] == "ok" and name in one], name
    assert lines[-1].startswith("Das Programm ist vollständig: ")
    assert [one for one in tmp_path.rglob("*") if one.suffix == ".sqlite3"] == []


def test_what_a_copy_lost_is_named_and_the_rest_is_tried_all_the_same(tmp_path):
    copy = tmp_path / "copy"
    for name in ("laverma_desk", "resources", "translations"):
        shutil.copytree(ROOT / name, copy / name)
    (copy / "resources" / "fonts" / "DejaVuSans.ttf").unlink()
    (copy / "resources" / "fonts" / "IBMPlexSans_500Medium.ttf").unlink()
    (copy / "resources" / "setup-example.toml").unlink()
    (copy / "laverma_desk" / "storage" / "migrations" / "versions" / "0002_memory.py").unlink()
    done = run(copy, tmp_path, "check", "--self", "--language", "en")
    assert done.returncode == 1
    lines = [" ".join(one.split()) for one in done.stdout.splitlines()]
    missing = [one.removeprefix("missing ") for one in lines if one.startswith("missing ")]
    for name in ("Document fonts", "Migrations", "Example for the set-up", "Fonts", "Preview of a PDF"):
        assert [one for one in missing if one.startswith(name)], name
    assert len(missing) == 5
    assert [one for one in lines if one.startswith("ok Icons ")]
    assert "Install the program once more" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.fixture(scope="module")
def sample_desk(tmp_path_factory):
    from laverma_desk.domain.clock import SystemClock  # noqa: PLC0415
    from laverma_desk.mail.secret import Secrets  # noqa: PLC0415
    from laverma_desk.paths import DataDir  # noqa: PLC0415
    from laverma_desk.services.desk import open_desk  # noqa: PLC0415

    desk = open_desk(DataDir(tmp_path_factory.mktemp("desk")), SystemClock(), Secrets(), demo=True)
    samples.fill(desk)
    yield desk
    desk.close()


def test_rules_that_pass_everything_are_found_out(sample_desk, monkeypatch):
    from laverma_desk.services.invoicing import papers  # noqa: PLC0415

    monkeypatch.setattr(papers, "rules_broken", lambda *_asked: [])
    part = tried("rules", lambda: samples.judge_invoice(sample_desk, samples.InvoiceFormat.ZUGFERD))
    assert not part.sound
    assert "falscher Summe" in part.found


def test_a_certificate_store_without_authorities_is_found_out(tmp_path, monkeypatch):
    empty = tmp_path / "none.pem"
    empty.touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(empty))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    part = tried("certificates", samples.check_certificates, "do something")
    assert (part.sound, part.remedy) == (False, "do something")


def test_each_part_is_one_line_and_one_that_does_not_work_ends_in_exit_code_1(capsys):
    def broken() -> str:
        raise NotFound("Plex")

    parts = [Part("Fonts", sound=True, found="4"), Part("Keyring", sound=True, found="none", hint=True)]
    assert tell_parts(parts) == 0
    assert tell_parts([*parts, tried("Icons", broken)]) == 1
    out, err = capsys.readouterr()
    lines = [" ".join(one.split()) for one in out.splitlines()]
    assert "ok Fonts 4" in lines
    assert "Hinweis Keyring none" in lines
    assert "fehlt Icons Plex" in lines
    assert lines[-1] == "Das Programm neu installieren oder seinen Ordner neu entpacken."
    assert err == "1 Teil funktioniert nicht.\n"


def test_without_a_desk_the_parts_that_need_one_are_not_tried(monkeypatch, tmp_path):
    from laverma_desk.services import self_check  # noqa: PLC0415

    def refuse(*_arguments, **_named):
        raise OSError("no disk")

    monkeypatch.setattr(self_check, "open_desk", refuse)
    parts = {one.name: one for one in SelfCheck().parts()}
    assert not parts["Migrationen"].sound
    assert "no disk" in parts["Migrationen"].found
    assert "Beispieldaten" not in parts
    assert parts["Zeitzone"].sound

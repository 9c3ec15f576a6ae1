"""The audits of the test command: what they find fails it, and what they could not look at is said."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOLE = "PYSEC-2099-1"
SAMPLE, OURS = "urllib3", "rapidfuzz"


class Service:
    """An advisory service on loopback that speaks OSV's language, and knows what it is told."""

    def __init__(self, status: int = 200) -> None:
        self.holes: dict[str, str] = {}
        self.asked: dict[str, str] = {}
        service = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                name = question["package"]["name"]
                service.asked[name] = question["version"]
                answer = json.dumps(service.answer(name)).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1/query"

    def answer(self, name: str) -> Mapping[str, object]:
        hole = self.holes.get(name)
        if hole is None:
            return {}
        ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}]
        affected = [{"package": {"name": name, "ecosystem": "PyPI"}, "ranges": ranges}]
        known = {"id": hole, "summary": "A hole.", "aliases": ["CVE-2099-1"], "affected": affected}
        return {"vulns": [{**known, "published": "2099-01-01T00:00:00Z"}]}

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    made.holes[SAMPLE] = "PYSEC-2019-133"
    yield made
    made.close()


def packages(tmp_path: Path, url: str, accepted: str = "") -> subprocess.CompletedProcess[str]:
    settings = tmp_path / "settings.toml"
    sample = f'known_to_every_service = "{SAMPLE}==0.0.1"'
    settings.write_text(f"[tool.laverma-desk.audit]\n{sample}\naccepted = [{accepted}]\n", "utf-8")
    return run("audit_packages.py", "--settings", str(settings), "--osv-url", url)


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / ".build" / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_clean_answer_is_one_and_everything_installed_was_asked_for(tmp_path, service):
    # The newest urllib3 is installed too, and the service knows a hole of each version.
    accepted = '{ id = "PYSEC-2019-133", reason = "of the test", until = 2099-12-31 }'
    done = packages(tmp_path, service.url, accepted)
    assert done.returncode == 0, done.stderr
    assert "NOT AUDITED" not in done.stdout
    assert "1 advisories, 0 open" in done.stdout
    assert service.asked[OURS] == version(OURS)
    assert {"sqlalchemy", "fpdf2", "cryptography", "lxml"} <= set(service.asked)
    assert "laverma-desk" not in service.asked


@pytest.mark.parametrize(
    ("accepted", "code", "words"),
    [
        ("", 1, "mended in 99.0"),
        ('{ id = "CVE-2099-1", reason = "not reachable here", until = 2099-12-31 }', 0, "not reachable here"),
        ('{ id = "PYSEC-2099-1", reason = "was bearable", until = 2020-01-31 }', 1, "which is over"),
        ('{ id = "CVE-1999-1", reason = "another one", until = 2099-12-31 }', 1, "take it out of the list"),
    ],
    ids=["open", "accepted", "accepted too long ago", "another one is accepted"],
)
def test_a_known_hole_fails_the_audit_unless_it_is_accepted_today(tmp_path, service, accepted, code, words):
    service.holes[OURS] = HOLE
    usual = '{ id = "PYSEC-2019-133", reason = "of the test", until = 2099-12-31 }'
    done = packages(tmp_path, service.url, f"{usual}, {accepted}")
    assert (done.returncode, done.stderr) == (code, "")
    assert f"{OURS} {version(OURS)}: {HOLE} = CVE-2099-1" in done.stdout
    assert words in done.stdout


def test_a_service_that_knows_no_hole_at_all_does_not_make_a_clean_result(tmp_path, service):
    service.holes.clear()
    done = packages(tmp_path, service.url)
    assert done.returncode == 0
    assert "NOT AUDITED: no package" in done.stdout
    assert "packages audited" not in done.stdout
    assert list(service.asked) == [SAMPLE]


def test_a_service_that_fails_or_is_not_there_does_not_make_a_clean_result(tmp_path):
    failing = Service(status=503)
    answered = packages(tmp_path, failing.url)
    failing.close()
    away = packages(tmp_path, failing.url)
    for done in (answered, away):
        assert done.returncode == 0
        assert "NOT AUDITED: no package" in done.stdout
        assert "did not answer" in done.stdout
        assert "packages audited" not in done.stdout


def test_what_the_service_does_not_know_is_said_beside_what_it_knows(capsys):
    script = runpy.run_path(str(ROOT / ".build" / "audit_packages.py"), run_name="audit_packages")
    judge, audit = script["_judge"], script["Audit"]
    assert judge(audit(known=2, unknown=("one", "other"), advisories=()), []) == 0
    said = capsys.readouterr().out
    assert "NOT AUDITED, unknown to the service: one, other" in said
    assert "2 packages audited" in said
    assert judge(audit(known=0, unknown=("one",), advisories=()), []) == 0
    assert "NOT AUDITED: no package" in capsys.readouterr().out


def test_both_audits_are_part_of_the_test_command():
    command = (
        (ROOT / "README.md").read_text("utf-8").split("<!-- test command -->")[1].split("<!-- end -->")[0]
    )
    assert command.index("audit_code.py") < command.index("audit_packages.py") < command.index("pytest -n")


def test_the_real_list_names_a_reason_and_a_day_for_what_it_accepts():
    import tomllib  # noqa: PLC0415

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["laverma-desk"]["audit"]
    assert settings["known_to_every_service"].count("==") == 1
    assert all(set(one) == {"id", "reason", "until"} for one in settings["accepted"])


CALL = "import subprocess{import_}\nsubprocess.run([name]){call}\n"
WHY = "  # nosec B404 # (a list of arguments)"


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        ("", 1, "B603 subprocess call"),
        ("  # nosec B603 # (our own name)", 0, "2 findings accepted"),
        ("  # nosec B603 # noqa: S603 (our own name)", 0, "2 findings accepted"),
        ("  # nosec B603", 1, "gives no reason"),
        ("  # nosec", 1, "names no finding"),
        ("  # nosec B602 # (another one)", 1, "accepts B602, which is not found there"),
        ("  # nosec B602 # (another one)", 1, "B603 subprocess call"),
    ],
)
def test_a_dangerous_way_is_named_unless_it_says_why(tmp_path, call, code, words):
    (tmp_path / "one.py").write_text(CALL.format(import_=WHY, call=call), "utf-8")
    done = run("audit_code.py", str(tmp_path))
    assert (done.returncode, done.stderr) == (code, "")
    assert words in done.stdout


def test_a_reason_may_stand_on_any_line_of_the_call(tmp_path):
    call = "subprocess.run(\n    [name],\n    check=True,  # nosec B603 # (our own name)\n)\n"
    (tmp_path / "one.py").write_text(f"import subprocess{WHY}\n{call}", "utf-8")
    done = run("audit_code.py", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")


def test_what_cannot_be_read_is_no_clean_result(tmp_path):
    (tmp_path / "one.py").write_text("x = 1\n", "utf-8")
    (tmp_path / "two.py").write_text("def (\n", "utf-8")
    done = run("audit_code.py", str(tmp_path))
    assert done.returncode == 1
    assert "two.py" in done.stderr


def test_a_place_without_a_line_is_no_clean_result(tmp_path):
    done = run("audit_code.py", str(tmp_path))
    assert done.returncode == 1
    assert "could not read everything" in done.stderr

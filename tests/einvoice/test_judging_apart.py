"""A window has invoices judged by a process of its own; whatever becomes of it, the judgement is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from laverma_desk import own_program
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.einvoice import judging_line as line
from laverma_desk.einvoice.checking import check_xml
from laverma_desk.einvoice.judging_apart import JudgeApart, NoAnswer
from laverma_desk.einvoice.writing import write_xml
from tests.support.invoice_makers import sample_invoice

ROOT = Path(__file__).parents[2]
ZUGFERD = InvoiceFormat.ZUGFERD
RIGHT = write_xml(sample_invoice())
WRONG = RIGHT.replace(b"GrandTotalAmount>176.72", b"GrandTotalAmount>100.00")
PATIENCE = 30.0

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

# Programs that answer otherwise than they should.
_SILENT = "import sys; sys.stdin.buffer.read()"
_DEAF = "import time; time.sleep(600)"
_GARBAGE = "import sys; sys.stdout.write('Guten Tag, ' * 9); sys.stdout.flush(); sys.stdin.buffer.read()"
_ENDLESS = (
    "import sys; sys.stdout.buffer.write(bytes([255]) * 9); sys.stdout.flush(); sys.stdin.buffer.read()"
)
_NO_WORDS = """
import sys
sys.stdout.buffer.write((2).to_bytes(4, "big") + b"[]"); sys.stdout.flush(); sys.stdin.buffer.read()
"""
_PASSES_ALL = """
import sys
words = b'{"judged": "", "findings": []}'
sys.stdout.buffer.write(len(words).to_bytes(4, "big") + words); sys.stdout.flush(); sys.stdin.buffer.read()
"""
_GONE = "raise SystemExit(3)"


def saying(program):
    return [sys.executable, "-c", program]


@pytest.fixture(scope="module")
def shared():
    with closing(JudgeApart()) as judge:
        yield judge


@pytest.fixture
def judge():
    with closing(JudgeApart()) as made:
        yield made


def until(condition):
    """Wait for what another process does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def state(pid):
    """Return the letter of a process: Z for one that is dead and not forgotten; none for one that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return ""


@pytest.mark.parametrize("format_", [ZUGFERD, InvoiceFormat.XRECHNUNG])
@pytest.mark.parametrize("xml", [RIGHT, WRONG, b"<kein-xml", b"", "<a>Ä\n</a>".encode()])
def test_the_judgement_is_the_same(shared, xml, format_, caplog):
    assert shared.findings(xml, format_) == check_xml(xml, format_)
    assert caplog.records == []
    assert shared.process_id is not None


def test_a_wrong_invoice_is_refused_there_with_every_rule(shared):
    found = shared.asked(line.question(WRONG, ZUGFERD))
    assert [one for one in found if "BR-CO-15" in one.rule + one.text]


def test_it_is_another_process_kept_for_the_next_invoice(judge):
    assert judge.process_id is None
    judge.findings(RIGHT, ZUGFERD)
    first = judge.process_id
    judge.findings(WRONG, ZUGFERD)
    assert judge.process_id == first not in (None, os.getpid())


def test_two_that_ask_at_once_get_their_own_answers(shared):
    answers = {}

    def ask(xml):
        answers[xml] = [shared.findings(xml, ZUGFERD) for _ in range(5)]

    threads = [threading.Thread(target=ask, args=(xml,)) for xml in (RIGHT, WRONG)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers[RIGHT] == [()] * 5
    assert all(answers[WRONG])


def test_warming_up_keeps_nobody_waiting_and_finds_nothing(judge):
    judge.warm_up()
    assert judge.asked(line.WARM_UP) == ()
    assert judge.process_id is not None


@pytest.mark.parametrize("program", [_SILENT, _DEAF, _GARBAGE, _ENDLESS, _NO_WORDS, _PASSES_ALL, _GONE])
def test_where_no_answer_comes_the_invoice_is_judged_here_and_the_log_says_so(program, caplog):
    with closing(JudgeApart(saying(program), patience=1.0)) as judge:
        assert judge.findings(WRONG, ZUGFERD) == check_xml(WRONG, ZUGFERD) != ()
        assert judge.process_id is None
    (said,) = caplog.messages
    assert "Judged in the program itself" in said
    assert "Bohrer" not in said


def test_a_large_invoice_that_nobody_reads_is_judged_here(caplog):
    large = RIGHT + b" " * 80_000
    with closing(JudgeApart(saying(_DEAF), patience=0.5)) as judge:
        assert judge.findings(large, ZUGFERD) == ()
    assert len(caplog.messages) == 1


def test_a_program_that_is_not_there_refuses_nothing(tmp_path, caplog):
    with closing(JudgeApart([str(tmp_path / "none")])) as judge:
        assert judge.findings(RIGHT, ZUGFERD) == ()
    assert len(caplog.messages) == 1


def test_after_three_failures_it_is_not_asked_any_more(tmp_path):
    tally = tmp_path / "tally"
    program = f"import pathlib\nwith pathlib.Path({str(tally)!r}).open('a') as file: file.write('x')"
    with closing(JudgeApart(saying(program))) as judge:
        for _ in range(5):
            assert judge.findings(RIGHT, ZUGFERD) == ()
    assert tally.read_text() == "xxx"


@linux
def test_killed_in_the_middle_the_answer_still_comes_and_the_next_one_from_a_new_process(judge, caplog):
    judge.findings(RIGHT, ZUGFERD)
    killed = judge.process_id
    os.kill(killed, signal.SIGSTOP)  # So that the question is under way when it is killed.
    found = []
    asking = threading.Thread(target=lambda: found.append(judge.findings(WRONG, ZUGFERD)))
    asking.start()
    assert asking.is_alive()
    os.kill(killed, signal.SIGKILL)
    asking.join(PATIENCE)
    assert found == [check_xml(WRONG, ZUGFERD)]
    assert len(caplog.messages) == 1
    assert state(killed) == ""
    assert judge.findings(RIGHT, ZUGFERD) == ()
    assert judge.process_id not in (None, killed)


@linux
def test_killed_while_nobody_asks_a_new_one_answers(judge, caplog):
    judge.findings(RIGHT, ZUGFERD)
    killed = judge.process_id
    os.kill(killed, signal.SIGKILL)
    # Its first thread may be dead while Saxon's others are dying.
    until(lambda: state(killed) == "Z" and len(list(Path(f"/proc/{killed}/task").iterdir())) == 1)
    assert judge.findings(WRONG, ZUGFERD) == check_xml(WRONG, ZUGFERD)
    assert state(killed) == ""
    assert judge.process_id not in (None, killed)
    assert caplog.messages == []


@linux
def test_closing_ends_it_at_once_also_when_it_is_stopped_and_leaves_no_zombie():
    judge = JudgeApart()
    judge.findings(RIGHT, ZUGFERD)
    pid = judge.process_id
    os.kill(pid, signal.SIGSTOP)
    judge.close()
    assert state(pid) == ""
    assert judge.process_id is None


@linux
def test_closing_ends_a_question_that_is_under_way_and_it_is_judged_all_the_same(caplog):
    judge = JudgeApart(saying(_SILENT))
    found = []
    asking = threading.Thread(target=lambda: found.append(judge.findings(WRONG, ZUGFERD)))
    asking.start()
    until(lambda: judge.process_id is not None)
    judge.close()
    asking.join(PATIENCE)
    assert found == [check_xml(WRONG, ZUGFERD)]
    assert caplog.messages == []
    with pytest.raises(NoAnswer):
        judge.asked(line.WARM_UP)
    assert judge.process_id is None


@linux
def test_idle_for_long_it_goes_and_comes_again_when_it_is_needed():
    with closing(JudgeApart(idle=0.05)) as judge:
        assert judge.findings(RIGHT, ZUGFERD) == ()
        until(lambda: judge.process_id is None)
        assert judge.findings(WRONG, ZUGFERD) == check_xml(WRONG, ZUGFERD)


_WINDOW = """
import sys
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.einvoice import judging_line
from laverma_desk.einvoice.judging_apart import JudgeApart
judge = JudgeApart()
judge.asked(judging_line.WARM_UP)
print(judge.process_id, flush=True)
sys.stdin.read()
"""


@linux
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_when_the_window_is_killed_it_goes_too(how):
    with subprocess.Popen(saying(_WINDOW), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as window:
        pid = int(window.stdout.readline())
        assert state(pid) in ("S", "R")
        window.send_signal(how)
        window.wait(PATIENCE)
        until(lambda: state(pid) in ("", "Z"))  # Forgotten by whoever is its parent now.


@linux
def test_it_is_given_nothing_that_the_desk_holds(judge, tmp_path):
    held = tmp_path / "ZAP Dr. Bohrer.sqlite3"
    with held.open("wb") as file:
        os.set_inheritable(file.fileno(), True)
        judge.findings(RIGHT, ZUGFERD)
        process = Path(f"/proc/{judge.process_id}")
        open_files = {str(one.readlink()) for one in (process / "fd").iterdir()}
    held_open = {one.partition(":")[0] for one in open_files if "/site-packages/" not in one}
    assert held_open <= {"/dev/null", "pipe", "anon_inode"}
    arguments = (process / "cmdline").read_bytes().split(b"\0")[:-1]
    assert [one.decode() for one in arguments] == own_program.command(own_program.JUDGING)
    said = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
    assert not [one for one in (str(tmp_path), "Bohrer", "DE02120300000000202051") if one.encode() in said]
    assert (process / "cwd").readlink() == ROOT
    assert os.getpriority(os.PRIO_PROCESS, judge.process_id) > os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getsid(judge.process_id) != os.getsid(0)


_ALONE = """
import sys
from laverma_desk import __main__
from laverma_desk.einvoice import judging_line as line
sys.argv[1:] = ["--judge-invoices"]
assert __main__.main() == 0
rooms = ("PySide6", "sqlalchemy", "fpdf", "drafthorse", "laverma_desk.storage", "laverma_desk.services",
         "laverma_desk.ui", "laverma_desk.cli", "laverma_desk.mail", "laverma_desk.documents")
print(*("saxonche" in sys.modules, sorted(set(rooms) & set(sys.modules))), file=sys.stderr)
"""


def test_it_loads_the_rules_and_nothing_else_of_the_program():
    asked = line.question(RIGHT, ZUGFERD)
    done = subprocess.run(
        saying(_ALONE),
        cwd=ROOT,
        input=len(asked).to_bytes(4, "big") + asked,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stderr.decode().strip() == "True []"
    assert line.findings_in(done.stdout[4:], asked) == ()


def test_what_is_no_question_is_not_answered():
    done = subprocess.run(
        own_program.command(own_program.JUDGING),
        cwd=ROOT,
        input=b"\0\0\0\5Hallo",
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stdout == b""


def test_a_message_longer_than_agreed_is_neither_said_nor_heard(monkeypatch):
    monkeypatch.setattr(line, "_LONGEST", 10)
    with closing(JudgeApart()) as judge, pytest.raises(NoAnswer, match="longer than agreed"):
        judge.asked(line.question(RIGHT, ZUGFERD))

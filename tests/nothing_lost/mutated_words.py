"""Words that reach the program from outside: its command line, what a telephone says, names of files."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import random
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

from laverma_desk.__main__ import main
from laverma_desk.cli import dialled
from laverma_desk.cli.arguments import parse
from laverma_desk.cli.running import guarded
from laverma_desk.documents.filename import safe_file_name
from laverma_desk.domain.message import Attachment, Letter, distinct_names
from laverma_desk.domain.telephone import LONGEST, likeness, read_caller
from laverma_desk.file_names import invoice_file_name, is_device, safe_name
from laverma_desk.handing_over import call_message, read_call
from laverma_desk.mail.mail_program import write_draft
from laverma_desk.services.setup.setup_file import example
from tests.nothing_lost.mutated_bench import REFUSED, TAKEN, Bench
from tests.nothing_lost.mutated_files import CARDS, CUSTOMERS, FOREIGN, SESSIONS
from tests.nothing_lost.mutating import NASTY, spoiled_call, spoiled_file, spoiled_word
from tests.remote.log_samples import SAMPLES

_FILES = {
    "kunden.csv": CUSTOMERS,
    "fremd.csv": FOREIGN,
    "karten.vcf": CARDS,
    "sitzungen.csv": SESSIONS,
    "setup.toml": example(),
}
_CALLS = tuple(
    one.split("|")
    for one in """
setup|setup.toml
setup|--example
import|customers|kunden.csv
import|customers|fremd.csv|--map|Firma=Name
import|customers|karten.vcf|--dry-run
import|sessions|sitzungen.csv
import|connections|log.txt
import|connections|log.txt|--kind|auto|--json
import|connections|log.txt|--map|User=user
export|customers|aus.csv
export|customers|aus.vcf|--archived
export|sessions|aus.xlsx|--from|01.01.2022
export|sessions|aus.csv|--text|server|--status|all|--supporter|Klaus Klassen|--customer|10017
report|S-2022-0001|--pdf|aus.pdf
report|S-2022-0002|--pdf|aus.pdf|--reason|x|--decided-by|y
evidence|10017|--from|01.01.2022|--to|31.12.2022|--pdf|aus.pdf
invoice|--until|28.02.2022|--out|aus
invoice|--until|28.02.2022|--customer|10017|--date|01.03.2022|--out|aus|--format|zugferd
invoices|--open
invoices|RE-2022-0001|--out|aus
cancel|RE-2022-0001|--reason|falsch|--out|aus
verify
invoice|--until|28.02.2022|--customer|10017|--issue|--out|aus
backup
statement|10017|aus.pdf|--from|01.02.2022|--to|28.02.2022
statement|10017|aus.csv|--from|2022-02-01|--to|28.02.2022
outbox
outbox|--send
check
backup|kopie.sqlite3
restore|kopie.sqlite3|--yes
restore|kunden.csv|--yes
desktop|status
desktop|install|--tel
desktop|remove
call|030 23125014
tel:+493023125014
--version
--help
--language|en|check
--language|xx|check
call|laverma-desk:%2B49
""".strip().splitlines()
)
_OTHERS = tuple(
    {word for call in _CALLS for word in call} | set(NASTY) | {"--", "-", "-h", "--data-dir", "--demo"}
)
_CALLERS = (
    "+49 (0)30 23125014",
    "tel:+49-30-23125014;ext=5",
    "sip:anna@pbx.example",
    "anonymous",
    "laverma-desk:%2B4930%20123",
    "0049 30 1",
)
LONGEST_WORD = 2000
_WINDOW = (None, "call")
_PLACES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TMPDIR", "PYTHON_KEYRING_BACKEND")


class _Bugs(logging.Handler):
    """Remembers what the last door of the command line has caught."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self.found.append(f"{record.getMessage()}: {error!r}")


def command_line(bench: Bench, chance: random.Random) -> str:
    """Say something to the program that only begins like a command."""
    call = spoiled_call(chance.choice(_CALLS), _OTHERS, chance)
    # Nothing of this may leave the folder: no path, no other desk.
    call = [one.replace("/", "_").replace("~", "_") for one in call if one.partition("=")[0] != "--data-dir"]
    call = [_delivered(word) for word in call if len(word) < LONGEST_WORD]
    for name, text in _FILES.items():
        if name in call:
            (bench.out / name).write_bytes(
                spoiled_file(text, chance) if chance.random() < 0.6 else text.encode()
            )
    if "log.txt" in call:
        (bench.out / "log.txt").write_text(SAMPLES[chance.choice(list(SAMPLES))], "utf-8")
    bugs = _Bugs()
    with _at_home(bench, bugs) as (said, told):
        code = _run(["--data-dir", str(bench.shell.root), *call])
    assert not bugs.found, f"{call}: {bugs.found}"
    assert code in (0, 1, 2), f"{call}: exit code {code}"
    if code:
        assert told.getvalue().strip(), f"{call}: no word about what is wrong"
    assert "Traceback" not in said.getvalue() + told.getvalue(), call
    return REFUSED if code else TAKEN


def _delivered(word: str) -> str:
    """Return a word as a system can hand it over: without NUL, half characters only for bytes of no text."""
    kept = (one if one < "\ud800" or one > "\udfff" or "\udc80" <= one <= "\udcff" else "?" for one in word)
    return "".join(kept).replace("\0", "")


def _run(call: list[str]) -> int | str | None:
    try:
        options = parse(call)
        if options.command in _WINDOW:
            # The window is not opened here; what it would be told is read.
            return guarded(lambda: int(not read_caller(options.caller)))
        if options.command == "check" and options.itself:
            return 0
        if getattr(options, "encrypt", False):
            return 0
        return main(call)
    except SystemExit as end:
        return end.code


@contextlib.contextmanager
def _at_home(bench: Bench, bugs: _Bugs) -> Iterator[tuple[io.StringIO, io.StringIO]]:
    """Let the program find home, settings and its working folder below the bench, and nobody who types."""
    former, where, heard = dict(os.environ), Path.cwd(), sys.stdin
    os.environ.update({name: str(bench.folder / name.lower()) for name in _PLACES})
    os.environ["TMPDIR"] = former.get("TMPDIR", "/tmp")  # noqa: S108 (as before)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    door = logging.getLogger("laverma_desk.cli.running")
    door.addHandler(bugs)
    os.chdir(bench.out)
    sys.stdin = io.StringIO("ja\n")
    said, told = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
            yield said, told
    finally:
        sys.stdin = heard
        os.chdir(where)
        door.removeHandler(bugs)
        os.environ.clear()
        os.environ.update(former)


def telephone(bench: Bench, chance: random.Random) -> str:
    """Let a telephone say something of who calls."""
    said = spoiled_word(chance.choice(_CALLERS), chance)
    dialled.split(["call", *said.split(" ")])
    dialled.without_call([said, "--language", "de"])
    assert likeness(said, "+493023125014") >= 0
    read_call(said.encode("utf-8", "replace"))
    return bench.offered(lambda: _calls(said))


def _calls(said: str) -> None:
    caller = read_caller(said)
    assert len(caller.text) <= LONGEST
    assert caller.text.isascii()
    assert caller.text.isprintable()
    assert read_call(call_message(caller)) == caller


def file_names(_bench: Bench, chance: random.Random) -> str:
    """Make names of files of whatever somebody typed."""
    title = spoiled_word(
        chance.choice(("Bericht vom 01.03.2022", "Müller & Söhne", "../etc/passwd", "RE-2022/0001")), chance
    )
    for name in (safe_name(title, "mail"), invoice_file_name(title, ".pdf"), safe_file_name(title)):
        _holds(name, f"{title!r} became {name!r}")
    names = [safe_file_name(one) for one in (title, title.upper(), title, spoiled_word(title, chance))]
    distinct = distinct_names(names)
    assert len({one.casefold() for one in distinct}) == len(distinct), names
    return TAKEN


def _holds(name: str, complaint: str) -> None:
    assert not set(name) & set('<>:"/\\|?*\0\r\n\u202e\u2028'), complaint
    assert not any(character < " " for character in name), complaint
    assert name not in (".", ".."), complaint
    assert not is_device(name), complaint
    assert len(name.encode()) <= 255, complaint


def drafts(bench: Bench, chance: random.Random) -> str:
    """Write a mail for the mail program, with names and words that nobody checked."""

    def word(text: str) -> str:
        return spoiled_word(text, chance) if chance.random() < 0.5 else text

    names = [word("Bericht.pdf"), word("Rechnung.xml")]
    attached = tuple(Attachment(one, b"%PDF", "application/pdf") for one in names)
    letter = Letter(word("info@laverma.example"), word("Läßig IT"), word("a@b.example"), word("Betreff"),
                    word("Text\n.\nFrom hier"), attached)  # fmt: skip
    folder = bench.folder / "drafts"
    written: list[Path] = []
    word_of_it = bench.offered(lambda: written.append(write_draft(letter, folder, word("Bericht"))))
    assert sorted(folder.glob("*")) == sorted(written), "something stays of what was refused"
    for path in written:
        read = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert read.get_all("Bcc") is None, names
        assert len(read.get_all("To", [])) == 1, "a header was smuggled in"
        assert len(list(read.iter_attachments())) == len(attached)
        path.unlink()
    return word_of_it

"""A backup of a server's desk by PostgreSQL's own pg_dump: found, told what to do, watched, looked at."""

from __future__ import annotations

import os
import queue
import re
import shlex
import shutil
import subprocess  # nosec B404 # (PostgreSQL's own program, never through a shell)
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.server_address import SCHEMES, VERIFIED, ServerAddress

Said = Callable[[str], None]
"""Told each line that the program says; what it raises ends the program."""

Idle = Callable[[], None]
"""Called several times a second; what it raises ends the program."""

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_WINDOWS = "PostgreSQL/*/bin"
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_DATA = re.compile(r"^\d+; \d+ \d+ TABLE DATA public (\S+) ", re.MULTILINE)
_LOOK_SECONDS = 0.2
_LAST_LINES = 5
_MEANINGS: tuple[tuple[tuple[str, ...], Trouble], ...] = (
    (("permission denied", "row-level security"), Trouble.SERVER_RIGHT_MISSING),
    (("No space left", "not enough space"), Trouble.DISK_FULL),
    (("password", "pg_hba.conf"), Trouble.SERVER_LOGIN),
    (("certificate", "SSL"), Trouble.SERVER_CERTIFICATE),
    (("connection to server", "server closed", "terminating connection"), Trouble.SERVER_AWAY),
)


def conninfo(address: ServerAddress) -> str:
    """Return where to connect as PostgreSQL's programs take it; it names no password."""
    url = address.url.replace(SCHEMES[0], SCHEMES[1], 1)
    if address.is_local:
        return url
    url += f"{'&' if '?' in url else '?'}sslmode={VERIFIED}"
    return url if "sslrootcert=" in url else f"{url}&sslrootcert=system"


def least_major(address: ServerAddress) -> int:
    """Return the first version of PostgreSQL's programs that can check a server's name as we ask for it."""
    # An older one looks for a file that is called so.
    return 16 if conninfo(address).endswith("sslrootcert=system") else 0


def command(address: ServerAddress, target: Path, program: str = "pg_dump") -> list[str]:
    """Return what is run, and shown, for a backup into a file."""
    # Who may write which rows is said row by row; without the switch only the tables' owner may dump those.
    wishes = ["--format=custom", "--enable-row-security", "--verbose", f"--file={target}"]
    return [program, *wishes, f"--dbname={conninfo(address)}"]


def restoring_command(address: ServerAddress, file: Path) -> list[str]:
    """Return what brings a backup back into the same database: all of it, or nothing."""
    return [
        *("pg_restore", "--clean", "--if-exists", "--single-transaction"),
        *(f"--dbname={conninfo(address)}", str(file)),
    ]


def as_typed(words: Sequence[str]) -> str:
    """Return a command as it is typed at a terminal of this system."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def find_program(server_major: int) -> Path:
    """Return a pg_dump that is new enough: of the path, by pg_config, or where installers put it.

    Raises OutsideTrouble PG_DUMP_MISSING, PG_DUMP_OLD.
    """
    newest = 0
    for program in _candidates():
        major = _major(program)
        if major >= server_major:
            return program
        newest = max(newest, major)
    if newest:
        raise OutsideTrouble(Trouble.PG_DUMP_OLD, found=newest, wanted=server_major)
    raise OutsideTrouble(Trouble.PG_DUMP_MISSING, wanted=server_major)


def _candidates() -> Iterator[Path]:
    found = shutil.which("pg_dump")
    if found:
        yield Path(found)
    config = shutil.which("pg_config")
    folders: list[Path] = []
    if config:
        folders.append(Path(_answer([config, "--bindir"]).strip()))
    if os.name == "nt":
        folders += sorted(Path(os.environ.get("PROGRAMFILES", "C:\\")).glob(_WINDOWS), reverse=True)
    for place in _PLACES:
        folders += sorted(Path("/").glob(place[1:]), reverse=True)
    for folder in folders:
        program = shutil.which("pg_dump", path=str(folder))
        if program:
            yield Path(program)


def _major(program: Path) -> int:
    found = _VERSION.search(_answer([str(program), "--version"]))
    return int(found[1]) if found else 0


def _answer(words: Sequence[str]) -> str:
    try:
        done = subprocess.run(  # nosec B603 # noqa: S603 (found programs, no shell)
            words,
            capture_output=True,
            check=False,
            timeout=30,
            env=_surroundings({}),
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace")


def run(words: Sequence[str], address: ServerAddress, password: str | None, said: Said, idle: Idle) -> None:
    """Run a program of PostgreSQL's to its end. The password goes by a private file that is gone afterwards.

    Raises OutsideTrouble for what it could not do, and what `said` and `idle` raise.
    """
    lines: list[str] = []
    with _password_file(password) as named:
        process = subprocess.Popen(  # nosec B603 # noqa: S603 (a found program, no shell)
            words,
            env=_surroundings(named),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            # Away from the terminal: it would ask there for a password, and hear its Ctrl+C before us.
            start_new_session=True,
        )
        try:
            for line in _lines(process, idle):
                lines = [*lines[1 - _LAST_LINES :], line]
                said(line)
            code = process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
            if process.stderr is not None:
                process.stderr.close()
    if code:
        raise _refused(lines, address)


def _lines(process: subprocess.Popen[bytes], idle: Idle) -> Iterator[str]:
    """Yield what a program says as it says it, and look up in between."""
    heard: queue.Queue[bytes | None] = queue.Queue()

    def listen() -> None:
        with suppress(ValueError):  # Closed under its hands: nobody wants to hear more.
            for one in process.stderr or ():
                heard.put(one)
        heard.put(None)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        idle()
        try:
            line = heard.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            continue
        if line is None:
            return
        yield line.decode(errors="replace").rstrip()


def contents(program: Path, file: Path) -> frozenset[str]:
    """Return the tables whose rows are in a backup, as pg_restore lists them, none where it is none."""
    restore = program.with_name(program.name.replace("pg_dump", "pg_restore"))
    return frozenset(_DATA.findall(_answer([str(restore), "--list", str(file)])))


def _refused(lines: Sequence[str], address: ServerAddress) -> OutsideTrouble:
    said = " ".join(line.partition("error: ")[2] for line in lines if "error: " in line)
    for words, meaning in _MEANINGS:
        if any(word in said for word in words):
            return OutsideTrouble(meaning, server=address.shown, file=address.shown)
    return OutsideTrouble(Trouble.PG_DUMP_FAILED, detail=said or " ".join(lines[-1:]))


def _surroundings(named: Mapping[str, str]) -> dict[str, str]:
    """Return the environment: English, whose words are known, and nothing of libpq's but what is ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C", "LANGUAGE": "C", **named}


@contextmanager
def _password_file(password: str | None) -> Iterator[dict[str, str]]:
    """Write a password where only libpq looks for it, in a folder of its own, while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="laverma-desk-"))
    file = folder / "pgpass"
    try:
        # An empty one, too: the user's own passwords are none of ours.
        file.touch(mode=0o600)
        if password is not None:
            escaped = password.replace("\\", "\\\\").replace(":", "\\:")
            file.write_text(f"*:*:*:*:{escaped}\n", encoding="utf-8")
        yield {"PGPASSFILE": str(file), "PGCONNECT_TIMEOUT": "5"}
    finally:
        shutil.rmtree(folder, ignore_errors=True)

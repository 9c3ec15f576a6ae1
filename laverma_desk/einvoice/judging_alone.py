"""The process that does nothing but hold invoices against the official rules, for as long as it is asked.

It knows neither a desk nor a file: XML comes in, findings go out, and when whoever asks is gone, so is it.
"""

from __future__ import annotations

import faulthandler
import os
from contextlib import closing
from typing import BinaryIO

from laverma_desk.einvoice import judging_line as line

_NICER = 5
_LONGEST_SECONDS = 600
"""No judgement takes that long: nobody may be left who would end this process."""


def serve() -> int:
    """Answer questions from standard input on standard output until it ends; return the exit code.

    What is no question, or cannot be judged, ends the process: whoever asks then judges by itself.
    """
    if hasattr(os, "nice"):
        os.nice(_NICER)  # The window and the call go first.
    questions, answers, nowhere = _own_ends()
    with closing(questions), closing(answers):
        while True:
            try:
                message = line.hear(questions)
            except line.LineBroken:
                return 0
            faulthandler.dump_traceback_later(_LONGEST_SECONDS, exit=True, file=nowhere)
            said = _judged(message)
            faulthandler.cancel_dump_traceback_later()
            try:
                line.say(answers, said)
            except OSError:
                return 0


def _judged(message: bytes) -> bytes:
    from laverma_desk.einvoice import checking  # noqa: PLC0415 (the first question pays, not the start)

    if message == line.WARM_UP:
        checking.warm_up()
        return line.answer(message, ())
    return line.answer(message, checking.check_xml(*line.asked(message)))


def _own_ends() -> tuple[BinaryIO, BinaryIO, int]:
    """Return the line's two ends, out of reach of what a library prints, and a handle that leads nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    ends = os.dup(0), os.dup(1)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return os.fdopen(ends[0], "rb"), os.fdopen(ends[1], "wb"), nowhere

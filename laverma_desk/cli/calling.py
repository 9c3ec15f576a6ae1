"""The command `call`: says to the open window who is on the phone."""

from __future__ import annotations

from laverma_desk.domain.telephone import CallerId, read_caller
from laverma_desk.handing_over import call_message, hand_over
from laverma_desk.paths import DataDir, default_data_dir


def tell_window(said: str, data: DataDir | None, *, demo: bool = False) -> CallerId | None:
    """Say to a desk's window who calls; return the caller where no window is open. Raises PHONE_INVALID.

    Sample data are a desk of their own, and a new one each time: no window has it open.
    """
    caller = read_caller(said)
    if not demo and hand_over(data or default_data_dir(), call_message(caller)):
        return None
    return caller

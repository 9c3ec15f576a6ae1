"""What the window asks first, loaded as one beside its event loop: nothing of Qt is behind it.

Qt's classes are made one by one when they are first named, and two threads at that can end the process.
"""
# ruff: noqa: F401 (loaded, and used by others)

from __future__ import annotations

from laverma_desk import explain, text
from laverma_desk.services import remote_tools
from laverma_desk.services.backups import news
from laverma_desk.services.calls import (
    attempt_log,
    call_sheet,
    not_possible,
    recurring,
    start_time,
    vigilance,
)
from laverma_desk.services.customers import callers, search
from laverma_desk.services.mails import counting, delivery

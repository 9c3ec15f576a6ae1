"""Sessions that are over: recorded afterwards, or corrected with a reason that stays in their log."""

from laverma_desk.services.corrections.advice import Advice, Times, advise
from laverma_desk.services.corrections.attempts import record_attempt
from laverma_desk.services.corrections.change_lines import RECORDED
from laverma_desk.services.corrections.correcting import (
    Correctable,
    change_billing,
    check_changeable,
    correct_session,
    read_correctable,
)
from laverma_desk.services.corrections.entry import LONGEST, SessionEntry, entry_of, typed_moment
from laverma_desk.services.corrections.late_reason import LateReason, give_reason, is_reason_owed
from laverma_desk.services.corrections.overlapping import overlaps
from laverma_desk.services.corrections.recording import record_session

__all__ = [
    "LONGEST",
    "RECORDED",
    "Advice",
    "Correctable",
    "LateReason",
    "SessionEntry",
    "Times",
    "advise",
    "change_billing",
    "check_changeable",
    "correct_session",
    "entry_of",
    "give_reason",
    "is_reason_owed",
    "overlaps",
    "read_correctable",
    "record_attempt",
    "record_session",
    "typed_moment",
]

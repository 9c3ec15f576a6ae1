"""What a failure means and what to do about it: one sentence for each code, for window and shell alike."""

from laverma_desk.explain.errors import explain
from laverma_desk.explain.mails import failure_remedy, failure_sentence

__all__ = ["explain", "failure_remedy", "failure_sentence"]

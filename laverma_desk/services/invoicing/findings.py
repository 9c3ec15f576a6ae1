"""What a check of all that was issued can find."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What a check can find. GAP, BEHIND and REPLACED are to be explained, everything else is damage.

    REPLACED: the document was issued, but an older copy of the desk was brought back since. BEHIND: its range
    has not counted as far; no number is given twice all the same.
    """

    ROW = "row"
    CHAIN = "chain"
    RECORD = "record"
    PDF = "pdf"
    XML = "xml"
    DOCUMENT_MISSING = "document_missing"
    FIGURES = "figures"
    LINES = "lines"
    XML_RULES = "xml_rules"
    XML_FIGURES = "xml_figures"
    PDF_FIGURES = "pdf_figures"
    SESSION_STRAY = "session_stray"
    SESSION_UNLOCKED = "session_unlocked"
    REPLACED = "replaced"
    BEHIND = "behind"
    GAP = "gap"


@dataclass(frozen=True)
class Finding:
    """One finding at a document's number.

    `detail` is a session's number, a rule's words, the columns (FIGURES) or positions (LINES) that differ;
    of REPLACED the day on which the copy was brought back, 2022-03-01; of BEHIND the count of the range.
    """

    kind: FindingKind
    number: str
    detail: str = ""

    @property
    def damage(self) -> bool:
        """Return whether something is broken, not only to be explained."""
        return self.kind not in (FindingKind.GAP, FindingKind.BEHIND, FindingKind.REPLACED)

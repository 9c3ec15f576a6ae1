"""The name of an attachment: safe on every system, readable in every inbox, never a path."""

from __future__ import annotations

import re
import unicodedata

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.evidence import Evidence
from laverma_desk.domain.report import Report
from laverma_desk.file_names import is_device
from laverma_desk.i18n import gettext_in

_LONGEST_NAME = 80
_LONGEST_ENDING = 8


def attachment_name(report: Report) -> str:
    """Return the report's file name: Bericht_2022-03-01_ZAP-Dr-Bohrer.pdf.

    Of the customer's name letters and digits of any script stay, each run of anything else becomes one
    hyphen: no separator, dot or character that Windows refuses can be left, and the word in front
    keeps it from being a reserved name (CON). A name of emoji alone leaves no trace but the date.
    """
    word = gettext_in(report.language, "Report")
    parts = [word, local_day(report.begin).isoformat(), _safe(report.customer_name)]
    return "_".join(part for part in parts if part) + ".pdf"


def evidence_name(evidence: Evidence) -> str:
    """Return the file name of an extract: Nachweis_2022-01-01_2022-12-31_ZAP-Dr-Bohrer.pdf."""
    word = gettext_in(evidence.language, "Record")
    parts = [word, evidence.first.isoformat(), evidence.last.isoformat(), _safe(evidence.customer_name)]
    return "_".join(part for part in parts if part) + ".pdf"


def safe_word(name: str) -> str:
    """Return a name as part of a file's name: letters and digits of any script, hyphens for all else."""
    return _safe(name)


def safe_file_name(name: str) -> str:
    """Return the name of a file that came from somewhere, made safe, with its ending."""
    stem, dot, ending = name.rpartition(".")
    ending = _safe(ending)[:_LONGEST_ENDING].strip("-")
    if not dot or not ending:
        # A dot at the end is no part of a name on Windows, and one alone is a folder.
        return _no_device(_safe(name))
    return _no_device(f"{_safe(stem)}.{ending}")


def _no_device(name: str) -> str:
    return f"_{name}" if is_device(name) else name


def _safe(name: str) -> str:
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(one if _stays(one) else "-" for one in composed)
    return re.sub(r"-{2,}", "-", kept)[:_LONGEST_NAME].strip("-")


def _stays(character: str) -> bool:
    """Return whether a character is part of a word: letter, digit, or the mark on one."""
    return unicodedata.category(character)[0] in "LN" or unicodedata.category(character) in {"Mn", "Mc"}

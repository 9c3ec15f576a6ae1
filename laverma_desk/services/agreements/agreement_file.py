"""The signed agreement as a file: read once, checked to be what the desk can keep for years."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

LARGEST_BYTES = 20 * 1024 * 1024
_PDF = b"%PDF"


class FileProblem(StrEnum):
    """Why a file cannot be kept as an agreement."""

    UNREADABLE = "unreadable"
    NOT_PDF = "not_pdf"
    TOO_LARGE = "too_large"


@dataclass(frozen=True)
class AgreementFile:
    """A PDF with its name; where it lay on the disk is nobody's business."""

    name: str
    content: bytes


def read_agreement_file(path: Path) -> AgreementFile | FileProblem:
    """Return a PDF of at most 20 MB, or why the file is none."""
    try:
        with path.open("rb") as reader:
            content = reader.read(LARGEST_BYTES + 1)
    except OSError:
        return FileProblem.UNREADABLE
    if not content.startswith(_PDF):
        return FileProblem.NOT_PDF
    if len(content) > LARGEST_BYTES:
        return FileProblem.TOO_LARGE
    return AgreementFile(path.name, content)

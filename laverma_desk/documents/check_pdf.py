"""The result of a check of the books on paper: what was looked at, and each finding with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from laverma_desk.documents.conformance import Metadata
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.letter import Letter
from laverma_desk.documents.paper import LEFT, WIDTH
from laverma_desk.documents.titled_paper import drawn, opened, whole_pages
from laverma_desk.documents.typesetting import MUTED, Style, one_line, prepared
from laverma_desk.domain.company import Company

_VERDICT = Style(16, 24, Face.SEMI_BOLD)
_TEXT = Style(13, 19)
_REMEDY = Style(13, 19, colour=MUTED)
_BETWEEN, _ABOVE = 12.0, 24.0


@dataclass(frozen=True)
class CheckPaper:
    """What the paper says, in one language; a finding is its sentence and what to do, which may be empty."""

    company: Company
    language: str
    made_at: datetime
    title: str
    checked: str
    verdict: str
    findings: Sequence[tuple[str, str]]
    more: str = ""


def render_check(paper: CheckPaper) -> bytes:
    """Return the paper as PDF/A-3B; the same words give the same bytes. Raises OSError without fonts."""
    title = one_line(paper.title)
    about = Metadata(
        title=title,
        subject=one_line(paper.checked),
        author=paper.company.name,
        language=paper.language,
        created_at=paper.made_at,
    )
    letter = Letter(paper.company, paper.language, title, title)
    flow = opened(letter, title, one_line(paper.checked))
    flow.skip(_ABOVE)
    flow.text(prepared(paper.verdict), _VERDICT, LEFT, WIDTH)
    for sentence, remedy in paper.findings:
        flow.skip(_BETWEEN)
        flow.keep(3 * _TEXT.line)
        flow.text(prepared(sentence), _TEXT, LEFT, WIDTH)
        if remedy:
            flow.text(prepared(remedy), _REMEDY, LEFT, WIDTH)
    if paper.more:
        flow.skip(_BETWEEN)
        flow.text(prepared(paper.more), _TEXT, LEFT, WIDTH)
    return drawn(about, whole_pages(letter, flow.pages))

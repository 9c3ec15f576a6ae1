"""Whether the paper has to be made anew: what of a session stands in it."""

from __future__ import annotations

from dataclasses import replace

from laverma_desk.domain.support_session import SupportSession


def printed(session: SupportSession) -> object:
    """Return what of a session stands in its report and may still change after the end."""
    return replace(session, internal_note="", recipient="", report_open=False, invoice_number=None)

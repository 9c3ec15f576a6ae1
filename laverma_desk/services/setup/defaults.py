"""What a new desk begins with, in German as the house and its customers read it; all of it editable."""

from __future__ import annotations

from laverma_desk.domain.company import ReportTemplate
from laverma_desk.i18n import gettext_in

_HOUSE = "de"


def snippets() -> list[tuple[str, str]]:
    """Return the first phrases as pairs of label and text."""
    phrases = (
        gettext_in(_HOUSE, "Update installed"),
        gettext_in(_HOUSE, "PC restarted"),
        gettext_in(_HOUSE, "Card terminal checked"),
        gettext_in(_HOUSE, "Printer set up"),
        gettext_in(_HOUSE, "Practice software updated"),
        gettext_in(_HOUSE, "Network path corrected"),
        gettext_in(_HOUSE, "New functions explained"),
        gettext_in(_HOUSE, "Backup checked"),
    )
    return [(phrase, phrase) for phrase in phrases]


def free_reasons() -> list[tuple[str, bool]]:
    """Return the first reasons for free sessions, and whether each shows on the invoice with 0,00."""
    return [
        (gettext_in(_HOUSE, "Guarantee"), True),
        (gettext_in(_HOUSE, "Goodwill"), True),
        (gettext_in(_HOUSE, "Maintenance contract"), True),
        (gettext_in(_HOUSE, "Briefing"), True),
        (gettext_in(_HOUSE, "Our own mistake"), False),
    ]


def report_template() -> ReportTemplate:
    """Return the first wording around a report and the phone guide."""
    return ReportTemplate(
        subject=gettext_in(_HOUSE, "Remote support report of {date}, {workstation}"),
        body=gettext_in(
            _HOUSE,
            "{salutation},\n\nplease find attached the report on the remote support of {date}\n"
            "at the workstation “{workstation}”.\n\n{notes}\n\nKind regards\n{supporter}",
        ),
        guide=(
            gettext_in(_HOUSE, "“Please close any patient records that are open.”"),
            gettext_in(_HOUSE, "“Please open our remote support page and click the picture there.”"),
            gettext_in(_HOUSE, "“If the browser asks, choose ‘Save’ or ‘Run’.”"),
            gettext_in(_HOUSE, "“Start TeamViewerQS.exe from your downloads folder.”"),
            gettext_in(_HOUSE, "“Please read your ID and the password to me.”"),
            gettext_in(_HOUSE, "At the end: “Please close the program, then nobody can connect any more.”"),
        ),
        guide_subject=gettext_in(_HOUSE, "How to start remote support"),
        guide_body=gettext_in(
            _HOUSE,
            "Hello,\n\nthis is how you start the remote support:\n\n{link}\n\n{guide}\n\n"
            "Call us if anything is unclear: {phone}\n\nKind regards\n{supporter}\n{company}",
        ),
        download_link="",
    )

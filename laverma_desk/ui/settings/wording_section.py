"""The wording of the house: templates are checked as they are left, and shown filled in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.company import ReportTemplate
from laverma_desk.domain.customer import Contact, Salutation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.wording import GUIDE_PLACEHOLDERS, REPORT_PLACEHOLDERS, check_template, fill
from laverma_desk.services import checks
from laverma_desk.services.calls.session_access import session_number
from laverma_desk.services.changes import Done
from laverma_desk.services.mails.reporting import DOCUMENT_LANGUAGE, salutation
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house import House
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.settings.wording_form import WordingForm
from laverma_desk.ui.surroundings import Surroundings

_LONGEST = 10_000
_EXAMPLE_SECONDS = 742
_EXAMPLE_NOTES = "Synadoc aktualisiert\nNeustart des PC\nErläuterung der Neuerungen"
_EXAMPLE_PERSON = Contact(0, "Sabine Lorenz", "Rezeption", Salutation.MS)


class WordingSection(Section):
    """Subject and text of the report's mail, the phone guide and its mail."""

    tidies = False  # the caret and the blank before it are where the next placeholder will stand

    def __init__(self, form: WordingForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("wording", form, surroundings, parent)
        self._wording_form = form
        self._words: dict[str, str] = {}

    def stored(self, house_: House) -> dict[str, Any]:
        """Return the templates, and prepare the example."""
        self._words = self._example(house_)
        template = house_.template
        return {
            "subject": template.subject,
            "body": template.body,
            "guide": "\n".join(template.guide),
            "download_link": template.download_link,
            "guide_subject": template.guide_subject,
            "guide_body": template.guide_body,
        }

    def checked(self, name: str, typed: Any) -> Any:
        """Refuse placeholders that nobody fills in; subjects and texts must not be empty."""
        known = REPORT_PLACEHOLDERS if name in ("subject", "body") else GUIDE_PLACEHOLDERS
        if name == "download_link":
            return checks.one_line(typed, name)
        if name.endswith("subject"):
            return check_template(checks.required(typed, name), known, name)
        words = checks.several_lines(typed, name, _LONGEST)
        if not words:
            raise RuleBroken(Rule.TEXT_MISSING, field=name)
        return check_template(words, known, name)

    def together(self, values: dict[str, Any]) -> Any:
        """Return the template; empty lines are no steps."""
        steps = tuple(step.strip() for step in values.pop("guide").split("\n") if step.strip())
        return ReportTemplate(guide=steps, **values)

    def write(self, prepared: ReportTemplate) -> Done[Any]:
        """Keep the wording."""
        return house.save_template(self.surroundings.desk, prepared)

    def follow(self) -> None:
        """Show the mail of a report as it would read."""
        subject = " ".join(fill(self.form.text("subject"), self._words).split())
        self._wording_form.preview.show_mail(subject, fill(self.form.text("body"), self._words))

    def _example(self, house_: House) -> dict[str, str]:
        now = self.surroundings.desk.clock.now()
        return {
            "salutation": salutation(_EXAMPLE_PERSON.name, _EXAMPLE_PERSON, DOCUMENT_LANGUAGE),
            "date": text.date(local_day(now), DOCUMENT_LANGUAGE),
            "time": text.clock_time(now, DOCUMENT_LANGUAGE),
            "duration": text.duration(_EXAMPLE_SECONDS),
            "customer": "ZAP Dr. Bohrer",
            "workstation": "PC Rezeption",
            "notes": _EXAMPLE_NOTES,
            "supporter": house_.supporter_name,
            "company": house_.company.name,
            "number": session_number(local_day(now).year, 214),
        }


def wording_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for the house's wording."""
    return WordingSection(WordingForm(), surroundings, parent)

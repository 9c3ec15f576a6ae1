"""The house's own templates: which placeholders they know, and how those are filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from laverma_desk.domain.errors import Rule, RuleBroken

REPORT_PLACEHOLDERS = frozenset(
    {
        "salutation",
        "date",
        "time",
        "duration",
        "customer",
        "workstation",
        "notes",
        "supporter",
        "company",
        "number",
    }
)
GUIDE_PLACEHOLDERS = frozenset({"link", "guide", "supporter", "company", "phone"})
AGREEMENT_PLACEHOLDERS = frozenset({"salutation", "customer", "supporter", "company", "phone"})

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


def check_template(template: str, known: frozenset[str], field: str) -> str:
    """Return the template if every {placeholder} in it is known.

    Raises RuleBroken PLACEHOLDER_UNKNOWN at the field, with the first unknown name.
    """
    for name in _PLACEHOLDER.findall(template):
        if name not in known:
            choices = ", ".join(f"{{{one}}}" for one in sorted(known))
            raise RuleBroken(Rule.PLACEHOLDER_UNKNOWN, field=field, name=name, known=choices)
    return template


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the template with its placeholders replaced; unknown ones stay as they are.

    What is filled in is never read for placeholders again.
    """
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)

"""What a check finds wrong with an XML file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A broken rule: its code (XML, XSD, or that of the rule), its sentence, and where in the file."""

    rule: str
    text: str
    where: str = ""

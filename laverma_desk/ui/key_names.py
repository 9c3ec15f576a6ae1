"""How a key is called beside its button: Strg+Enter on a German keyboard, Ctrl+Enter elsewhere."""

from __future__ import annotations

from laverma_desk.i18n import _


def key_name(sequence: str) -> str:
    """Return a key sequence ("Ctrl+Shift+E") as the interface language prints it."""
    names = {"Ctrl": _("Ctrl"), "Shift": _("Shift"), "Return": _("Enter")}
    return "+".join(names.get(part, part) for part in sequence.split("+"))

"""What the desk knows of a remote tool: where its program lies, and how it is told a partner ID."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

ID = "{id}"
"""Stands for the partner ID in arguments, addresses and commands."""


@dataclass(frozen=True)
class ToolProgram:
    """A tool. `names` are looked for along PATH; in `windows` a folder may be a variable: %ProgramFiles%.

    `arguments` and `address` (of the scheme that the tool's installer registers) hold `ID` once.
    """

    names: tuple[str, ...]
    windows: tuple[str, ...]
    linux: tuple[str, ...]
    arguments: tuple[str, ...]
    address: str

    @property
    def scheme(self) -> str:
        """Return the scheme of its addresses."""
        return self.address.partition(":")[0]

    def filled_arguments(self, partner_id: str) -> list[str]:
        """Return what the program is started with."""
        return [one.replace(ID, partner_id) for one in self.arguments]

    def filled_address(self, partner_id: str) -> str:
        """Return the address that the system hands to the tool."""
        return self.address.replace(ID, quote(partner_id, safe="@"))

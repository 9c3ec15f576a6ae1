"""Compile the message catalogues while the wheel is built, so that no binary lies in the repository."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Turn each translations/<language>/LC_MESSAGES/*.po into a .mo inside the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue and tell hatchling where it goes; a checkout compiles for itself."""
        if version == "editable":
            return
        root = Path(self.root)
        for source in sorted(root.glob("translations/*/LC_MESSAGES/*.po")):
            language = source.parent.parent.name
            target = Path(self.directory) / "translations" / language / source.with_suffix(".mo").name
            target.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as reader, target.open("wb") as writer:
                write_mo(writer, read_po(reader, locale=language))
            inside = f"laverma_desk/translations/{language}/LC_MESSAGES/{target.name}"
            build_data["force_include"][str(target)] = inside

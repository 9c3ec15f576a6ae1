"""What belongs to this machine alone: theme, language, text size, the window's place. Never a password."""

from __future__ import annotations

import configparser
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from laverma_desk.i18n import LANGUAGES
from laverma_desk.paths import machine_settings_file

Theme = Literal["system", "light", "dark"]
THEMES: tuple[Theme, ...] = ("system", "light", "dark")
TEXT_SIZES = (100, 125, 150, 200)
_SECTION = "window"


@dataclass(frozen=True)
class MachineSettings:
    """How the program looks here. `language` None follows the system; `text_size` is in percent."""

    theme: Theme = "system"
    language: str | None = None
    text_size: int = 100
    geometry: str = ""


def load(file: Path | None = None) -> MachineSettings:
    """Return this machine's settings; what is missing, broken or unknown is as in the beginning."""
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read(file or machine_settings_file(), encoding="utf-8")
    except (OSError, configparser.Error, UnicodeError):
        return MachineSettings()
    if not parser.has_section(_SECTION):
        return MachineSettings()
    values = parser[_SECTION]
    theme = values.get("theme", "system")
    language = values.get("language", "")
    size = values.get("text_size", "100")
    return MachineSettings(
        theme=theme if theme in THEMES else "system",
        language=language if language in LANGUAGES else None,
        text_size=int(size) if size in map(str, TEXT_SIZES) else 100,
        geometry=values.get("geometry", ""),
    )


def save(settings: MachineSettings, file: Path | None = None) -> None:
    """Keep the settings; the old file stands until the new one is whole, and a full disk changes nothing."""
    target = file or machine_settings_file()
    parser = configparser.ConfigParser(interpolation=None)
    parser[_SECTION] = {
        "theme": settings.theme,
        "language": settings.language or "",
        "text_size": str(settings.text_size),
        "geometry": settings.geometry,
    }
    with suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f"{target.name}.new")
        with fresh.open("w", encoding="utf-8") as writer:
            parser.write(writer)
            writer.flush()
            os.fsync(writer.fileno())
        fresh.replace(target)

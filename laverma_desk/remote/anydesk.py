"""AnyDesk: `anydesk ID`, where the ID may be an alias."""

from __future__ import annotations

from laverma_desk.remote.tool_program import ID, ToolProgram

ANYDESK = ToolProgram(
    names=("anydesk", "com.anydesk.Anydesk"),
    windows=(
        r"%ProgramFiles(x86)%\AnyDesk\AnyDesk.exe",
        r"%ProgramFiles%\AnyDesk\AnyDesk.exe",
        r"%LOCALAPPDATA%\AnyDesk\AnyDesk.exe",
    ),
    linux=(
        "/usr/bin/anydesk",
        "/var/lib/flatpak/exports/bin/com.anydesk.Anydesk",
        "~/.local/share/flatpak/exports/bin/com.anydesk.Anydesk",
    ),
    arguments=(ID,),
    address=f"anydesk:{ID}",
)

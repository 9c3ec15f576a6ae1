"""RustDesk: `rustdesk --connect ID`."""

from __future__ import annotations

from laverma_desk.remote.tool_program import ID, ToolProgram

RUSTDESK = ToolProgram(
    names=("rustdesk", "com.rustdesk.RustDesk"),
    windows=(
        r"%ProgramFiles%\RustDesk\rustdesk.exe",
        r"%ProgramFiles(x86)%\RustDesk\rustdesk.exe",
        r"%LOCALAPPDATA%\rustdesk\rustdesk.exe",
    ),
    linux=(
        "/usr/bin/rustdesk",
        "/usr/share/rustdesk/rustdesk",
        "/var/lib/flatpak/exports/bin/com.rustdesk.RustDesk",
        "~/.local/share/flatpak/exports/bin/com.rustdesk.RustDesk",
    ),
    arguments=("--connect", ID),
    address=f"rustdesk://connection/new/{ID}",
)

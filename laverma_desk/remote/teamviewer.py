"""TeamViewer: `teamviewer -i ID`. Its option for a password is never used: all programs could read it."""

from __future__ import annotations

from laverma_desk.remote.tool_program import ID, ToolProgram

TEAMVIEWER = ToolProgram(
    names=("teamviewer",),
    windows=(
        r"%ProgramFiles%\TeamViewer\TeamViewer.exe",
        r"%ProgramFiles(x86)%\TeamViewer\TeamViewer.exe",
        r"%LOCALAPPDATA%\TeamViewer\TeamViewer.exe",
    ),
    linux=("/usr/bin/teamviewer", "/opt/teamviewer/tv_bin/script/teamviewer", "~/teamviewer/teamviewer"),
    arguments=("-i", ID),
    address=f"teamviewer10://control?device={ID}",
)

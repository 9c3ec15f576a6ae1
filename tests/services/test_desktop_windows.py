"""What Windows is told, as far as it can be looked at anywhere: the registry's texts, PowerShell's call."""

from __future__ import annotations

from pathlib import Path

from laverma_desk.services.desktop import windows
from laverma_desk.services.desktop.registry import RegistryValue

COMMAND = [r"C:\Program Files\Laverma Desk\pythonw.exe", "-m", "laverma_desk"]
CALL = r'"C:\Program Files\Laverma Desk\pythonw.exe" -m laverma_desk "%1"'


def test_our_own_links_are_taken_by_this_program():
    values = windows.registry_values(COMMAND, tel=False)
    key = r"Software\Classes\laverma-desk"
    assert RegistryValue(key, "URL Protocol", "") in values
    assert RegistryValue(rf"{key}\shell\open\command", "", CALL) in values
    assert not [one for one in values if "tel" in one.key or "tel" in one.name]


def test_phone_numbers_are_a_capability_that_the_user_may_choose():
    values = windows.registry_values(COMMAND, tel=True)
    pointer = RegistryValue(
        r"Software\RegisteredApplications", "Laverma Desk", r"Software\Laverma Desk\Capabilities"
    )
    assert pointer in values
    (able,) = [one for one in values if one.key == rf"{pointer.text}\UrlAssociations"]
    assert able.name == "tel"
    assert RegistryValue(rf"Software\Classes\{able.text}\shell\open\command", "", CALL) in values
    assert {one.key.split("\\")[0] for one in values} == {"Software"}


def test_no_path_is_read_as_part_of_a_script(monkeypatch, tmp_path):
    monkeypatch.setenv("APPDATA", str(tmp_path))
    hostile = r"C:\x';Remove-Item C:\ -Recurse;'\pythonw.exe"
    arguments, values = windows.shortcut_call([hostile, "-m", "laverma_desk"])
    assert not [one for one in arguments if "Remove-Item" in one]
    assert values["LAVERMA_TARGET"] == hostile
    assert values["LAVERMA_ARGUMENTS"] == "-m laverma_desk"
    assert Path(values["LAVERMA_LINK"]).is_relative_to(tmp_path)
    assert Path(values["LAVERMA_LINK"]).name == "Laverma Desk.lnk"
    assert Path(values["LAVERMA_ICON"]).read_bytes().startswith(b"\x00\x00\x01\x00")
    for name in values:
        assert f"$env:{name}" in arguments[-1]


def test_what_is_made_is_taken_away_from_the_leaves_on_and_nothing_else():
    keys = windows.own_keys()
    made = {one.key for one in windows.registry_values(COMMAND, tel=True)}
    assert made - set(keys) == {r"Software\RegisteredApplications"}  # It belongs to all programs.
    for place, key in enumerate(keys):
        assert not [one for one in keys[place:] if one.startswith(f"{key}\\")], key
        assert "laverma" in key.lower()
    for key in made - {r"Software\RegisteredApplications"}:
        parts = key.split("\\")
        ours = next(place for place, part in enumerate(parts) if "laverma" in part.lower())
        assert {"\\".join(parts[: place + 1]) for place in range(ours, len(parts))} <= set(keys)

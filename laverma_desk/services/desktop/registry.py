"""Texts in the registry of Windows, below the branch of its user. Elsewhere there is none to ask."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class RegistryValue:
    """A text below HKEY_CURRENT_USER; an empty name is the key's own value."""

    key: str
    name: str
    text: str


def read(one: RegistryValue) -> str:
    """Return the text that stands there, an empty one for none."""
    registry = _winreg()
    with suppress(FileNotFoundError), registry.OpenKey(registry.HKEY_CURRENT_USER, one.key) as key:
        return str(registry.QueryValueEx(key, one.name)[0])
    return ""


def write(one: RegistryValue) -> None:
    """Write a text; its key is made where there is none. Raises OSError."""
    registry = _winreg()
    with registry.CreateKey(registry.HKEY_CURRENT_USER, one.key) as key:
        registry.SetValueEx(key, one.name, 0, registry.REG_SZ, one.text)


def delete_value(one: RegistryValue) -> None:
    """Take a text away; none is no error. Raises OSError."""
    registry = _winreg()
    access = registry.KEY_SET_VALUE
    with suppress(FileNotFoundError):  # noqa: SIM117 (the key first, then the value: both may be gone)
        with registry.OpenKey(registry.HKEY_CURRENT_USER, one.key, 0, access) as key:
            registry.DeleteValue(key, one.name)


def delete_key(name: str) -> None:
    """Take a key away that has no keys below it; none is no error. Raises OSError."""
    registry = _winreg()
    with suppress(FileNotFoundError):
        registry.DeleteKey(registry.HKEY_CURRENT_USER, name)


def _winreg() -> Any:
    return import_module("winreg")  # Only Windows has it.

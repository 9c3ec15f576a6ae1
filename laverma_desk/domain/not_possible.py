"""Why remote support that was asked for could not take place."""

from __future__ import annotations

from enum import StrEnum


class NotPossible(StrEnum):
    """The reason of an attempt. It counts no minute and costs nothing, whatever the tariff says."""

    DOES_NOT_BOOT = "does_not_boot"
    NO_INTERNET = "no_internet"
    DECLINED = "declined"
    """The customer did not want it, or not now."""
    OTHER = "other"
    """What it was stands in the notes."""

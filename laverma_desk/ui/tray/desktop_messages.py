"""The messages that the desktop shows in its own way: short words beside the work, no sound, no focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

_NAME, _PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_SIGNATURE = "susssasa{sv}i"
_PATIENCE = 1.0
"""Seconds that a bus has to answer: one that hangs must not keep the window waiting."""


class DesktopMessages:
    """Hands messages to a desktop that follows freedesktop.org's notification specification, section 9.

    By jeepney: from Python, Qt's own classes write every whole number as signed, and the service takes
    an unsigned one.
    """

    def __init__(self) -> None:
        """Find the session's bus; without one nothing is ever shown."""
        self._bus: DBusConnection | None = None
        try:
            # Linux alone has it; there the keyring brings it.
            from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415

            self._bus = open_dbus_connection("SESSION", auth_timeout=_PATIENCE)
            self._bus.sock.settimeout(_PATIENCE)
        except (ImportError, OSError, KeyError, ValueError):
            self._bus = None

    def show(self, title: str, sentence: str) -> bool:
        """Show a message; return whether there is a desktop to take it. Whether it is read nobody tells."""
        if self._bus is None:
            return False
        from jeepney import DBusAddress, HeaderFields, MessageFlag, message_bus, new_method_call  # noqa: PLC0415

        desktop = DBusAddress(_PATH, bus_name=_NAME, interface=_NAME)
        hints: dict[str, tuple[str, object]] = {
            "suppress-sound": ("b", True),
            "desktop-entry": ("s", "laverma-desk"),
        }
        told = (_storable(title), _escaped(sentence))
        replaces, actions, stays = 0, list[str](), -1
        body = ("Laverma Desk", replaces, "laverma-desk", *told, actions, hints, stays)
        message = new_method_call(desktop, "Notify", _SIGNATURE, body)
        message.header.flags |= MessageFlag.no_reply_expected
        try:
            owned = self._bus.send_and_get_reply(message_bus.NameHasOwner(_NAME), timeout=_PATIENCE)
            if HeaderFields.error_name in owned.header.fields or not owned.body[0]:
                return False
            self._bus.send(message)
        except OSError:
            # The bus went with the desktop: from now on the tray icon says it.
            self.close()
            return False
        return True

    def close(self) -> None:
        """Leave the bus."""
        if self._bus is not None:
            self._bus.close()
            self._bus = None


def _storable(words: str) -> str:
    return words.replace("\0", "").encode("utf-8", "replace").decode()


def _escaped(sentence: str) -> str:
    """Return words as the service wants them, which may read markup."""
    return _storable(sentence).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

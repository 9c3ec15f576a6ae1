"""The icon in the notification area, its menu, and the messages that the desktop shows."""

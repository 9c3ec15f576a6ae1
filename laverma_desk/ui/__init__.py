"""The window: the only rooms that know PySide6."""

"""Somebody calls: what happens in the window, and what must not happen during another call."""

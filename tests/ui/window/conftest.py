"""The desk fixtures, for tests of the window's frame."""

from tests.support.desks import bohrer, clock, desk

__all__ = ["bohrer", "clock", "desk"]

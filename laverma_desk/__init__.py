"""Laverma Desk: the technician's desk for remote-support calls."""

__version__ = "0.1.0"

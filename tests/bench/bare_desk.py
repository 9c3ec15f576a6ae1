"""A bare window that then loads the libraries on which an answer of the desk stands, and nothing of ours.

Run as a file, with the file of a desk: after the first paint SQLAlchemy asks it one thing, and one number is
written as on a card, by phonenumbers. No desk on these libraries is ready before this one.
"""
# ruff: noqa: PLC0415 (loaded after the first paint, as the program does)

from __future__ import annotations

import builtins
import os
import sys

import start_child
from PySide6.QtWidgets import QWidget

NUMBER = "+4930231250"


def _answer(window: QWidget) -> None:
    start_child.type_letter(window, "m")
    # Without PySide6's look into the source of each module, which the program takes out as well.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    from sqlalchemy import URL, create_engine, text

    with create_engine(URL.create("sqlite", database=_FILE)).connect() as connection:
        connection.execute(text("SELECT name FROM customer LIMIT 1")).scalar_one()
    import phonenumbers

    phonenumbers.format_number(phonenumbers.parse(NUMBER), phonenumbers.PhoneNumberFormat.NATIONAL)
    start_child._say("ready")
    os._exit(0)


if __name__ == "__main__":
    _FILE = sys.argv[1]
    start_child._painted = _answer
    sys.argv[1:] = ["bare", "painted"]
    start_child._run()

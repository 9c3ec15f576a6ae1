"""The page of the reconciliation on a desk with a log like the picture's, and what its tests look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.storage import customers
from tests.support.connection_logs import at, line, log
from tests.support.past_sessions import past_session

UNKNOWN = "1388420617"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Scene:
    """Sessions by their rows: with one connection, with two over a restart, with none."""

    talk: int
    restarted: int
    alone: int


def tell_scene(desk, bohrer) -> Scene:
    """Write three sessions of ZAP Dr. Bohrer."""
    with desk.database.write() as connection:
        reception = customers.find_workstation(connection, bohrer.reception)
        server = customers.find_workstation(connection, bohrer.server)
        named = {"partner_id": reception.partner_id}
        return Scene(
            talk=past_session(connection, reception, at("15:18", 24), 840, number="S-2022-9001", **named),
            alone=past_session(connection, server, at("14:12", 25), 902, number="S-2022-9002"),
            restarted=past_session(connection, reception, at("10:06"), 1878, number="S-2022-9003", **named),
        )


LINES = (
    line(at("10:31", 22), timedelta(seconds=546), UNKNOWN),
    line(at("15:18:20", 24), 13 * MINUTE),
    line(at("15:36", 24), timedelta(seconds=192)),
    line(at("10:06:30"), at("10:19")),
    line(at("10:22"), at("10:37")),
    line(at("16:48"), timedelta(seconds=824)),
)
"""Of these three belong to sessions, two of them to one; three belong to none."""


def write_log(folder, *lines: str, name: str = "Connections.txt"):
    """Write a file with some lines and return it."""
    file = folder / name
    file.write_bytes(log(*(lines or LINES)))
    return file


def settle(page, qtbot):
    """Wait until everything that runs in the background has come back."""
    background = page.surroundings.background
    qtbot.waitUntil(lambda: not background.busy)
    QApplication.processEvents()


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is; offscreen no window manager gives it back after a popup."""
    page.shell.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(page.shell.focusWidget() or page.shell, key, modifier)


def rows(page):
    """Return all rows."""
    model = page.panel.table.rows.model()
    return [model.held_at(place).row for place in range(model.rowCount())]


def titles(page):
    """Return what each row is called, groups with an asterisk."""
    return [f"* {row.title}" if row.title else row.place.words for row in rows(page)]


def choose(page, words, place=0):
    """Choose the row of a machine, or a group by its title."""
    found = [row for row in rows(page) if words in (row.title or row.place.words)]
    page.panel.table.choose(found[place].key.number)
    return found[place]


def popup(page):
    """Return the question that is open."""
    return page.deciding.asking.popup

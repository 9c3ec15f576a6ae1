"""Every test runs without a screen; those of the window find it dressed."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test reaches the keyring of whoever runs it; those of the keyring bring one of their own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

from laverma_desk import i18n
from laverma_desk.ui import theme

# No test reads the machine settings of whoever runs it, or starts a remote tool on that machine.
_MACHINE = Path(tempfile.mkdtemp(prefix="laverma-desk-tests-"))
atexit.register(shutil.rmtree, _MACHINE, ignore_errors=True)
os.environ["XDG_CONFIG_HOME"] = str(_MACHINE / "config")
os.environ["PATH"] = os.pathsep.join((str(_MACHINE), os.environ.get("PATH", "")))
for _name in ("teamviewer", "anydesk", "rustdesk"):
    (_MACHINE / _name).write_text("#!/bin/sh\n", encoding="utf-8")
    (_MACHINE / _name).chmod(0o755)

# What a busy machine takes for one example says nothing about the example.
settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")

PATIENCE_MILLISECONDS = 30_000


class PatientBot(QtBot):
    """Waits as long as a busy machine may need: what never comes fails all the same, only later."""

    def waitUntil(self, callback, *, timeout=PATIENCE_MILLISECONDS):
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=PATIENCE_MILLISECONDS, **wishes):
        return super().waitSignal(signal, timeout=timeout, **wishes)

    def waitSignals(self, signals, *, timeout=PATIENCE_MILLISECONDS, **wishes):
        return super().waitSignals(signals, timeout=timeout, **wishes)

    def waitActive(self, widget, *, timeout=PATIENCE_MILLISECONDS):
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget, *, timeout=PATIENCE_MILLISECONDS):
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture(autouse=True)
def interface_language():
    """German, in which every process begins; a test that speaks another language leaves none behind."""
    yield
    i18n.use("de")


@pytest.fixture
def qtbot(qapp, request):
    """pytest-qt's, with more patience than its five seconds."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def dressed(qapp):
    """The application with the shipped fonts and the light theme."""
    theme.apply(qapp, "light")
    return qapp

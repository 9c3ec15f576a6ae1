"""Every test runs without a screen; those of the window find it dressed."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test reaches the keyring of whoever runs it; those of the keyring bring one of their own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

from laverma_desk.ui import theme


@pytest.fixture(scope="session")
def dressed(qapp):
    """The application with the shipped fonts and the light theme."""
    theme.apply(qapp, "light")
    return qapp

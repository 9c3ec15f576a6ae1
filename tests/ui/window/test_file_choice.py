"""Where the question for a file begins."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.shell import Shell


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system knows the documents without HOME")
@pytest.mark.parametrize("folder", ["Documents", ""])
def test_a_copy_is_offered_to_the_documents_or_to_the_home(tmp_path, monkeypatch, qtbot, folder):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / folder).mkdir(exist_ok=True)
    shell = Shell()
    qtbot.addWidget(shell)
    choice = FileChoice(shell, shell)
    choice.ask_to_write("Kopie speichern", ["PDF (*.pdf)"], "Bericht.pdf")
    assert Path(choice.dialog.directory().path()) == tmp_path / folder
    choice.dialog.reject()

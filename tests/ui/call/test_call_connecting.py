"""One key leads to the caller's screen; what is in the way is said at the ID, with the way out beside it."""

from __future__ import annotations

import os
import threading
from dataclasses import replace

import pytest

from laverma_desk import settings
from laverma_desk.domain.customer import Tool
from laverma_desk.services.calls import timekeeping
from laverma_desk.storage import customer_records, customers
from laverma_desk.ui.call import connecting
from tests.support.desks import add_customer
from tests.support.programs import arguments_of, bare_machine, was_started, write_program  # noqa: F401

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs are scripts")


@pytest.fixture(autouse=True)
def machine(scene, tmp_path, bare_machine, monkeypatch):  # noqa: F811
    """A machine without remote tools, and without the wait for their first moment."""
    monkeypatch.setattr(connecting, "FIRST_MOMENT", 10)
    scene.call.connecting.machine_file = tmp_path / "machine.ini"
    yield tmp_path
    for thread in threading.enumerate():
        if thread.name == "remote-tool":
            thread.join(30)


def rested(scene, qtbot):
    """Wait until the button can be pressed again."""
    qtbot.waitUntil(lambda: not scene.timer.connection.connect_button.is_blocked())


def logged(scene):
    return [line.new for line in timekeeping.session_history(scene.desk, scene.call.session_id)]


def test_ctrl_t_starts_the_tool_with_the_partner_id(scene, machine, qtbot):
    program = write_program(machine / "bin", "teamviewer")
    scene.start()
    button = scene.timer.connection.connect_button
    assert (button.label(), button.toolTip()) == ("Verbinden", "Strg+T")
    scene.press("Ctrl+T")
    assert (button.label(), button.is_blocked()) == ("Startet …", True)
    scene.press("Ctrl+T")
    rested(scene, qtbot)
    assert arguments_of(program) == ["-i", "1234567890"]
    assert logged(scene) == ["teamviewer:1234567890"]
    assert (button.label(), button.toolTip()) == ("Verbinden", "Strg+T")
    assert scene.spoken[-1] == "TeamViewer wurde mit 1 234 567 890 gestartet."
    assert scene.notes.editor().hasFocus()


def test_what_is_half_typed_is_kept_and_meant(scene, machine, qtbot):
    program = write_program(machine / "bin", "teamviewer")
    scene.start()
    scene.press("Alt+P")
    scene.type("555 666 777")
    scene.press("Ctrl+T")
    rested(scene, qtbot)
    assert arguments_of(program) == ["-i", "555666777"]
    assert scene.stored().partner_id == "555666777"


def test_without_an_id_one_is_asked_for_and_enter_connects(scene, machine, qtbot):
    program = write_program(machine / "bin", "teamviewer")
    scene.start(scene.bohrer.server)
    row = scene.timer.connection
    row.connect_button.click()
    assert row.error() == "Die Partner-ID hat 9 oder 10 Ziffern."
    assert row.field().hasFocus()
    scene.type("987654321\n")
    rested(scene, qtbot)
    assert arguments_of(program) == ["-i", "987654321"]
    assert row.error() == ""


def test_a_call_that_begins_without_an_id_leaves_the_caret_in_the_notes(scene, machine, qtbot):
    program = write_program(machine / "bin", "teamviewer")
    scene.start(scene.bohrer.server)
    scene.call.connecting.connect_after_start()
    row = scene.timer.connection
    assert (row.error(), row.problem()) == ("", "")
    assert scene.notes.editor().hasFocus()
    scene.press("Alt+P")
    scene.type("987654321\n")
    rested(scene, qtbot)
    assert arguments_of(program) == ["-i", "987654321"]


def test_enter_alone_only_keeps_the_id(scene, machine, qtbot):
    program = write_program(machine / "bin", "teamviewer")
    scene.start(scene.bohrer.server)
    scene.press("Alt+P")
    scene.type("987654321\n")
    assert scene.stored().partner_id == "987654321"
    scene.settle(qtbot)
    assert not was_started(program)


def test_a_missing_program_is_chosen_once_and_remembered(scene, machine, qtbot):
    scene.start()
    row = scene.timer.connection
    scene.press("Ctrl+T")
    rested(scene, qtbot)
    assert row.problem() == "TeamViewer wurde nicht gefunden."
    assert (row.error(), row.remedy().text()) == ("", "Pfad wählen")
    assert logged(scene) == []
    row.remedy().click()
    dialog = scene.call.connecting.programs.dialog
    assert dialog.windowTitle() == "Programm von TeamViewer wählen"
    program = write_program(machine / "eigene programme", "tv")
    dialog.fileSelected.emit(str(program))
    dialog.reject()
    rested(scene, qtbot)
    assert arguments_of(program) == ["-i", "1234567890"]
    assert settings.load(machine / "machine.ini").tool_paths == {"teamviewer": str(program)}
    assert row.problem() == ""
    assert row.words() == "TeamViewer, hinterlegt bei PC Rezeption"


def test_a_file_that_is_no_program_is_not_taken(scene, machine, qtbot):
    scene.start()
    row = scene.timer.connection
    scene.press("Ctrl+T")
    rested(scene, qtbot)
    row.remedy().click()
    (machine / "brief.txt").write_text("kein Programm", "utf-8")
    dialog = scene.call.connecting.programs.dialog
    dialog.fileSelected.emit(str(machine / "brief.txt"))
    dialog.reject()
    assert "brief.txt" in row.problem()
    assert row.remedy().text() == "Pfad wählen"
    assert settings.load(machine / "machine.ini").tool_paths == {}


def test_a_program_that_dies_is_said_and_not_noted(scene, machine, qtbot, monkeypatch):
    monkeypatch.setattr(connecting, "FIRST_MOMENT", 1500)
    write_program(machine / "bin", "teamviewer", code=3)
    scene.start()
    scene.press("Ctrl+T")
    rested(scene, qtbot)
    assert scene.timer.connection.problem() == "teamviewer hat sich sofort beendet (Code 3)."
    assert logged(scene) == []


def test_a_problem_does_not_keep_the_report_back(scene, qtbot):
    scene.start(notes="Update")
    scene.press("Ctrl+T")
    rested(scene, qtbot)
    assert scene.timer.connection.problem()
    scene.press("Ctrl+Return")
    scene.settle(qtbot)
    assert [name for name, _value in scene.heard] == ["report_queued"]


def test_another_program_is_set_in_the_settings(scene, qtbot):
    scene.start()
    row = scene.timer.connection
    row.tool_link().actions_by_tool()[Tool.OTHER].trigger()
    scene.press("Ctrl+T")
    rested(scene, qtbot)
    assert row.problem() == "Für das andere Programm ist kein Befehl hinterlegt."
    row.remedy().click()
    assert scene.heard[-1] == ("settings_wanted", "remote/other")


def test_a_command_of_ones_own(scene, machine, qtbot):
    program = write_program(machine / "eigene", "viewer")
    settings.change(machine / "machine.ini", tool_templates={"anydesk": f"{program} --alias={{id}}"})
    scene.start()
    row = scene.timer.connection
    row.tool_link().actions_by_tool()[Tool.ANYDESK].trigger()
    scene.press("Alt+P")
    scene.type("praxis@ad")
    scene.press("Ctrl+T")
    rested(scene, qtbot)
    assert arguments_of(program) == ["--alias=praxis@ad"]
    assert (scene.stored().tool, scene.stored().partner_id) == (Tool.ANYDESK, "praxis@ad")


# --- an ID that is another machine's


@pytest.fixture
def weiss(scene):
    customer = add_customer(scene.desk, "10018", "Praxis Dr. Weiß", "Rezeption 1")
    with scene.desk.database.write() as connection:
        for one in ("111222333", "987654321"):
            (place,) = customers.workstations_of(connection, customer)
            changed = replace(place, partner_id=one)
            customer_records.update_workstation(connection, changed, scene.desk.clock.now())
    return place.id


def test_an_id_of_another_machine_leads_there(scene, weiss):
    scene.start(notes="Update")
    row = scene.timer.connection
    scene.press("Alt+P")
    scene.type("98765432")
    assert not row.offers_to_move()
    scene.type("1")
    assert row.words() == "Gehört zu Praxis Dr. Weiß – Rezeption 1"
    assert row.offers_to_move()
    row._move.click()
    assert (scene.stored().workstation_id, scene.stored().partner_id) == (weiss, "987654321")
    assert scene.stored().notes == "Update"
    assert scene.panel.customer.title.text() == "Praxis Dr. Weiß"
    assert row.words() == "TeamViewer, hinterlegt bei Rezeption 1"
    assert not row.offers_to_move()


def test_a_former_id_leads_there_too_and_stays_as_it_was_heard(scene, weiss):
    scene.start()
    row = scene.timer.connection
    scene.press("Alt+P")
    scene.type("111222333")
    assert row.words() == "Gehörte zu Praxis Dr. Weiß – Rezeption 1"
    row._move.click()
    assert (scene.stored().workstation_id, scene.stored().partner_id) == (weiss, "111222333")
    assert row.words() == "TeamViewer, ändert sich oft;"


def _lock(scene):
    """Write a practice without an agreement, and the ID of its machine."""
    locked = add_customer(scene.desk, "10044", "Praxis Dr. Hartmann", "Rezeption", has_agreement=False)
    with scene.desk.database.write() as connection:
        (place,) = customers.workstations_of(connection, locked)
        changed = replace(place, partner_id="444555666")
        customer_records.update_workstation(connection, changed, scene.desk.clock.now())


def test_a_locked_practice_does_not_get_the_session(scene, weiss):
    _lock(scene)
    scene.start()
    row = scene.timer.connection
    scene.press("Alt+P")
    scene.type("444555666")
    row._move.click()
    assert row.problem() == "Kein gültiger AVV: Praxis Dr. Hartmann"
    assert scene.notes.editor().hasFocus()
    assert scene.stored().workstation_id == scene.bohrer.reception


def test_a_locked_practice_is_not_reached_from_another_ones_session(scene, machine, qtbot):
    program = write_program(machine / "bin", "teamviewer")
    _lock(scene)
    scene.start()
    row = scene.timer.connection
    scene.press("Alt+P")
    scene.type("444555666")
    scene.press("Ctrl+T")
    rested(scene, qtbot)
    assert row.problem() == "Kein gültiger AVV: Praxis Dr. Hartmann"
    assert not was_started(program)
    assert row.remedy().text() == "Hier hinterlegen"
    row.remedy().click()
    scene.press("Ctrl+T")
    rested(scene, qtbot)
    assert arguments_of(program) == ["-i", "444555666"]


def test_the_ids_own_machine_is_not_pointed_out(scene, weiss):
    scene.start(weiss)
    row = scene.timer.connection
    assert row.words() == "TeamViewer, hinterlegt bei Rezeption 1"
    assert row.owner() is None


def test_two_calls_that_begin_together_are_both_connected(scene, machine, qtbot, monkeypatch):
    monkeypatch.setattr(connecting, "FIRST_MOMENT", 300)
    program = write_program(machine / "bin", "teamviewer")
    first = scene.start()
    scene.press("Ctrl+T")
    second = scene.start()
    scene.press("Ctrl+T")
    rested(scene, qtbot)
    assert arguments_of(program) == ["-i", "1234567890"]
    qtbot.waitUntil(lambda: logged(scene) == ["teamviewer:1234567890"])
    assert [line.new for line in timekeeping.session_history(scene.desk, first)] == ["teamviewer:1234567890"]
    assert scene.call.session_id == second


def test_what_could_not_be_saved_is_not_connected(scene, machine, qtbot):
    program = write_program(machine / "bin", "teamviewer")
    scene.start()
    scene.press("Alt+P")
    scene.type("555666777")
    with scene.locked():
        scene.press("Ctrl+T")
        scene.settle(qtbot)
    assert scene.panel.notice.sentence()
    assert not was_started(program)
    assert scene.timer.connection.current().digits == "555666777"


def test_a_window_that_closes_at_once_notes_the_connection_all_the_same(scene, machine, qtbot, monkeypatch):
    monkeypatch.setattr(connecting, "FIRST_MOMENT", 60_000)
    program = write_program(machine / "bin", "teamviewer")
    number = scene.start()
    scene.press("Ctrl+T")
    scene.settle(qtbot)
    assert arguments_of(program)
    assert logged(scene) == []
    scene.background.close()
    assert [line.new for line in timekeeping.session_history(scene.desk, number)] == ["teamviewer:1234567890"]

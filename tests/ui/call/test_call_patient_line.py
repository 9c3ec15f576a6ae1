"""While notes are written, a quiet line names what looks like data of a patient; nothing else happens."""

from __future__ import annotations


def test_the_line_comes_with_the_save_and_goes_with_the_words(scene, qtbot):
    scene.start()
    scene.type("Patient Meyer", scene.notes.editor())
    assert scene.notes.patient_words() == ""
    scene.autosave(qtbot)
    assert scene.notes.patient_words() == "Sieht nach Patientendaten aus: „Patient Meyer“"
    assert scene.stored().notes == "Patient Meyer"
    scene.notes.editor().selectAll()
    scene.type("Drucker", scene.notes.editor())
    scene.autosave(qtbot)
    assert scene.notes.patient_words() == ""
    assert scene.stored().internal_note == ""


def test_notes_keep_their_five_lines_below_which_it_stands(scene, qtbot):
    for height in (900, 720, 600):
        scene.window.resize(1104, height)
        scene.start(notes="geb. 12.03.1956 " * 40)
        editor = scene.notes.editor()
        qtbot.waitUntil(lambda editor=editor: editor.height() >= 5 * 24 + 16)
        assert scene.notes._patient.isVisible()
        assert scene.notes._patient.height() == 20
        assert scene.notes._patient.mapToGlobal(scene.notes._patient.rect().topLeft()).y() >= (
            editor.mapToGlobal(editor.rect().bottomLeft()).y()
        )
        assert scene.window.height() == height


def test_another_session_has_a_line_of_its_own(scene):
    first = scene.start(notes="A123456780")
    scene.start(scene.bohrer.server, notes="Neustart")
    assert scene.notes.patient_words() == ""
    scene.show(first)
    assert scene.notes.patient_words().endswith("„A123456780“")

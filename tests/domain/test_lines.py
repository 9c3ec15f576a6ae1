"""Which lines stand in notes already."""

from __future__ import annotations

from laverma_desk.domain.lines import has_lines


def test_lines_stand_in_a_text_as_a_whole_or_not_at_all():
    assert has_lines("Neustart\nok", "ok")
    assert has_lines("Neustart\nDrucker\nok", "Neustart\nDrucker")
    assert not has_lines("Werkstatt, Drucker ok", "ok")
    assert not has_lines("Neustart\nok", "Neustart\nDrucker")

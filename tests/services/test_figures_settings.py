"""Whether figures are split by person is the house's choice."""

from __future__ import annotations

from laverma_desk.domain.company import FiguresSettings
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup.house import read_house
from laverma_desk.services.setup.house_figures import save_figures_settings
from laverma_desk.storage import house as stored


def test_each_person_has_figures_until_the_house_says_no(desk):
    assert read_house(desk).figures == FiguresSettings(per_supporter=True)
    for wanted in (False, True):
        result = save_figures_settings(desk, FiguresSettings(per_supporter=wanted))
        assert result.changed == {Topic.HOUSE}
        assert read_house(desk).figures == FiguresSettings(per_supporter=wanted)


def test_what_a_newer_program_has_saved_is_let_be(desk):
    with desk.database.write() as connection:
        stored.write_section(connection, "figures", {"per_supporter": False, "of_tomorrow": 3})
    assert read_house(desk).figures == FiguresSettings(per_supporter=False)

"""Running numbers in few words."""

from __future__ import annotations

import pytest

from laverma_desk.domain.number_spans import spans


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([], []),
        (["RE-2022-0005"], [("RE-2022-0005", "RE-2022-0005")]),
        (["RE-2022-0005", "RE-2022-0006", "RE-2022-0007"], [("RE-2022-0005", "RE-2022-0007")]),
        (["RE-2022-0009", "RE-2022-0010"], [("RE-2022-0009", "RE-2022-0010")]),
        (["9", "10", "12"], [("9", "10"), ("12", "12")]),
        (["RE-2022-0005", "ST-2022-0006"], [("RE-2022-0005",) * 2, ("ST-2022-0006",) * 2]),
        (["RE-2022-0005", "RE-2023-0006"], [("RE-2022-0005",) * 2, ("RE-2023-0006",) * 2]),
        (["7/2022/A", "8/2022/A"], [("7/2022/A", "8/2022/A")]),
        (["RE5", "RE5-6"], [("RE5", "RE5"), ("RE5-6", "RE5-6")]),
    ],
)
def test_numbers_that_follow_one_another_are_a_stretch(numbers, found):
    assert spans(numbers) == found

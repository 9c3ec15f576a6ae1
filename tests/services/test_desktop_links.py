"""The list of who opens what is the desktop's: only our own lines in it ever change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.services.desktop.link_defaults import is_default, with_default, without

TEL, OWN = "x-scheme-handler/tel", "laverma-desk.desktop"


def test_an_empty_list_gets_its_section():
    assert with_default("", TEL, OWN) == f"[Default Applications]\n{TEL}={OWN};\n"


def test_who_was_there_before_stands_behind_and_comes_back():
    before = (
        "[Added Associations]\ntext/html=firefox.desktop;\n\n[Default Applications]\ntext/html=a.desktop\n"
    )
    before += f"{TEL}=linphone.desktop;\n"
    taken = with_default(before, TEL, OWN)
    assert f"{TEL}={OWN};linphone.desktop;\n" in taken
    assert is_default(taken, TEL, OWN)
    assert not is_default(before, TEL, OWN)
    assert without(taken, [TEL], OWN) == before


def test_an_association_of_another_section_is_no_default():
    assert not is_default(f"[Added Associations]\n{TEL}={OWN};\n", TEL, OWN)


def test_a_second_time_changes_nothing():
    once = with_default("[Default Applications]\na/b=c.desktop\n", TEL, OWN)
    assert with_default(once, TEL, OWN) == once


_line = st.sampled_from(
    [
        "",
        "# note",
        "[Default Applications]",
        "[Added Associations]",
        "a/b=c.desktop;",
        f"{TEL}=d.desktop;e.desktop;",
    ]
)


@given(st.lists(_line, max_size=8))
def test_other_lines_stay_as_they_are_and_taking_back_leaves_no_trace(lines):
    content = "\n".join((*lines, ""))
    taken = with_default(content, TEL, OWN)
    assert is_default(taken, TEL, OWN)
    left = without(taken, [TEL], OWN)
    assert OWN not in left
    kept = [one for one in left.splitlines() if one]
    wanted = [one for one in lines if one]
    assert kept == wanted or kept == [*wanted, "[Default Applications]"]
